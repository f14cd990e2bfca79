#include <gtest/gtest.h>

#include <cmath>

#include "propagation/models.h"
#include "tests/unit/propagation/random_radial.h"

namespace yonder {
namespace {

using test::RandomRadial;

void expect_equal(const RadialInput& radial, std::span<const SweepTarget> targets,
                  int radial_number, SweepScratch& scratch, double& worst_db) {
  const std::size_t n = radial.receiver_count();
  std::vector<PathLossResult> swept(targets.size() * n);
  std::vector<PathLossResult> single(targets.size() * n);
  targets[0].model->sweep(radial, targets, scratch, swept);
  sweep_by_evaluation(radial, targets, scratch, single);
  for (std::size_t i = 0; i < swept.size(); ++i) {
    ASSERT_EQ(swept[i].status, single[i].status) << "radial " << radial_number << " result " << i;
    ASSERT_EQ(swept[i].bound, single[i].bound);
    if (!single[i].ok()) continue;
    const double difference_db = std::abs(swept[i].loss_db - single[i].loss_db);
    ASSERT_LE(difference_db, 1e-6)
        << "radial " << radial_number << " result " << i << " at " << radial.distance_m[i % n]
        << " m: " << swept[i].loss_db << " against " << single[i].loss_db;
    worst_db = std::max(worst_db, difference_db);
  }
}

std::vector<std::unique_ptr<PathLossModel>> random_models(RandomRadial& random, int count) {
  std::vector<std::unique_ptr<PathLossModel>> models;
  for (int i = 0; i < count; ++i) {
    models.push_back(
        propagation::find_model("itu_p1812")
            ->make({
                {"time_percent", random.chance(0.3) ? 50.0 : 1.0 + 49.0 * random.unit()},
                {"location_percent", 1.0 + 98.0 * random.unit()},
                {"delta_n_per_km", random.chance(0.5) ? 45.0 : 100.0 * random.unit() + 1.0},
                {"cell_width_m", random.chance(0.5) ? 0.0 : 500.0 * random.unit()},
            }));
  }
  return models;
}

std::vector<SweepTarget> random_targets(RandomRadial& random,
                                        const std::vector<std::unique_ptr<PathLossModel>>& models) {
  std::vector<SweepTarget> targets;
  for (const auto& model : models) {
    targets.push_back({model.get(), random.log_between(30e6, 6e9),
                       random.chance(0.5) ? Polarization::horizontal : Polarization::vertical,
                       random.chance(0.6) ? 1.5 : random.log_between(1.0, 300.0)});
  }
  return targets;
}

TEST(P1812Sweep, EqualsThePointModelAtEveryReceiverOfNastyRadials) {
  RandomRadial random(11);
  SweepScratch scratch;
  double worst_db = 0.0;
  for (int i = 0; i < 3000; ++i) {
    random.make(2 + static_cast<std::size_t>(random.log_between(1.0, 400.0)), 60);
    const auto models = random_models(random, 1 + random.below(3));
    expect_equal(random.input(), random_targets(random, models), i, scratch, worst_db);
    if (HasFatalFailure()) return;
  }
  RecordProperty("worst_db", std::to_string(worst_db));
}

TEST(P1812Sweep, EqualsThePointModelOnRadialsOfThreeThousandPoints) {
  RandomRadial random(12);
  SweepScratch scratch;
  double worst_db = 0.0;
  for (int i = 0; i < 60; ++i) {
    random.make(3000, 60);
    const auto models = random_models(random, 1);
    expect_equal(random.input(), random_targets(random, models), i, scratch, worst_db);
    if (HasFatalFailure()) return;
  }
}

TEST(P1812Sweep, RefusesWhatThePointModelRefuses) {
  RandomRadial random(13);
  random.make(50, 30);
  SweepScratch scratch;
  double worst_db = 0.0;
  const auto models = random_models(random, 1);
  for (const SweepTarget& target :
       {SweepTarget{models[0].get(), 20e6, Polarization::vertical, 1.5},
        SweepTarget{models[0].get(), 7e9, Polarization::vertical, 0.5},
        SweepTarget{models[0].get(), 1e9, Polarization::vertical, 0.5}}) {
    expect_equal(random.input(), {&target, 1}, 0, scratch, worst_db);
  }
}

}  // namespace
}  // namespace yonder
