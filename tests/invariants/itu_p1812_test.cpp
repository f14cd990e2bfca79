#include "propagation/models/itu_p1812.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace yonder::propagation {
namespace {

/// Random paths over the whole valid range, with shapes that provoke trouble: plateaus, spikes,
/// collinear points.
class RandomPaths {
 public:
  explicit RandomPaths(std::uint64_t seed) : random_(seed) {}

  double unit() { return std::uniform_real_distribution<double>(0.0, 1.0)(random_); }
  double log_between(double low, double high) { return low * std::pow(high / low, unit()); }
  bool chance(double p) { return unit() < p; }

  void next() {
    const std::size_t n = 3 + static_cast<std::size_t>(log_between(1.0, 120.0));
    profile.resize(n);
    const double length = chance(0.05) ? (chance(0.5) ? 250.0 : 3e6) : log_between(250.0, 3e6);
    const bool even = chance(0.5);
    double position = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      profile.distance_m[i] = position;
      position += even ? 1.0 : 0.05 + unit();
    }
    const double scale = length / profile.distance_m.back();
    for (double& x : profile.distance_m) x *= scale;
    profile.distance_m.back() = length;

    const double base = chance(0.3) ? 0.0 : -400.0 + 5400.0 * unit();
    const double relief = chance(0.3) ? 0.0 : log_between(0.1, 4000.0);
    const double incline = chance(0.5) ? 0.0 : relief * (2.0 * unit() - 1.0);
    Zone zone = static_cast<Zone>(std::min(2, static_cast<int>(3.0 * unit())));
    const double change = chance(0.5) ? 0.0 : 0.2;
    for (std::size_t i = 0; i < n; ++i) {
      const double bump = chance(0.5) ? 0.0 : relief * unit();
      profile.ground_amsl_m[i] = base + bump + incline * profile.distance_m[i] / length;
      profile.clutter_height_m[i] = chance(0.5) ? 0.0 : 40.0 * unit();
      if (chance(change)) zone = static_cast<Zone>(std::min(2, static_cast<int>(3.0 * unit())));
      profile.zone[i] = zone;
    }
    if (chance(0.3)) profile.clutter_height_m.clear();
    if (chance(0.2)) profile.zone.clear();

    input.frequency_hz = chance(0.05) ? (chance(0.5) ? 30e6 : 6e9) : log_between(30e6, 6e9);
    input.polarization = chance(0.5) ? Polarization::horizontal : Polarization::vertical;
    input.distance_m = length;
    input.tx.height_agl_m = log_between(1.0, 3000.0);
    input.rx.height_agl_m = chance(0.2) ? input.tx.height_agl_m : log_between(1.0, 3000.0);
    input.tx.position = {360.0 * unit() - 180.0, 180.0 * unit() - 90.0};
    input.rx.position = {input.tx.position.lon_deg + 5 * unit(),
                         std::clamp(input.tx.position.lat_deg + 5 * unit(), -90.0, 90.0)};
    input.profile = profile.view();
    values = {{"time_percent", chance(0.2) ? (chance(0.5) ? 1.0 : 50.0) : 1.0 + 49.0 * unit()},
              {"location_percent", 1.0 + 98.0 * unit()},
              {"delta_n_per_km", 0.5 + 103.5 * unit()},
              {"n0", 250.0 + 150.0 * unit()},
              {"cell_width_m", chance(0.5) ? 0.0 : 500.0 * unit()}};
  }

  PathProfile profile;
  PathLossInput input;
  ParameterValues values;

 private:
  std::mt19937_64 random_;
};

double term(const Terms& terms, std::string_view key) {
  return std::get<double>(terms.find(key)->value);
}

TEST(ItuP1812Invariants, EveryPathInRangeHasAFiniteLossNotBelowTheEnhancedFreeSpace) {
  RandomPaths paths(1812);
  Workspace workspace;
  Terms terms;
  for (int trial = 0; trial < 20000; ++trial) {
    paths.next();
    terms.clear();
    const PathLossResult result =
        itu_p1812::kModelInfo.make(paths.values)->evaluate(paths.input, workspace, &terms);
    ASSERT_TRUE(result.ok()) << trial;
    ASSERT_TRUE(std::isfinite(result.loss_db)) << trial;
    for (const Term& each : terms.list()) {
      if (const double* value = std::get_if<double>(&each.value)) {
        ASSERT_FALSE(std::isnan(*value)) << each.key << " in trial " << trial;
      }
    }
    // Multipath and focusing gain at most 2.6 log10(50 / p) dB over free space, eq. (9a).
    const double p = std::get<double>(paths.values["time_percent"]);
    ASSERT_GE(result.loss_db, term(terms, "Lbfs_db") - 2.6 * std::log10(50.0 / p) - 1e-9) << trial;
    ASSERT_GE(term(terms, "dlt_km"), 0.0);
    ASSERT_LE(term(terms, "dlt_km") + term(terms, "dlr_km"),
              paths.input.distance_m / 1000 * (1 + 1e-9))
        << trial;
  }
}

TEST(ItuP1812Invariants, LossFallsWithRarerTimeAndRisesWithMoreLocations) {
  RandomPaths paths(50);
  Workspace workspace;
  for (int trial = 0; trial < 1000; ++trial) {
    paths.next();
    paths.values["cell_width_m"] = 100.0;
    double previous_db = 1e9;
    for (const double percent : {50.0, 20.0, 5.0, 1.0}) {
      paths.values["time_percent"] = percent;
      const double loss_db =
          itu_p1812::kModelInfo.make(paths.values)->evaluate(paths.input, workspace).loss_db;
      ASSERT_LE(loss_db, previous_db + 1e-9) << trial << " at " << percent << " %";
      previous_db = loss_db;
    }
    previous_db = 0.0;
    for (const double percent : {1.0, 50.0, 99.0}) {
      paths.values["location_percent"] = percent;
      const double loss_db =
          itu_p1812::kModelInfo.make(paths.values)->evaluate(paths.input, workspace).loss_db;
      ASSERT_GE(loss_db, previous_db - 1e-9) << trial << " at " << percent << " %";
      previous_db = loss_db;
    }
  }
}

// No point of the method depends on direction but the clutter and the sea at the receiver, which
// have no say at half of the locations.
TEST(ItuP1812Invariants, MedianLossIsReciprocal) {
  RandomPaths paths(99);
  Workspace workspace;
  for (int trial = 0; trial < 2000; ++trial) {
    paths.next();
    paths.values["cell_width_m"] = 0.0;
    const auto model = itu_p1812::kModelInfo.make(paths.values);
    // At the middle of one place, so that the path's centre is the same seen from both ends.
    paths.input.rx.position = paths.input.tx.position;
    const double there_db = model->evaluate(paths.input, workspace).loss_db;
    PathProfile& profile = paths.profile;
    const double length = profile.distance_m.back();
    std::reverse(profile.distance_m.begin(), profile.distance_m.end());
    for (double& x : profile.distance_m) x = length - x;
    std::reverse(profile.ground_amsl_m.begin(), profile.ground_amsl_m.end());
    std::reverse(profile.clutter_height_m.begin(), profile.clutter_height_m.end());
    std::reverse(profile.zone.begin(), profile.zone.end());
    std::swap(paths.input.tx, paths.input.rx);
    paths.input.profile = profile.view();
    ASSERT_NEAR(model->evaluate(paths.input, workspace).loss_db, there_db, 1e-5) << trial;
  }
}

TEST(ItuP1812Invariants, GrazingProfilesHaveALoss) {
  // All points exactly on the line between the antennas, where slopes from both ends cancel.
  PathProfile profile;
  profile.resize(11);
  profile.clutter_height_m.clear();
  profile.zone.clear();
  const double curvature = 0.5 / (6371e3 * 157.0 / (157.0 - 45.0));
  for (const double c : {curvature, 0.5 / (3 * 6371e3), 0.0}) {
    for (std::size_t i = 0; i <= 10; ++i) {
      const double x = 1000.0 * static_cast<double>(i);
      profile.distance_m[i] = x;
      profile.ground_amsl_m[i] = (i == 0 || i == 10) ? 0.0 : 10.0 - c * x * (10000.0 - x);
    }
    PathLossInput input{.frequency_hz = 773e6, .distance_m = 10000, .profile = profile.view()};
    input.tx.height_agl_m = input.rx.height_agl_m = 10.0;
    Workspace workspace;
    const double loss_db = itu_p1812::kModelInfo.make({})->evaluate(input, workspace).loss_db;
    EXPECT_GT(loss_db, 110.0);
    EXPECT_LT(loss_db, 140.0);
  }
}

}  // namespace
}  // namespace yonder::propagation
