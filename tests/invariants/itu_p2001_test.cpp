#include "propagation/models/itu_p2001.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace yonder::propagation {
namespace {

/// Random paths and climates over the whole valid range.
class RandomPaths {
 public:
  explicit RandomPaths(std::uint64_t seed) : random_(seed) {}

  double unit() { return std::uniform_real_distribution<double>(0.0, 1.0)(random_); }
  double log_between(double low, double high) { return low * std::pow(high / low, unit()); }
  bool chance(double p) { return unit() < p; }

  /// `extreme`: every input up to its bound; else such as a planner has.
  void next(bool extreme) {
    const std::size_t n = 3 + static_cast<std::size_t>(log_between(1.0, 120.0));
    profile.resize(n);
    const double length = extreme ? log_between(1.0, 2.0015e7) : log_between(3e3, 1e6);
    for (std::size_t i = 0; i < n; ++i) {
      profile.distance_m[i] = length * static_cast<double>(i) / static_cast<double>(n - 1);
    }
    profile.distance_m.back() = length;
    const double relief = chance(0.3) ? 0.0 : log_between(0.1, extreme ? 4000.0 : 300.0);
    const double base = chance(0.3) ? 0.0 : 3500.0 * unit();
    Zone zone = static_cast<Zone>(std::min(2, static_cast<int>(3.0 * unit())));
    for (std::size_t i = 0; i < n; ++i) {
      profile.ground_amsl_m[i] = base + (chance(0.5) ? 0.0 : relief * unit());
      if (chance(0.1)) zone = static_cast<Zone>(std::min(2, static_cast<int>(3.0 * unit())));
      profile.zone[i] = zone;
    }
    profile.clutter_height_m.clear();
    input.frequency_hz = 1e6 * log_between(30.0, 50000.0);
    input.polarization = chance(0.5) ? Polarization::horizontal : Polarization::vertical;
    input.distance_m = length;
    input.tx.height_agl_m = log_between(extreme ? 0.01 : 1.5, extreme ? 450.0 : 200.0);
    input.rx.height_agl_m =
        chance(0.2) ? input.tx.height_agl_m : log_between(extreme ? 0.01 : 1.5, 200.0);
    input.tx.position = {360.0 * unit() - 180.0, 180.0 * unit() - 90.0};
    input.rx.position = {input.tx.position.lon_deg + 5.0 * unit(),
                         std::clamp(input.tx.position.lat_deg + 5.0 * unit(), -90.0, 90.0)};
    input.profile = profile.view();

    values.clear();
    for (const ParameterSpec& parameter : itu_p2001::kModelInfo.parameters) {
      if (parameter.table != TableForm::none) continue;  // a file of the user's
      if (!parameter.choices.empty() || chance(0.3)) continue;
      const RangeSpec& range = parameter.range;
      double value = range.min + (range.max - range.min) * unit();
      if (!extreme) value = std::get<double>(parameter.default_value) * (0.5 + unit());
      if (extreme && chance(0.1)) value = range.min;
      if (extreme && chance(0.1)) value = range.max;
      if (parameter.name.ends_with("zone")) value = std::floor(7.0 * unit());
      if (parameter.name == "time_percent") value = 0.00001 + 99.99998 * unit();
      if (range.holds(value)) values[std::string(parameter.name)] = value;
    }
  }

  PathLossResult evaluate(Terms* terms = nullptr) {
    return itu_p2001::kModelInfo.make(values)->evaluate(input, workspace_, terms);
  }
  double loss_db(double time_percent) {
    values["time_percent"] = time_percent;
    return evaluate().loss_db;
  }

  PathProfile profile;
  PathLossInput input;
  ParameterValues values;

 private:
  std::mt19937_64 random_;
  Workspace workspace_;
};

TEST(ItuP2001Invariants, EveryPathInRangeHasAFiniteLossAndNoTermIsNaN) {
  RandomPaths paths(2001);
  Terms terms;
  int answered = 0;
  for (int trial = 0; trial < 6000; ++trial) {
    paths.next(trial % 2 == 0);
    terms.clear();
    const PathLossResult result = paths.evaluate(&terms);
    if (!result.ok()) continue;
    ++answered;
    ASSERT_TRUE(std::isfinite(result.loss_db)) << trial;
    for (const Term& each : terms.list()) {
      ASSERT_FALSE(std::isnan(std::get<double>(each.value))) << each.key << " in trial " << trial;
    }
  }
  EXPECT_GT(answered, 5800);
}

// What one sub-model gives is only made less by the others.
TEST(ItuP2001Invariants, JoinedLossIsBelowEachOfItsParts) {
  RandomPaths paths(4);
  Terms terms;
  for (int trial = 0; trial < 2000; ++trial) {
    paths.next(trial % 2 == 0);
    terms.clear();
    const double loss_db = paths.evaluate(&terms).loss_db;
    for (const char* part : {"lbm1_db", "lbm2_db", "lbm3_db", "lbm4_db"}) {
      ASSERT_LE(loss_db, std::get<double>(terms.find(part)->value) + 1e-9) << trial << part;
    }
  }
}

// Over time the loss is a distribution. The search gives fades on a grid of 0.005 dB, and those of
// both halves of a troposcatter path nearly add up.
TEST(ItuP2001Invariants, LossRisesWithTheShareOfTime) {
  RandomPaths paths(50);
  for (int trial = 0; trial < 400; ++trial) {
    paths.next(false);
    double previous_db = -1e9;
    for (const double percent :
         {0.00001, 0.001, 0.1, 1.0, 10.0, 30.0, 50.0, 70.0, 90.0, 99.0, 99.9, 99.999, 99.99999}) {
      const double loss_db = paths.loss_db(percent);
      ASSERT_GE(loss_db, previous_db - 0.011) << trial << " at " << percent << " %";
      previous_db = loss_db;
    }
  }
}

}  // namespace
}  // namespace yonder::propagation
