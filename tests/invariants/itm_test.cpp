#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "propagation/models.h"

namespace yonder::propagation {
namespace {

/// Random inputs within the model's ranges.
class ItmInputs {
 public:
  explicit ItmInputs(unsigned seed) : random_(seed) {}

  double uniform(double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(random_);
  }
  double logarithmic(double from, double to) {
    return std::exp(uniform(std::log(from), std::log(to)));
  }
  double pick(std::initializer_list<double> choices) {
    return *(choices.begin() + random_() % choices.size());
  }
  ParameterValues parameters() {
    return {{"climate", std::floor(uniform(1.0, 7.999))},
            {"n0", uniform(250.0, 400.0)},
            {"ground_permittivity", uniform(1.0, 81.0)},
            {"ground_conductivity_s_per_m", logarithmic(1e-4, 5.0)},
            {"mdvar", pick({0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23, 30, 31, 32, 33})},
            {"variability.time_percent", uniform(0.01, 99.99)},
            {"variability.location_percent", uniform(0.01, 99.99)},
            {"variability.situation_percent", uniform(0.01, 99.99)}};
  }
  PathLossInput path() {
    PathLossInput input;
    input.frequency_hz = logarithmic(20e6, 20e9);
    input.polarization = random_() % 2 ? Polarization::vertical : Polarization::horizontal;
    input.distance_m = logarithmic(10.0, 1000e3);
    input.tx.height_agl_m = logarithmic(0.5, 3000.0);
    input.rx.height_agl_m = logarithmic(0.5, 3000.0);
    return input;
  }
  std::size_t points() { return static_cast<std::size_t>(logarithmic(2.0, 400.0)); }

 private:
  std::mt19937 random_;
};

/// Most inputs have a loss, the others a named reason; never a NaN under status ok.
void expect_loss_or_reason(const PathLossModel& model, const PathLossInput& input,
                           Workspace& workspace, int& losses) {
  const PathLossResult result = model.evaluate(input, workspace);
  if (result.ok()) {
    ++losses;
    ASSERT_TRUE(std::isfinite(result.loss_db));
  } else {
    ASSERT_FALSE(explain(model.info(), result, input).empty());
    ASSERT_TRUE(std::isnan(result.loss_db));
  }
}

TEST(Itm, HasAFiniteLossOrAReasonOverRandomProfiles) {
  ItmInputs inputs(1);
  Workspace workspace;
  int losses = 0;
  constexpr int kPaths = 20000;
  for (int k = 0; k < kPaths; ++k) {
    const auto model = find_model("itm")->make(inputs.parameters());
    PathLossInput input = inputs.path();
    std::vector<double> distance_m(inputs.points());
    std::vector<double> ground_m(distance_m.size());
    const double base_m = inputs.uniform(-100.0, 4000.0);
    const double relief_m = inputs.pick({0.0, 1.0, 30.0, 300.0, 2000.0});
    for (std::size_t i = 0; i < ground_m.size(); ++i) {
      distance_m[i] =
          input.distance_m * static_cast<double>(i) / static_cast<double>(ground_m.size() - 1);
      ground_m[i] = base_m + inputs.uniform(0.0, 1.0) * relief_m;
    }
    input.profile = {.distance_m = distance_m, .ground_amsl_m = ground_m};
    expect_loss_or_reason(*model, input, workspace, losses);
  }
  EXPECT_GT(losses, kPaths / 2);
}

TEST(Itm, HasAFiniteLossOrAReasonInRandomAreas) {
  ItmInputs inputs(2);
  Workspace workspace;
  int losses = 0;
  constexpr int kPaths = 50000;
  for (int k = 0; k < kPaths; ++k) {
    ParameterValues values = inputs.parameters();
    values["mode"] = "area";
    values["terrain_irregularity_m"] = inputs.pick({0.0, 1.0, 30.0, 90.0, 500.0, 2000.0});
    for (const char* siting : {"tx_siting", "rx_siting"}) {
      const double choice = inputs.pick({0, 1, 2});
      values[siting] = choice == 0 ? "random" : choice == 1 ? "careful" : "very_careful";
    }
    expect_loss_or_reason(*find_model("itm")->make(values), inputs.path(), workspace, losses);
  }
  EXPECT_GT(losses, kPaths / 2);
}

}  // namespace
}  // namespace yonder::propagation
