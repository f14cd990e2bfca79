#include "propagation/physics/spherical_earth.h"

#include <gtest/gtest.h>

namespace yonder::propagation {
namespace {

struct SmoothPath {
  double distance_km;
  double h1_m;
  double h2_m;
  double radius_km;
  double frequency_ghz;
  GroundConstants ground;
  Polarization polarization = Polarization::horizontal;

  double first_term_db(double cbrt_radius) const {
    return spherical_earth_first_term_db(distance_km, h1_m, h2_m, cbrt_radius,
                                         std::cbrt(frequency_ghz),
                                         surface_admittance(ground, frequency_ghz, polarization));
  }
  double first_term_db() const { return first_term_db(std::cbrt(radius_km)); }
  SphericalEarthLoss loss() const {
    return spherical_earth_loss(distance_km, h1_m, h2_m, radius_km, std::cbrt(radius_km),
                                0.2998 / frequency_ghz,
                                [this](double cbrt) { return first_term_db(cbrt); });
  }
};

// Values computed with independent implementations of P.526-15.
TEST(SphericalEarth, AgreesWithIndependentImplementations) {
  const SmoothPath sea_high{50, 100, 10, 9181, 0.773, kSeaGround};
  EXPECT_NEAR(sea_high.first_term_db(), 14.87, 0.005);
  EXPECT_NEAR(sea_high.loss().loss_db, 15.21, 0.005);
  EXPECT_EQ(sea_high.loss().regime, SphericalEarthRegime::interpolated);

  const SmoothPath sea_low{50, 40, 3, 9181, 0.773, kSeaGround};
  EXPECT_NEAR(sea_low.loss().loss_db, 38.83, 0.005);
  EXPECT_EQ(sea_low.loss().regime, SphericalEarthRegime::beyond_horizon);

  const SmoothPath sea_2600{50, 40, 3, 9181, 2.6, kSeaGround};
  EXPECT_NEAR(sea_2600.loss().loss_db, 38.53, 0.005);

  const SmoothPath land{30, 40, 1.5, 7940, 0.773, kLandGround};
  EXPECT_NEAR(land.first_term_db(), 31.95, 0.005);
  EXPECT_NEAR(land.loss().loss_db, 31.93, 0.005);
}

TEST(SphericalEarth, IsReciprocal) {
  const SmoothPath there{40, 30, 5, 8500, 1.8, kLandGround, Polarization::vertical};
  const SmoothPath back{40, 5, 30, 8500, 1.8, kLandGround, Polarization::vertical};
  EXPECT_NEAR(there.loss().loss_db, back.loss().loss_db, 1e-9);
}

TEST(SphericalEarth, JoinsItsRegimesWithoutAJump) {
  SmoothPath path{0, 40, 10, 8500, 0.773, kLandGround};
  const double horizon_km = marginal_sight_distance_km(path.radius_km, path.h1_m, path.h2_m);
  path.distance_km = horizon_km * (1 - 1e-9);
  const double inside_db = path.loss().loss_db;
  path.distance_km = horizon_km * (1 + 1e-9);
  EXPECT_NEAR(path.loss().loss_db, inside_db, 1e-4);
}

TEST(SphericalEarth, CostsNothingHighAboveTheGround) {
  const SmoothPath path{10, 300, 300, 8500, 2.6, kLandGround};
  EXPECT_EQ(path.loss().loss_db, 0.0);
  EXPECT_EQ(path.loss().regime, SphericalEarthRegime::clear);
}

// Over the sea the vertically polarised wave hugs the ground: a smaller loss at low frequency and
// height.
TEST(SphericalEarth, VerticalPolarizationGoesFartherOverTheSeaAtLowFrequency) {
  SmoothPath path{100, 10, 10, 8500, 0.03, kSeaGround};
  const double horizontal_db = path.loss().loss_db;
  path.polarization = Polarization::vertical;
  EXPECT_LT(path.loss().loss_db, horizontal_db - 10.0);
}

}  // namespace
}  // namespace yonder::propagation
