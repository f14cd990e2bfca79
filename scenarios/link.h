#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "core/coverage.h"
#include "scenarios/plan.h"
#include "scenarios/profile_picture.h"

namespace yonder::scenarios {

/// The whole story of one cell at one pixel; its RSRP is the number of the map's pixel, by the same
/// functions.
struct LinkReport {
  CellRef ref;
  const Cell* cell = nullptr;  ///< lives in the plan
  FieldSpec spec;
  Pixel pixel;          ///< within the terrain's grid
  LonLat asked;         ///< the position asked for
  LonLat pixel_center;  ///< the position evaluated: the centre of the pixel that holds it
  PixelRay ray;
  PathLossSample sample;
  std::string status;  ///< in words
  PathProfile profile;
  Terms terms;
  double antenna_gain_dbi = 0.0;
  Direction in_antenna_frame;
  float rsrp_dbm = 0.0F;  ///< NaN when the status has no value
};

/// The pixel that holds a position. Throws ScenarioErrors: swapped coordinates, position outside
/// the area.
Pixel pixel_asked_for(const Scenario& scenario, const Plan& plan, LonLat at);

/// Explains the cell `cell_id` at a position. Throws ScenarioErrors: unknown cell (names the
/// nearest), position outside the area or beyond the cell's radius.
LinkReport explain_link(const Scenario& scenario, const Plan& plan, std::string_view cell_id,
                        LonLat at);

/// The report's profile, to be drawn; refers to the report.
ProfilePicture profile_picture(const Plan& plan, const LinkReport& report);

nlohmann::ordered_json link_json(const Scenario& scenario, const Plan& plan,
                                 const LinkReport& report);
std::string link_text(const Scenario& scenario, const Plan& plan, const LinkReport& report);

}  // namespace yonder::scenarios
