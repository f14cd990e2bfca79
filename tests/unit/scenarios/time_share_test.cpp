#include "scenarios/time_share.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace yonder::scenarios {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Services at percentages, served where the margin is not negative.
std::vector<TimedService> at(const std::vector<double>& percents,
                             const std::vector<double>& margins) {
  std::vector<TimedService> services;
  for (std::size_t i = 0; i < percents.size(); ++i) {
    services.push_back({percents[i], margins[i] >= 0.0, margins[i]});
  }
  return services;
}

TEST(ServedPercent, IsTheLastPercentageWhereAllAreServed) {
  EXPECT_DOUBLE_EQ(served_percent(at({1, 10, 50, 90, 99}, {9, 8, 7, 6, 5})), 99.0);
}

TEST(ServedPercent, IsNoneWhereNotEvenTheFirstIsServed) {
  EXPECT_EQ(served_percent(at({1, 10, 50}, {-1, -2, -3})), 0.0);
  EXPECT_EQ(served_percent({}), 0.0);
}

TEST(ServedPercent, OfANormalMarginIsItsOwnDistribution) {
  // Margin 3 − 4 z dB with z the normal deviate of the percentage: zero at z = 0.75, which is
  // 77.337 % (tables of the normal distribution), whatever the percentages evaluated.
  const auto margin = [](double z) { return 3.0 - 4.0 * z; };
  EXPECT_NEAR(served_percent(at({10, 50, 90}, {margin(-1.2815515655446004), margin(0.0),
                                               margin(1.2815515655446004)})),
              77.337, 1e-3);
  EXPECT_NEAR(
      served_percent(at({1, 99}, {margin(-2.3263478740408408), margin(2.3263478740408408)})),
      77.337, 1e-3);
}

TEST(ServedPercent, CountsServiceThatBetterTimesTakeAway) {
  // Served from 50 to 90 % alone; the crossings lie on the percentages themselves.
  EXPECT_NEAR(served_percent(at({10, 50, 90, 99}, {-1e9, 0, 0, -1e9})), 40.0, 1e-6);
}

TEST(ServedPercent, AddsNothingWhereTheMarginCannotBeTold) {
  std::vector<TimedService> services = at({10, 50}, {5, -5});
  services[1].margin_db = kNaN;
  EXPECT_EQ(served_percent(services), 10.0);
}

TEST(ServedPercent, NeverFallsWhenAMarginRises) {
  double before = 0.0;
  for (double offset = -12.0; offset <= 12.0; offset += 0.25) {
    const double now =
        served_percent(at({1, 10, 50, 90}, {8 + offset, 3 + offset, offset, -6 + offset}));
    EXPECT_GE(now, before - 1e-12) << offset;
    before = now;
  }
  EXPECT_DOUBLE_EQ(before, 90.0);
}

}  // namespace
}  // namespace yonder::scenarios
