#include <gtest/gtest.h>

#include <cmath>

#include "propagation/physics/itu_p2108.h"
#include "propagation/physics/itu_p2109.h"
#include "propagation/physics/itu_p676.h"
#include "propagation/physics/itu_p838.h"
#include "propagation/physics/normal_quantile.h"

namespace yonder::propagation {
namespace {

// Quantiles as printed in statistical tables.
TEST(NormalQuantile, AgreesWithTables) {
  EXPECT_DOUBLE_EQ(normal_quantile(0.5), 0.0);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(normal_quantile(0.9), 1.2815515655446004, 1e-14);
  EXPECT_NEAR(normal_quantile(0.001), -3.090232306167813, 1e-13);
  EXPECT_NEAR(normal_quantile(1e-10), -6.361340902404056, 1e-12);
}

TEST(NormalQuantile, InvertsTheDistribution) {
  for (double p = 0.0005; p < 1.0; p += 0.0137) {
    EXPECT_NEAR(0.5 * std::erfc(-normal_quantile(p) / std::sqrt(2.0)), p, 1e-15);
  }
}

// P.838-3 table 5.
TEST(ItuP838, AgreesWithTheRecommendationsTable) {
  struct Row {
    double ghz, k_h, alpha_h, k_v, alpha_v;
  };
  for (const Row& row :
       {Row{10, 0.01217, 1.2571, 0.01129, 1.2156}, Row{20, 0.09164, 1.0568, 0.09611, 0.9847},
        Row{30, 0.2403, 0.9485, 0.2291, 0.9129}}) {
    const auto h = itu_p838::rain_coefficients(row.ghz, 0, 0);
    const auto v = itu_p838::rain_coefficients(row.ghz, 0, 90);
    EXPECT_NEAR(h.k / row.k_h, 1.0, 5e-4) << row.ghz;
    EXPECT_NEAR(h.alpha, row.alpha_h, 1e-4) << row.ghz;
    EXPECT_NEAR(v.k / row.k_v, 1.0, 5e-4) << row.ghz;
    EXPECT_NEAR(v.alpha, row.alpha_v, 1e-4) << row.ghz;
  }
}

// P.676-13 figure 1: near 60 GHz about 15 dB/km at sea level, near 22 GHz about 0.2 dB/km, 0.01
// dB/km below 10 GHz.
TEST(ItuP676, ShowsTheKnownPeaks) {
  const itu_p676::Air standard;
  EXPECT_NEAR(itu_p676::specific_attenuation(60, standard).total_db_per_km(), 15.0, 1.0);
  EXPECT_NEAR(itu_p676::specific_attenuation(22.3, standard).total_db_per_km(), 0.19, 0.03);
  EXPECT_LT(itu_p676::specific_attenuation(5, standard).total_db_per_km(), 0.01);
}

TEST(ItuP676, DryAirHasNoWaterVapourAttenuation) {
  const itu_p676::Air dry{.water_vapour_density_g_per_m3 = 0.0};
  EXPECT_EQ(itu_p676::specific_attenuation(22.3, dry).water_vapour_db_per_km, 0.0);
}

TEST(ItuP2108, StopsGrowingAtTwoKilometres) {
  using itu_p2108::terrestrial_statistical_db;
  EXPECT_LT(terrestrial_statistical_db(3.5, 0.5, 50), terrestrial_statistical_db(3.5, 2.0, 50));
  EXPECT_DOUBLE_EQ(terrestrial_statistical_db(3.5, 2.0, 50),
                   terrestrial_statistical_db(3.5, 9, 50));
}

TEST(ItuP2108, AnAntennaAboveTheClutterLosesNothing) {
  using itu_p2108::ClutterType;
  EXPECT_EQ(itu_p2108::height_gain_db(0.773, 15, 20, 15, ClutterType::urban), 0.0);
  EXPECT_GT(itu_p2108::height_gain_db(0.773, 1.5, 20, 15, ClutterType::urban), 10.0);
}

TEST(ItuP2108, LosesNothingStraightUpWhereHalfTheLocationsAre) {
  EXPECT_NEAR(itu_p2108::slant_statistical_db(30, 90, 50), 0.0, 1e-12);
}

TEST(StatisticalLosses, RiseWithTheirPercentage) {
  double before_p2108 = -1e9, before_slant = -1e9, before_p2109 = -1e9;
  for (double percent = 0.5; percent < 100; percent += 0.5) {
    const double p2108 = itu_p2108::terrestrial_statistical_db(3.5, 1, percent);
    const double slant = itu_p2108::slant_statistical_db(28, 20, percent);
    const double p2109 = itu_p2109::building_entry_loss_db(
        3.5, percent, 0, itu_p2109::BuildingType::thermally_efficient);
    EXPECT_GT(p2108, before_p2108);
    EXPECT_GT(slant, before_slant);
    EXPECT_GT(p2109, before_p2109);
    before_p2108 = p2108;
    before_slant = slant;
    before_p2109 = p2109;
  }
}

}  // namespace
}  // namespace yonder::propagation
