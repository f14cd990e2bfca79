#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/shapes/place_kpis.h"

namespace yonder::shapes {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

TEST(WeightedValues, PercentilesCountWeightNotPlaces) {
  WeightedValues values;
  values.add(-100.0, 1.0);
  values.add(-90.0, 8.0);
  values.add(-80.0, 1.0);
  EXPECT_NEAR(*values.mean(), -90.0, 1e-12);
  EXPECT_EQ(*values.percentile(0.1), -100.0);
  EXPECT_EQ(*values.percentile(0.11), -90.0);
  EXPECT_EQ(*values.percentile(0.9), -90.0);
  EXPECT_EQ(*values.percentile(0.91), -80.0);
  EXPECT_NEAR(values.share_at_least(-90.0), 0.9, 1e-12);
}

TEST(WeightedValues, PlacesWithoutAValueAreBelowAllOthers) {
  WeightedValues values;
  values.add(kNone, 2.0);
  values.add(-90.0, 8.0);
  EXPECT_FALSE(values.percentile(0.1));
  EXPECT_EQ(*values.percentile(0.5), -90.0);
  EXPECT_NEAR(values.share_at_least(-100.0), 0.8, 1e-12);
  EXPECT_EQ(*values.mean(), -90.0);
}

TEST(WeightedValues, ThereIsNothingToSayOfNothing) {
  WeightedValues values;
  EXPECT_FALSE(values.mean());
  EXPECT_FALSE(values.percentile(0.5));
  values.add(kNone, 1.0);
  EXPECT_FALSE(values.mean());
  EXPECT_EQ(values.share_at_least(-200.0), 0.0);
}

PlaceResult place(double weight, nr::ServiceClass service_class, nr::ServiceLimit limit, bool fails,
                  double rsrp_dbm, double downlink_bps) {
  PlaceResult one;
  one.weight = weight;
  one.service_class = service_class;
  one.limit = limit;
  one.fails = fails;
  one.rsrp_dbm = rsrp_dbm;
  one.downlink_bps = downlink_bps;
  return one;
}

std::vector<PlaceResult> four_places() {
  using enum nr::ServiceClass;
  using nr::ServiceLimit;
  return {place(4.0, continuous, ServiceLimit::pusch, false, -95.0, 200e6),
          place(3.0, effective, ServiceLimit::pusch, true, -108.0, 100e6),
          place(2.0, without_access, ServiceLimit::prach_range, true, -100.0, 150e6),
          place(1.0, unknown, ServiceLimit::calculation_radius, true, kNone, 0.0)};
}

TEST(PlaceKpis, SharesAndMeansByWeight) {
  const std::vector<double> thresholds = {-100.0, -110.0};
  const PlaceKpis kpis = place_kpis(four_places(), thresholds, true);
  EXPECT_NEAR(kpis.weight, 10.0, 1e-12);
  EXPECT_NEAR(kpis.covered_share, 0.7, 1e-12);
  EXPECT_NEAR(kpis.threshold_shares[0], 0.6, 1e-12);
  EXPECT_NEAR(kpis.threshold_shares[1], 0.9, 1e-12);
  EXPECT_NEAR(kpis.class_shares[static_cast<std::size_t>(nr::ServiceClass::continuous)], 0.4,
              1e-12);
  EXPECT_NEAR(kpis.class_shares[static_cast<std::size_t>(nr::ServiceClass::without_access)], 0.2,
              1e-12);
  // Who is not let in has no rate, whatever the signal: (4 x 200 + 3 x 100) / 10.
  EXPECT_NEAR(*kpis.downlink_bps.mean, 110e6, 1.0);
  EXPECT_NEAR(*kpis.effective_downlink_mean_bps, 1100e6 / 7.0, 1.0);
  EXPECT_EQ(*kpis.downlink_bps.p10, 0.0);
}

TEST(PlaceKpis, TheDominantLimitIsThatOfMostUncoveredWeight) {
  const std::vector<double> thresholds = {-110.0};
  const PlaceKpis kpis = place_kpis(four_places(), thresholds, true);
  ASSERT_EQ(kpis.failing.size(), 3U);
  EXPECT_EQ(*kpis.dominant_limit, nr::ServiceLimit::pusch);
  EXPECT_NEAR(kpis.failing[0].share, 0.3, 1e-12);
  ASSERT_EQ(kpis.nearest.size(), 1U);
  EXPECT_NEAR(kpis.nearest[0].share, 0.4, 1e-12);
}

TEST(PlaceKpis, WithoutServiceTheWeakestThresholdDecides) {
  const std::vector<double> thresholds = {-90.0, -105.0};
  const PlaceKpis kpis = place_kpis(four_places(), thresholds, false);
  EXPECT_NEAR(kpis.covered_share, 0.6, 1e-12);
  EXPECT_FALSE(kpis.judged);
  EXPECT_FALSE(kpis.dominant_limit);
}

}  // namespace
}  // namespace yonder::shapes
