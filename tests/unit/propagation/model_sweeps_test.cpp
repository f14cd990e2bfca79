#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "propagation/models.h"
#include "tests/unit/propagation/random_radial.h"

namespace yonder {
namespace {

using test::RandomRadial;

/// A random choice of each of a model's words, a random time, and the required numbers. What the
/// model refuses to combine leaves a parameter out.
std::unique_ptr<PathLossModel> random_model(const ModelInfo& info, RandomRadial& random) {
  ParameterValues required;
  for (const ParameterSpec& spec : info.parameters) {
    if (!spec.required) continue;
    if (const auto* number = std::get_if<double>(&spec.default_value)) {
      required[std::string(spec.name)] = *number;
    } else {
      required[std::string(spec.name)] =
          std::string(std::get<std::string_view>(spec.default_value));
    }
  }
  ParameterValues values = required;
  for (const ParameterSpec& spec : info.parameters) {
    if (spec.name == "time_percent") {  // P.2001: down to where the earth is hollow
      values["time_percent"] =
          random.log_between(std::max(0.001, spec.range.min), std::min(99.9, spec.range.max));
    }
    if (spec.choices.empty()) continue;
    ParameterValues wanted = values;
    const int choice = random.below(static_cast<int>(spec.choices.size()));
    wanted[std::string(spec.name)] = std::string(spec.choices[static_cast<std::size_t>(choice)]);
    try {
      info.make(wanted);
    } catch (const ParameterError&) {
      continue;
    }
    values = wanted;
  }
  return info.make(values);
}

double within(const ModelInfo& info, std::string_view name, double low, double high,
              RandomRadial& random) {
  for (const RangeSpec& range : info.ranges) {
    if (range.name != name) continue;
    low = std::max(low, range.min);
    high = std::max(low, std::min(high, range.max));
  }
  // Now and then at or beyond the limits: refusals are to be the same, too.
  return random.chance(0.05) ? 0.5 * low : random.log_between(low, high);
}

class ModelSweep : public testing::TestWithParam<const ModelInfo*> {};

/// Whoever gives a model a sweep of its own need write no test: it is walked here.
TEST_P(ModelSweep, EqualsTheModelAtEveryReceiverOfNastyRadials) {
  const ModelInfo& info = *GetParam();
  RandomRadial random(21);
  SweepScratch scratch;
  int values = 0;
  const int radials = info.id == "itu_p528" ? 10 : 300;  // asks nothing of terrain, but takes long
  for (int i = 0; i < radials; ++i) {
    random.make(2 + static_cast<std::size_t>(random.log_between(1.0, 600.0)), 30);
    RadialInput radial = random.input();
    radial.tx.height_agl_m = within(info, "tx.height_agl_m", 1.0, 400.0, random);
    const auto first = random_model(info, random);
    const auto second = random_model(info, random);
    std::vector<SweepTarget> targets;
    for (const PathLossModel* model : {first.get(), second.get()}) {
      targets.push_back({model, 1e6 * within(info, "frequency_mhz", 30.0, 30e3, random),
                         random.chance(0.5) ? Polarization::horizontal : Polarization::vertical,
                         within(info, "rx.height_agl_m", 1.0, 300.0, random)});
    }
    const std::size_t n = radial.receiver_count();
    std::vector<PathLossResult> swept(targets.size() * n);
    std::vector<PathLossResult> single(targets.size() * n);
    first->sweep(radial, targets, scratch, swept);
    sweep_by_evaluation(radial, targets, scratch, single);
    for (std::size_t k = 0; k < swept.size(); ++k) {
      const double distance_m = radial.distance_m[k % n];
      ASSERT_EQ(swept[k].status, single[k].status)
          << "radial " << i << " result " << k << " at " << distance_m << " m";
      ASSERT_EQ(swept[k].bound, single[k].bound) << "radial " << i << " result " << k;
      if (!single[k].ok()) continue;
      ++values;
      ASSERT_LE(std::abs(swept[k].loss_db - single[k].loss_db), 1e-6)
          << "radial " << i << " result " << k << " at " << distance_m << " m: " << swept[k].loss_db
          << " against " << single[k].loss_db;
    }
  }
  EXPECT_GT(values, 50) << "hardly any path was in the model's range";
}

/// All models that need no file of the user's.
std::vector<const ModelInfo*> swept_models() {
  std::vector<const ModelInfo*> models;
  for (const ModelInfo* info : propagation::all_models()) {
    const bool needs_file = std::ranges::any_of(info->parameters, [](const ParameterSpec& spec) {
      return spec.required && spec.table != TableForm::none;
    });
    if (!needs_file) models.push_back(info);
  }
  return models;
}

INSTANTIATE_TEST_SUITE_P(All, ModelSweep, testing::ValuesIn(swept_models()),
                         [](const auto& model) { return std::string(model.param->id); });

}  // namespace
}  // namespace yonder
