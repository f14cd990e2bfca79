#include <array>

#include "propagation/physics/itu_p2109.h"
#include "scenarios/loss_cases.h"
#include "scenarios/piece_reader.h"

/// ITU-R P.2109-2 in case files: building entry loss.
namespace yonder::scenarios::pieces {

nlohmann::ordered_json itu_p2109(const nlohmann::json& loss_case) {
  namespace p2109 = propagation::itu_p2109;
  constexpr std::string_view kSource = "P.2109-2 section 3";
  static constexpr auto kTypes =
      std::to_array<std::string_view>({"traditional", "thermally_efficient"});
  PieceReader reader(loss_case);
  const double frequency_mhz =
      reader.number({"frequency_mhz", "MHz", 80.0, 100000.0, true, true, kSource});
  const auto type = static_cast<p2109::BuildingType>(reader.choice("building_type", kTypes));
  const double percent =
      reader.number({"probability_percent", "%", 0.0, 100.0, false, false, kSource});
  const double elevation_deg =
      reader.number({"elevation_deg", "deg", -90.0, 90.0, true, true, kSource});
  reader.finish();
  return {{"loss_db",
           p2109::building_entry_loss_db(frequency_mhz / 1000.0, percent, elevation_deg, type)}};
}

}  // namespace yonder::scenarios::pieces
