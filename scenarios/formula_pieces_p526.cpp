#include <array>
#include <cmath>
#include <limits>

#include "core/units.h"
#include "propagation/physics/bullington.h"
#include "propagation/physics/diffraction.h"
#include "propagation/physics/fresnel_integral.h"
#include "propagation/physics/knife_edge.h"
#include "scenarios/loss_cases.h"
#include "scenarios/piece_reader.h"

/// ITU-R P.526-15 in case files: diffraction losses relative to free space, without it.
namespace yonder::scenarios::pieces {
namespace {

namespace p = propagation;

constexpr double kUnbounded = std::numeric_limits<double>::infinity();
constexpr std::string_view kSection3 = "P.526-15 section 3";

constexpr auto kPolarizations = std::to_array<std::string_view>({"horizontal", "vertical"});
static_assert(static_cast<int>(Polarization::horizontal) == 0);

RangeSpec positive(std::string_view key, std::string_view unit, std::string_view source = "") {
  return {key, unit, 0.0, kUnbounded, false, false, source};
}

double frequency_ghz(PieceReader& reader) {
  return reader.number({"frequency_mhz", "MHz", 10.0, 100e3, true, true, kSection3}) / 1000.0;
}

/// The profile of a case and the path over it; the path's spans point into the vectors.
struct CasePath {
  PathProfile profile;
  p::DiffractionPath path;
};

void read_path(PieceReader& reader, CasePath& out) {
  out.profile.distance_m = reader.numbers("profile.distance_m");
  out.profile.ground_amsl_m = reader.numbers("profile.ground_amsl_m");
  const std::size_t n = out.profile.distance_m.size();
  const auto refuse = [](std::string_view key, const std::string& problem) {
    throw CaseError{"wrong_value", std::string(key), "'" + std::string(key) + "' " + problem};
  };
  if (n < 3) refuse("profile.distance_m", "needs at least three points");
  if (out.profile.ground_amsl_m.size() != n) {
    refuse("profile.ground_amsl_m", "needs one value per distance");
  }
  if (out.profile.distance_m[0] != 0.0) refuse("profile.distance_m", "starts at 0");
  for (std::size_t i = 1; i < n; ++i) {
    if (!(out.profile.distance_m[i] > out.profile.distance_m[i - 1])) {
      refuse("profile.distance_m", "must rise");
    }
  }
  const double radius_km = reader.number(positive("effective_earth_radius_km", "km"));
  out.path = {.profile = out.profile.view(),
              .tx_amsl_m = out.profile.ground_amsl_m.front() +
                           reader.number(positive("tx.height_agl_m", "m")),
              .rx_amsl_m = out.profile.ground_amsl_m.back() +
                           reader.number(positive("rx.height_agl_m", "m")),
              .curvature_per_m = 0.5e-3 / radius_km};
}

p::DiffractionWave wave_of(double ghz, Polarization polarization) {
  return {.frequency_ghz = ghz, .wavelength_m = 0.2998 / ghz, .polarization = polarization};
}

std::string_view word(p::SphericalEarthRegime regime) {
  switch (regime) {
    case p::SphericalEarthRegime::beyond_horizon:
      return "beyond_horizon";
    case p::SphericalEarthRegime::clear:
      return "clear";
    case p::SphericalEarthRegime::interpolated:
      return "interpolated";
  }
  return "";
}

}  // namespace

nlohmann::ordered_json itu_p526_spherical_earth(const nlohmann::json& loss_case) {
  PieceReader reader(loss_case);
  const double ghz = frequency_ghz(reader);
  p::DiffractionWave wave =
      wave_of(ghz, static_cast<Polarization>(reader.choice("polarization", kPolarizations)));
  const double distance_km = reader.number(positive("distance_m", "m")) / 1000.0;
  const double h1 = reader.number(positive("tx_height_m", "m"));
  const double h2 = reader.number(positive("rx_height_m", "m"));
  const double radius_km = reader.number(positive("effective_earth_radius_km", "km"));
  wave.land.relative_permittivity =
      reader.number({"ground_permittivity", "", 1.0, kUnbounded, false, false, kSection3});
  wave.land.conductivity_s_per_m = reader.number(
      {"ground_conductivity_s_per_m", "S/m", 0.0, kUnbounded, true, false, kSection3});
  reader.finish(std::to_array<std::string_view>({"surface"}));
  const p::SphericalEarthLoss loss = p::spherical_earth_loss(distance_km, h1, h2, radius_km, wave);
  const double first_term_db =
      p::spherical_earth_first_term_db(distance_km, h1, h2, std::cbrt(radius_km), std::cbrt(ghz),
                                       p::surface_admittance(wave.land, ghz, wave.polarization));
  return {{"loss_db", loss.loss_db},
          {"terms",
           {{"first_term_at_effective_radius_db", first_term_db},
            {"marginal_line_of_sight_distance_m",
             1000.0 * p::marginal_sight_distance_km(radius_km, h1, h2)},
            {"regime", word(loss.regime)}}}};
}

nlohmann::ordered_json itu_p526_bullington(const nlohmann::json& loss_case) {
  PieceReader reader(loss_case);
  const double wavelength_m = 0.2998 / frequency_ghz(reader);
  CasePath path;
  read_path(reader, path);
  reader.finish();
  const double nu = p::bullington_obstruction(path.path) * std::sqrt(2.0 / wavelength_m);
  return {{"loss_db",
           p::bullington_loss_db(p::knife_edge_loss_db(nu), path.path.distance_m() / 1000.0)},
          {"terms", {{"nu", nu}}}};
}

nlohmann::ordered_json itu_p526_delta_bullington(const nlohmann::json& loss_case) {
  PieceReader reader(loss_case);
  const double ghz = frequency_ghz(reader);
  p::DiffractionWave wave =
      wave_of(ghz, static_cast<Polarization>(reader.choice("polarization", kPolarizations)));
  if (reader.has("sea_fraction")) {
    wave.sea_fraction = reader.number({"sea_fraction", "", 0.0, 1.0, true, true, kSection3});
  }
  CasePath path;
  read_path(reader, path);
  reader.finish();
  const p::DeltaBullington loss = p::delta_bullington(path.path, wave);
  return {{"loss_db", loss.loss_db},
          {"terms",
           {{"bullington_actual_db", loss.actual_db},
            {"bullington_smooth_db", loss.smooth_db},
            {"spherical_earth_db", loss.spherical_db},
            {"smooth_tx_amsl_m", loss.smooth.tx_m},
            {"smooth_rx_amsl_m", loss.smooth.rx_m}}}};
}

nlohmann::ordered_json itu_p526_knife_edge(const nlohmann::json& loss_case) {
  PieceReader reader(loss_case);
  double nu = 0.0;
  if (reader.has("nu")) {
    nu = reader.number({"nu", "", -kUnbounded, kUnbounded, false, false, ""});
  } else {
    const double wavelength = wavelength_m(1e9 * frequency_ghz(reader));
    const double height_m = reader.number(
        {"obstacle_height_above_line_m", "m", -kUnbounded, kUnbounded, false, false, ""});
    const double d1_m = reader.number(positive("distance_1_m", "m"));
    const double d2_m = reader.number(positive("distance_2_m", "m"));
    nu = height_m * std::sqrt(2.0 / wavelength * (1.0 / d1_m + 1.0 / d2_m));
  }
  reader.finish();
  return {{"loss_db", p::knife_edge_loss_db(nu)},
          {"nu", nu},
          {"fresnel_integral_db", p::knife_edge_fresnel_db(nu)}};
}

}  // namespace yonder::scenarios::pieces
