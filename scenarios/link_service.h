#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/nr/pixel_service.h"
#include "scenarios/plan.h"

namespace yonder::scenarios {

/// What would lift a failing limit.
struct Remedy {
  std::string text;  ///< "+3.1 dB", "8 m more mast", "PRACH format 1 with N_CS 279"
};

/// A limit at the pixel with what would lift it where it fails.
struct LimitStory {
  nr::LimitMargin margin;
  std::vector<Remedy> remedies;
};

/// Service of one terminal at a pixel, by the functions that make the map.
struct TerminalStory {
  std::string id;
  std::string name;
  double height_agl_m = 0.0;
  nr::PixelService service;
  std::string serving_cell;  ///< empty: no signal was calculated
  std::string uplink_cell;
  std::string fallback_cell;  ///< of LTE, for voice; empty: none that could be used
  std::string status;         ///< in words, when there is no signal
  /// A table for each channel with its loss and margin as last rows; by PhysicalChannel.
  std::vector<nr::LinkTable> tables;
  std::vector<LimitStory> limits;
};

/// The stories of all terminals at a pixel. `service` must outlive them.
std::vector<TerminalStory> pixel_stories(const Scenario& scenario, const Plan& plan,
                                         const nr::ServicePlan& service, Pixel pixel);

nlohmann::ordered_json stories_json(const std::vector<TerminalStory>& stories,
                                    const nr::ServicePlan& service);
/// `channel`: the channel whose full table is shown, "all", or empty for the summary alone.
std::string stories_text(const std::vector<TerminalStory>& stories, const nr::ServicePlan& service,
                         const std::string& channel);

/// Names that `channel` may have.
std::vector<std::string_view> channel_ids();

}  // namespace yonder::scenarios
