#pragma once

#include <filesystem>
#include <vector>

#include "scenarios/scenario.h"
#include "scenarios/scenario_reader.h"
#include "scenarios/yaml_tree.h"

namespace yonder::scenarios {

/// Puts `--set` overrides into a document, in their order. Maps on the way are made when absent;
/// list items are addressed by index ("sites[0]") or by id ("sites[S01]") and must exist. The value
/// null takes a key away. Relative file names in values become absolute, taken from
/// `current_directory`. What cannot be applied is noted; unknown keys are left to the decoder.
void apply_overrides(YamlNode& document, const std::vector<Override>& overrides,
                     const std::filesystem::path& current_directory, Problems& problems);

/// Puts the dotted keys of a mapping into a document as apply_overrides does; relative file names
/// are taken from `base`. Values keep their marks, so that what is wrong with them is told at their
/// own line; `shown_path` is the mapping's path in messages.
void apply_settings(YamlNode& document, const YamlNode& settings, const std::string& shown_path,
                    const std::filesystem::path& base, Problems& problems);

}  // namespace yonder::scenarios
