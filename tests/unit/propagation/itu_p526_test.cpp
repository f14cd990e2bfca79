#include "propagation/models/itu_p526.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/units.h"
#include "propagation/physics/diffraction.h"
#include "propagation/physics/fresnel_integral.h"
#include "propagation/physics/knife_edge.h"

namespace yonder::propagation {
namespace {

PathLossResult evaluate(const std::string& method, const PathProfile& profile,
                        Terms* terms = nullptr, ParameterValues values = {}) {
  values["method"] = method;
  PathLossInput input{.frequency_hz = 773e6, .distance_m = profile.distance_m.back()};
  input.tx.height_agl_m = 40.0;
  input.rx.height_agl_m = 10.0;
  input.profile = profile.view();
  Workspace workspace;
  return itu_p526::kModelInfo.make(values)->evaluate(input, workspace, terms);
}

/// Flat at 0 m, 20 km, a point each 100 m.
PathProfile flat() {
  PathProfile profile;
  profile.resize(201);
  for (std::size_t i = 0; i < 201; ++i) {
    profile.distance_m[i] = 100.0 * static_cast<double>(i);
    profile.ground_amsl_m[i] = 0.0;
  }
  profile.clutter_height_m.clear();
  profile.zone.clear();
  return profile;
}

double diffraction_db(const std::string& method, const PathProfile& profile) {
  Terms terms;
  EXPECT_TRUE(evaluate(method, profile, &terms).ok()) << method;
  return std::get<double>(terms.find("diffraction_db")->value);
}

TEST(ItuP526, OneHighEdgeIsOneEdgeForEveryConstruction) {
  PathProfile profile = flat();
  profile.ground_amsl_m[70] = 400.0;
  // The line at 7 km is at 40 - 30 * 0.35 = 29.5 m; the bulge is 7 * 13 / 17 m = 5.353 m.
  const double height = 400.0 + 7.0 * 13.0 / 17.0 - 29.5;
  const double nu = height * std::sqrt(2.0 / 0.38784 * (1 / 7e3 + 1 / 13e3));
  const double edge_db = knife_edge_loss_db(nu);
  EXPECT_NEAR(diffraction_db("deygout", profile), edge_db, 1e-3);
  EXPECT_NEAR(diffraction_db("bullington", profile),
              edge_db + (1 - std::exp(-edge_db / 6)) * (10 + 0.02 * 20), 1e-3);
  EXPECT_NEAR(diffraction_db("cascaded_knife_edge", profile),
              edge_db + (1 - std::exp(-edge_db / 6)) * (10 + 0.04 * 20), 1e-3);
}

TEST(ItuP526, DeltaBullingtonOverSmoothGroundIsTheSphericalEarth) {
  // Where the spherical earth loses more than its Bullington edge, the difference is added: the sum
  // is the former.
  const PathProfile profile = flat();
  EXPECT_NEAR(diffraction_db("delta_bullington", profile),
              diffraction_db("spherical_earth", profile), 1e-9);
  EXPECT_GT(diffraction_db("spherical_earth", profile), 5.0);
}

TEST(ItuP526, SeaAndLandDiffer) {
  PathProfile land = flat();
  PathProfile sea = flat();
  sea.zone.assign(sea.distance_m.size(), Zone::sea);
  EXPECT_NE(diffraction_db("spherical_earth", land), diffraction_db("spherical_earth", sea));
  Terms terms;
  evaluate("spherical_earth", sea, &terms);
  EXPECT_EQ(std::get<double>(terms.find("sea_fraction")->value), 1.0);
}

TEST(ItuP526, RadiusComesFromRefractivityOrIsGivenButNotBoth) {
  const PathProfile profile = flat();
  const double by_lapse =
      evaluate("delta_bullington", profile, nullptr, {{"delta_n_per_km", 157.0 / 4}}).loss_db;
  const double by_radius = evaluate("delta_bullington", profile, nullptr,
                                    {{"effective_earth_radius_km", 6371.0 * 4 / 3}})
                               .loss_db;
  EXPECT_NEAR(by_lapse, by_radius, 1e-9);
  EXPECT_THROW(evaluate("bullington", profile, nullptr,
                        {{"delta_n_per_km", 40.0}, {"effective_earth_radius_km", 8500.0}}),
               ParameterError);
  EXPECT_THROW(evaluate("bulington", profile), ParameterError);
}

// C(1) and S(1) of Abramowitz & Stegun table 7.7 give the loss at nu = 1; at 0 half the field is
// left.
TEST(FresnelIntegral, AgreesWithTabulatedIntegrals) {
  const double c = 0.7798934;
  const double s = 0.4382591;
  const double loss_db = -20 * std::log10(std::hypot(0.5 - c, 0.5 - s) / std::numbers::sqrt2);
  EXPECT_NEAR(knife_edge_fresnel_db(1.0), loss_db, 1e-5);
  EXPECT_NEAR(knife_edge_fresnel_db(0.0), 20 * std::log10(2.0), 1e-9);
}

TEST(FresnelIntegral, JoinsItsTwoExpansions) {
  EXPECT_NEAR(knife_edge_fresnel_db(4.0 - 1e-12), knife_edge_fresnel_db(4.0 + 1e-12), 1e-8);
  EXPECT_NEAR(knife_edge_fresnel_db(-4.0 - 1e-12), knife_edge_fresnel_db(-4.0 + 1e-12), 1e-8);
}

TEST(FresnelIntegral, IsApproximatedWithinATenthOfADecibel) {
  for (double nu = -0.7; nu < 30; nu += 0.01) {
    EXPECT_NEAR(knife_edge_loss_db(nu), knife_edge_fresnel_db(nu), 0.2) << nu;
  }
}

}  // namespace
}  // namespace yonder::propagation
