#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "core/radial_sweep.h"
#include "propagation/models.h"

namespace yonder::propagation {
namespace {

constexpr double kToleranceDb = 1e-6;

/// A radial that owns its arrays.
struct Radial {
  double step_m = 30.0;
  double tx_height_m = 30.0;
  std::vector<double> ground_m;    // samples
  std::vector<double> distance_m;  // receivers
  std::vector<double> end_ground_m;
  std::vector<std::uint32_t> count;
  std::vector<double> sample_distance_m;
  std::vector<LonLat> position;

  RadialInput input() {
    sample_distance_m.resize(ground_m.size());
    for (std::size_t i = 0; i < ground_m.size(); ++i) {
      sample_distance_m[i] = step_m * static_cast<double>(i);
    }
    position.resize(distance_m.size());
    RadialInput radial;
    radial.tx.height_agl_m = tx_height_m;
    radial.step_m = step_m;
    radial.samples.distance_m = sample_distance_m;
    radial.samples.ground_amsl_m = ground_m;
    radial.distance_m = distance_m;
    radial.ground_amsl_m = end_ground_m;
    radial.position = position;
    radial.sample_count = count;
    return radial;
  }
};

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  double uniform(double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(engine_);
  }
  double logarithmic(double from, double to) {
    return std::exp(uniform(std::log(from), std::log(to)));
  }
  bool chance(double probability) { return uniform(0.0, 1.0) < probability; }
  int whole(int from, int to) { return std::uniform_int_distribution<int>(from, to)(engine_); }
  double normal() { return normal_(engine_); }

 private:
  std::mt19937 engine_;
  std::normal_distribution<double> normal_;
};

using Shape = std::function<std::vector<double>(std::size_t count, Random& random)>;

std::vector<double> walk(std::size_t count, Random& random, double roughness_m) {
  std::vector<double> ground_m(count);
  double slope = 0.0;
  double height_m = random.uniform(0.0, 2000.0);
  for (double& ground : ground_m) {
    slope = 0.95 * slope + roughness_m * random.normal();
    height_m += slope;
    ground = height_m;
  }
  return ground_m;
}

std::vector<double> each(std::size_t count, const std::function<double(std::size_t)>& height) {
  std::vector<double> ground_m(count);
  for (std::size_t i = 0; i < count; ++i) ground_m[i] = height(i);
  return ground_m;
}

/// Kinds of ground that have broken such code before.
const std::vector<std::pair<const char*, Shape>>& shapes() {
  static const std::vector<std::pair<const char*, Shape>> all = {
      {"flat", [](std::size_t n, Random& r) { return std::vector<double>(n, r.uniform(0, 3000)); }},
      {"sea", [](std::size_t n, Random&) { return std::vector<double>(n, 0.0); }},
      {"hills", [](std::size_t n, Random& r) { return walk(n, r, 0.3); }},
      {"mountains", [](std::size_t n, Random& r) { return walk(n, r, 4.0); }},
      {"noise",
       [](std::size_t n, Random& r) {
         return each(n, [&](std::size_t) { return r.uniform(0.0, 100.0); });
       }},
      {"cliffs",
       [](std::size_t n, Random& r) {
         double height_m = 0.0;
         return each(n, [&](std::size_t) {
           if (r.chance(0.02)) height_m = 100.0 * r.whole(0, 12);
           return height_m;
         });
       }},
      {"plateaus",
       [](std::size_t n, Random& r) {
         std::vector<double> ground_m = walk(n, r, 1.0);
         for (double& ground : ground_m) ground = 20.0 * std::round(ground / 20.0);
         return ground_m;
       }},
      {"comb",
       [](std::size_t n, Random& r) {
         const auto period = static_cast<std::size_t>(r.whole(2, 40));
         return each(n, [=](std::size_t i) { return i % period == 0 ? 60.0 : 10.0; });
       }},
      {"spike",
       [](std::size_t n, Random& r) {
         const auto at = static_cast<std::size_t>(r.whole(1, static_cast<int>(n) - 1));
         return each(n, [=](std::size_t i) { return i == at ? 500.0 : 5.0; });
       }},
      {"bowl and dome",
       [](std::size_t n, Random& r) {
         const double bend = r.uniform(-3e-3, 3e-3);
         const double tilt = r.uniform(-2.0, 2.0);
         return each(n, [=](std::size_t i) {
           const double x = static_cast<double>(i);
           return 1500.0 + tilt * x + bend * x * x * (30.0 / static_cast<double>(n));
         });
       }},
      {"coast before mountains",
       [](std::size_t n, Random& r) {
         std::vector<double> ground_m = walk(n, r, 3.0);
         for (std::size_t i = 0; i < n / 2; ++i) ground_m[i] = 0.0;
         return ground_m;
       }},
      // The mean height, with it the earth's effective radius, changes while the horizon lies on
      // level ground, where the radius decides which point it is.
      {"plateau before a plain",
       [](std::size_t n, Random& r) {
         const double edge = r.uniform(0.05, 0.3) * static_cast<double>(n);
         const double height_m = r.uniform(-400.0, 1500.0);
         return each(n,
                     [=](std::size_t i) { return static_cast<double>(i) < edge ? height_m : 0.0; });
       }},
      {"plain before a plateau",
       [](std::size_t n, Random& r) {
         const double edge = r.uniform(0.3, 0.8) * static_cast<double>(n);
         const double height_m = r.uniform(-400.0, 1500.0);
         return each(n,
                     [=](std::size_t i) { return static_cast<double>(i) < edge ? 0.0 : height_m; });
       }},
      {"whole metres",
       [](std::size_t n, Random& r) {
         std::vector<double> ground_m = walk(n, r, 0.3);
         for (double& ground : ground_m) ground = std::round(ground);
         return ground_m;
       }},
  };
  return all;
}

/// Receivers as an engine places them: own distance and ground, several an interval or none.
void place_receivers(Radial& radial, Random& random, std::size_t wanted) {
  const std::size_t samples = radial.ground_m.size();
  std::vector<double> at;
  for (std::size_t r = 0; r < wanted; ++r) {
    at.push_back(random.chance(0.3) ? random.logarithmic(2.8, static_cast<double>(samples))
                                    : random.uniform(2.8, static_cast<double>(samples)));
    if (random.chance(0.2)) at.push_back(at.back());
  }
  std::sort(at.begin(), at.end());
  for (const double steps : at) {
    const auto count = static_cast<std::uint32_t>(std::max(2.0, std::floor(steps - 0.7) + 1.0));
    radial.count.push_back(std::min(count, static_cast<std::uint32_t>(samples)));
    radial.distance_m.push_back(steps * radial.step_m);
    const double near = radial.ground_m[radial.count.back() - 1];
    radial.end_ground_m.push_back(random.chance(0.5) ? near : near + random.uniform(-3.0, 3.0));
  }
}

struct Models {
  std::vector<std::unique_ptr<PathLossModel>> owned;
  std::vector<SweepTarget> targets;
};

SweepTarget random_target(Models& models, Random& r) {
  const auto mdvar = static_cast<double>(10 * r.whole(0, 3) + r.whole(0, 3));
  ParameterValues values = {{"climate", static_cast<double>(r.whole(1, 7))},
                            {"n0", r.chance(0.5) ? 301.0 : r.uniform(250.0, 400.0)},
                            {"ground_permittivity", r.uniform(1.0, 81.0)},
                            {"ground_conductivity_s_per_m", r.logarithmic(1e-4, 5.0)},
                            {"mdvar", mdvar}};
  if (r.chance(0.3)) {
    values["variability.mode"] = "confidence_reliability";
    values["variability.confidence_percent"] = r.uniform(0.01, 99.99);
    values["variability.reliability_percent"] = r.uniform(0.01, 99.99);
  } else if (r.chance(0.7)) {
    values["variability.time_percent"] = r.uniform(0.01, 99.99);
    values["variability.location_percent"] = r.uniform(0.01, 99.99);
    values["variability.situation_percent"] = r.uniform(0.01, 99.99);
  }
  models.owned.push_back(find_model("itm")->make(values));
  return {.model = models.owned.back().get(),
          .frequency_hz = r.logarithmic(20e6, 20e9),
          .polarization = r.chance(0.5) ? Polarization::vertical : Polarization::horizontal,
          .rx_height_agl_m = r.chance(0.5) ? 1.5 : r.logarithmic(0.5, 3000.0)};
}

/// Sweeps and evaluates; every receiver agrees, in status too. Returns the number of losses.
int expect_agreement(Radial& radial, const std::vector<SweepTarget>& targets,
                     const std::string& what) {
  const RadialInput input = radial.input();
  SweepScratch scratch;
  const std::size_t receivers = input.receiver_count();
  std::vector<PathLossResult> swept(targets.size() * receivers);
  std::vector<PathLossResult> evaluated(swept.size());
  targets.front().model->sweep(input, targets, scratch, swept);
  sweep_by_evaluation(input, targets, scratch, evaluated);
  int losses = 0;
  for (std::size_t k = 0; k < swept.size(); ++k) {
    const std::size_t r = k % receivers;
    const std::string where = what + ", target " + std::to_string(k / receivers) + ", receiver " +
                              std::to_string(r) + " at point " + std::to_string(radial.count[r]);
    EXPECT_EQ(swept[k].status, evaluated[k].status) << where;
    EXPECT_EQ(swept[k].bound, evaluated[k].bound) << where;
    if (!evaluated[k].ok()) continue;
    EXPECT_NEAR(swept[k].loss_db, evaluated[k].loss_db, kToleranceDb) << where;
    ++losses;
  }
  return losses;
}

TEST(ItmSweep, EqualsEvaluationOnRandomRadials) {
  int losses = 0;
  int paths = 0;
  for (unsigned seed = 0; seed < 2400; ++seed) {
    Random random(seed);
    const auto& [name, shape] = shapes()[seed % shapes().size()];
    Radial radial;
    const auto samples = static_cast<std::size_t>(random.logarithmic(2.0, 3000.0));
    radial.step_m = random.chance(0.5) ? 30.0 : random.logarithmic(1.0, 1000.0);
    radial.tx_height_m = random.chance(0.5) ? 30.0 : random.logarithmic(0.5, 3000.0);
    radial.ground_m = shape(std::max<std::size_t>(samples, 2), random);
    place_receivers(radial, random, samples > 500 ? 12 : 25);
    Models models;
    std::vector<SweepTarget> targets;
    for (int t = 0; t < 2; ++t) targets.push_back(random_target(models, random));
    targets.push_back(targets.back());
    targets.back().frequency_hz = random.logarithmic(20e6, 20e9);
    losses +=
        expect_agreement(radial, targets, std::string(name) + ", seed " + std::to_string(seed));
    paths += static_cast<int>(targets.size() * radial.count.size());
    ASSERT_FALSE(::testing::Test::HasFailure());
  }
  EXPECT_GT(losses, 0.75 * paths);  // the rest are refusals, which agree as well
}

TEST(ItmSweep, EqualsEvaluationAtEveryReceiverOfARadial) {
  for (unsigned seed = 0; seed < shapes().size(); ++seed) {
    Random random(1000 + seed);
    const auto& [name, shape] = shapes()[seed];
    Radial radial;
    radial.ground_m = shape(420, random);
    place_receivers(radial, random, 500);
    Models models;
    expect_agreement(radial, {random_target(models, random)}, name);
  }
}

TEST(ItmSweep, AgreesInItsRefusals) {
  Random random(7);
  Models models;
  for (const double bad : {9000.0, -4000.0}) {
    Radial radial;
    radial.ground_m = shapes()[2].second(300, random);
    std::fill(radial.ground_m.begin() + 100, radial.ground_m.begin() + 160, bad);
    place_receivers(radial, random, 60);
    std::vector<SweepTarget> targets = {random_target(models, random)};
    targets.push_back(targets.front());
    targets.back().frequency_hz = 19e6;
    targets.push_back(targets.front());
    targets.back().rx_height_agl_m = 0.4;
    expect_agreement(radial, targets, std::to_string(bad));
    radial.tx_height_m = 3001.0;
    expect_agreement(radial, targets, "high mast");
  }
}

TEST(ItmSweep, ServesAreaModeToo) {
  Random random(11);
  Radial radial;
  radial.ground_m = shapes()[2].second(300, random);
  place_receivers(radial, random, 60);
  const auto area = find_model("itm")->make({{"mode", "area"}});
  const auto profile = find_model("itm")->make({});
  EXPECT_GT(expect_agreement(radial,
                             {{profile.get(), 900e6, Polarization::vertical, 1.5},
                              {area.get(), 900e6, Polarization::vertical, 1.5},
                              {profile.get(), 900e6, Polarization::vertical, 10.0}},
                             "area"),
            0);
}

}  // namespace
}  // namespace yonder::propagation
