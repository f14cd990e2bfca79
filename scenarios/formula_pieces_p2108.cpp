#include <array>
#include <cmath>
#include <limits>

#include "propagation/physics/itu_p2108.h"
#include "scenarios/loss_cases.h"
#include "scenarios/piece_reader.h"

/// ITU-R P.2108-1 in case files: the three clutter losses of its annex 1 section 3.
namespace yonder::scenarios::pieces {
namespace {

namespace p2108 = propagation::itu_p2108;

constexpr std::string_view kSection31 = "P.2108-1 section 3.1";
constexpr std::string_view kSection32 = "P.2108-1 section 3.2";
constexpr std::string_view kSection33 = "P.2108-1 section 3.3";

constexpr auto kClutterTypes = std::to_array<std::string_view>(
    {"water_sea", "open_rural", "suburban", "urban", "trees_forest", "dense_urban"});

RangeSpec location_percent(std::string_view section) {
  return {"location_percent", "%", 0.0, 100.0, false, false, section};
}

}  // namespace

nlohmann::ordered_json itu_p2108_height_gain(const nlohmann::json& loss_case) {
  constexpr double kUnbounded = std::numeric_limits<double>::infinity();
  PieceReader reader(loss_case);
  const double frequency_mhz =
      reader.number({"frequency_mhz", "MHz", 30.0, 3000.0, true, true, kSection31});
  const auto type = static_cast<p2108::ClutterType>(reader.choice("clutter_type", kClutterTypes));
  const double height_m =
      reader.number({"height_agl_m", "m", 0.0, kUnbounded, true, true, kSection31});
  const double clutter_m =
      reader.number({"clutter_height_m", "m", 0.0, kUnbounded, false, true, kSection31});
  const double street_m =
      reader.number({"street_width_m", "m", 0.0, kUnbounded, false, true, kSection31});
  reader.finish();
  const double loss_db =
      p2108::height_gain_db(frequency_mhz / 1000.0, height_m, street_m, clutter_m, type);
  if (!std::isfinite(loss_db)) {
    throw CaseError{"not_applicable", "height_agl_m",
                    "over water and open land the height gain of P.2108-1 eq. (2b) has no value "
                    "for an antenna on the ground"};
  }
  return {{"loss_db", loss_db}};
}

nlohmann::ordered_json itu_p2108_terrestrial_statistical(const nlohmann::json& loss_case) {
  PieceReader reader(loss_case);
  const double frequency_mhz =
      reader.number({"frequency_mhz", "MHz", 500.0, 67000.0, true, true, kSection32});
  const double distance_m = reader.number(
      {"distance_m", "m", 250.0, std::numeric_limits<double>::infinity(), true, true, kSection32});
  const double percent = reader.number(location_percent(kSection32));
  reader.finish();
  return {{"loss_db", p2108::terrestrial_statistical_db(frequency_mhz / 1000.0, distance_m / 1000.0,
                                                        percent)}};
}

nlohmann::ordered_json itu_p2108_slant_statistical(const nlohmann::json& loss_case) {
  PieceReader reader(loss_case);
  const double frequency_mhz =
      reader.number({"frequency_mhz", "MHz", 10000.0, 100000.0, true, true, kSection33});
  const double elevation_deg =
      reader.number({"elevation_deg", "deg", 0.0, 90.0, true, true, kSection33});
  const double percent = reader.number(location_percent(kSection33));
  reader.finish();
  return {{"loss_db", p2108::slant_statistical_db(frequency_mhz / 1000.0, elevation_deg, percent)}};
}

}  // namespace yonder::scenarios::pieces
