#include <array>
#include <cmath>
#include <limits>

#include "core/text.h"
#include "propagation/physics/itu_p676.h"
#include "propagation/physics/itu_p838.h"
#include "scenarios/loss_cases.h"
#include "scenarios/piece_reader.h"

/// Rain (ITU-R P.838-3) and gases (ITU-R P.676-13) in case files: specific attenuations.
namespace yonder::scenarios::pieces {
namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();

/// Tilt that a polarization's word implies, degrees; NaN where the word leaves it open.
double implied_tilt_deg(std::size_t polarization) {
  switch (polarization) {
    case 0:
      return 0.0;
    case 1:
      return 90.0;
    case 2:
      return 45.0;
    default:
      return std::nan("");
  }
}

}  // namespace

nlohmann::ordered_json itu_p838(const nlohmann::json& loss_case) {
  static constexpr auto kPolarizations =
      std::to_array<std::string_view>({"horizontal", "vertical", "circular", "tilted"});
  constexpr std::string_view kSource = "P.838-3";
  PieceReader reader(loss_case);
  const double frequency_ghz =
      reader.number({"frequency_ghz", "GHz", 1.0, 1000.0, true, true, kSource});
  const double rain_rate =
      reader.number({"rain_rate_mm_per_h", "mm/h", 0.0, kUnbounded, true, true, kSource});
  const double elevation_deg =
      reader.number({"path_elevation_deg", "deg", -90.0, 90.0, true, true, kSource});
  const double implied_deg = implied_tilt_deg(reader.choice("polarization", kPolarizations));
  double tilt_deg = implied_deg;
  if (std::isnan(implied_deg) || loss_case.contains("polarization_tilt_deg")) {
    tilt_deg = reader.number({"polarization_tilt_deg", "deg", 0.0, 180.0, true, true, kSource});
  }
  reader.finish();
  if (!std::isnan(implied_deg) && tilt_deg != implied_deg) {
    throw CaseError{"conflict", "polarization_tilt_deg",
                    "'polarization' " + loss_case["polarization"].get<std::string>() +
                        " means a tilt of " + number_text(implied_deg) + " deg"};
  }
  const auto rain =
      propagation::itu_p838::rain_coefficients(frequency_ghz, elevation_deg, tilt_deg);
  return {{"k", rain.k},
          {"alpha", rain.alpha},
          {"specific_attenuation_db_per_km", rain.specific_attenuation_db_per_km(rain_rate)}};
}

nlohmann::ordered_json itu_p676_specific_attenuation(const nlohmann::json& loss_case) {
  constexpr std::string_view kSource = "P.676-13 annex 1";
  PieceReader reader(loss_case);
  const double frequency_ghz =
      reader.number({"frequency_ghz", "GHz", 1.0, 1000.0, true, true, kSource});
  const propagation::itu_p676::Air air{
      .dry_pressure_hpa =
          reader.number({"dry_air_pressure_hpa", "hPa", 0.0, kUnbounded, false, true, kSource}),
      .temperature_k = reader.number({"temperature_k", "K", 0.0, kUnbounded, false, true, kSource}),
      .water_vapour_density_g_per_m3 = reader.number(
          {"water_vapour_density_g_per_m3", "g/m3", 0.0, kUnbounded, true, true, kSource})};
  reader.finish();
  const auto gases = propagation::itu_p676::specific_attenuation(frequency_ghz, air);
  return {{"oxygen_db_per_km", gases.oxygen_db_per_km},
          {"water_vapour_db_per_km", gases.water_vapour_db_per_km},
          {"total_db_per_km", gases.total_db_per_km()}};
}

}  // namespace yonder::scenarios::pieces
