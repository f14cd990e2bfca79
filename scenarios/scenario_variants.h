#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/scenario.h"
#include "scenarios/scenario_reader.h"
#include "scenarios/yaml_tree.h"

namespace yonder::scenarios {

/// A variant with what it overrides: a mapping of dotted keys.
struct VariantSettings {
  VariantConfig config;
  YamlNode settings;
  std::string shown_path;  ///< "variants[1].set"
};

/// Reads `variants` and takes the key out of the document. What is wrong is noted.
std::vector<VariantSettings> take_variants(YamlNode& document, Problems& problems);

/// Throws ScenarioErrors where there is no variant of that id, with the nearest.
void check_variant_id(std::string_view id, const std::vector<VariantConfig>& variants);

/// "Taller masts 加高", for headings.
std::string variant_text(const VariantConfig& variant);

/// The scenario's title with the variant's name where it is a variant.
Label full_title(const Scenario& scenario);

}  // namespace yonder::scenarios
