#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <new>
#include <vector>

#include "core/radial_sweep.h"
#include "core/units.h"
#include "propagation/additions.h"
#include "propagation/models.h"
#include "propagation/with_additions.h"
#include "tests/invariants/model_traits.h"
#include "tests/invariants/random_path.h"

// Counts every allocation of this executable.
namespace {
std::atomic<long> allocations{0};

void* counted(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace yonder::propagation {
namespace {

/// Every model in each of the modes that its words choose, as far as they go together.
std::vector<std::unique_ptr<PathLossModel>> all_modes(const ModelInfo& info) {
  std::vector<std::unique_ptr<PathLossModel>> modes;
  modes.push_back(info.make(plain_parameters(info)));
  for (const ParameterSpec& parameter : info.parameters) {
    for (const std::string_view word : parameter.choices) {
      ParameterValues values = plain_parameters(info);
      values[std::string(parameter.name)] = std::string(word);
      try {
        modes.push_back(info.make(values));
      } catch (const ParameterError&) {  // this word needs other parameters too
      }
    }
  }
  return modes;
}

class Allocation : public testing::TestWithParam<const ModelInfo*> {
 protected:
  const ModelInfo& info() const { return *GetParam(); }
};

TEST_P(Allocation, OfAnEvaluationIsNoneOnceTheWorkspaceHasGrown) {
  const ModelTraits* traits = find_traits(info().id);
  ASSERT_NE(traits, nullptr);
  PathProfile profile;
  profile.resize(301);
  for (std::size_t i = 0; i < profile.distance_m.size(); ++i) {
    profile.distance_m[i] = traits->usual.distance_m * static_cast<double>(i) / 300.0;
    profile.ground_amsl_m[i] = static_cast<double>(i * i % 37);
    profile.clutter_height_m[i] = static_cast<double>(i % 5);
    profile.zone[i] = i < 100 ? Zone::inland : i < 200 ? Zone::coastal : Zone::sea;
  }
  PathLossInput input{.frequency_hz = mhz_to_hz(traits->usual.frequency_mhz),
                      .distance_m = profile.distance_m.back(),
                      .tx = {.height_agl_m = traits->usual.tx_m, .position = {84.0, 41.0}},
                      .rx = {.height_agl_m = traits->usual.rx_m, .position = {84.1, 41.0}}};
  int answered = 0;
  for (const auto& model : all_modes(info())) {
    for (const bool with_profile : {true, false}) {
      input.profile = with_profile ? profile.view() : PathProfileView{};
      Workspace workspace;
      model->evaluate(input, workspace);
      const long before = allocations.load();
      answered += model->evaluate(input, workspace).ok() ? 1 : 0;
      EXPECT_EQ(allocations.load(), before) << info().id;
    }
  }
  EXPECT_GT(answered, 0);
  // Other paths of no more points than that one.
  RandomPath path(info(), 3);
  const auto model = info().make(plain_parameters(info()));
  Workspace workspace;
  input.profile = profile.view();
  model->evaluate(input, workspace);
  for (int i = 0; i < 200; ++i) {
    const PathLossInput& random = path.next(i % traits->paths_per_terminals != 0);
    if (i == 0) model->evaluate(random, workspace);  // what a thread keeps of a frequency
    const long before = allocations.load();
    model->evaluate(random, workspace);
    ASSERT_EQ(allocations.load(), before) << info().id << " path " << i;
  }
}

TEST(AllocationElsewhere, NoAdditionAllocates) {
  const std::vector<AdditionChoice> choices = {
      {find_addition("gases_p676"), {}},
      {find_addition("rain_p530"), {{"rain_rate_001_mm_per_h", 40.0}}},
      {find_addition("dust_rayleigh"), {{"visibility_m", 100.0}}},
      {find_addition("clutter_p2108_statistical"), {{"location_percent", 90.0}}},
      {find_addition("vehicle_penetration"), {{"vehicle", "car"}, {"location_percent", 90.0}}}};
  const auto model = make_with_additions(*find_model("free_space"), {}, choices, false);
  const PathLossInput input{.frequency_hz = mhz_to_hz(2600.0),
                            .distance_m = 9000.0,
                            .tx = {.height_agl_m = 40.0},
                            .rx = {.height_agl_m = 1.5}};
  Workspace workspace;
  const long before = allocations.load();
  const PathLossResult result = model->evaluate(input, workspace, nullptr);
  EXPECT_EQ(allocations.load(), before);
  EXPECT_TRUE(result.ok());
}

TEST(AllocationElsewhere, NoSweepOfTheAutomaticChoiceAllocatesOnceItsBuffersHaveGrown) {
  PathProfile samples;
  samples.resize(120);
  std::vector<double> distance_m;
  std::vector<double> ground_amsl_m;
  std::vector<double> clutter_m;
  std::vector<Zone> zone;
  std::vector<LonLat> position;
  std::vector<std::uint32_t> sample_count;
  for (std::size_t i = 0; i < samples.distance_m.size(); ++i) {
    samples.distance_m[i] = 60.0 * static_cast<double>(i);
    samples.ground_amsl_m[i] = 0.0;
    samples.clutter_height_m[i] = 0.0;
    samples.zone[i] = i < 5 ? Zone::inland : Zone::sea;
    if (i < 2) continue;
    distance_m.push_back(samples.distance_m[i - 1] + 30.0);
    ground_amsl_m.push_back(0.0);
    clutter_m.push_back(0.0);
    zone.push_back(Zone::sea);
    position.push_back({120.0, 30.0});
    sample_count.push_back(static_cast<std::uint32_t>(i));
  }
  RadialInput radial;
  radial.tx.height_agl_m = 100.0;
  radial.step_m = 60.0;
  radial.samples = samples.view();
  radial.distance_m = distance_m;
  radial.ground_amsl_m = ground_amsl_m;
  radial.clutter_height_m = clutter_m;
  radial.zone = zone;
  radial.position = position;
  radial.sample_count = sample_count;
  const auto model = find_model("auto")->make({});
  const std::array<SweepTarget, 2> targets = {{{model.get(), 773e6, Polarization::vertical, 10.0},
                                               {model.get(), 5.5e9, Polarization::vertical, 1.5}}};
  std::vector<PathLossResult> results(targets.size() * radial.receiver_count());
  SweepScratch scratch;
  model->sweep(radial, targets, scratch, results);
  const long before = allocations.load();
  model->sweep(radial, targets, scratch, results);
  EXPECT_EQ(allocations.load(), before);
  EXPECT_TRUE(results.back().ok());
}

TEST_P(Allocation, OfASweepIsNoneOnceItsScratchHasGrown) {
  const ModelTraits* traits = find_traits(info().id);
  ASSERT_NE(traits, nullptr);
  constexpr std::size_t kReceivers = 40;
  const double step_m = traits->usual.distance_m / 20.0;
  PathProfile samples;
  samples.resize(kReceivers + 2);
  for (std::size_t i = 0; i < samples.distance_m.size(); ++i) {
    samples.distance_m[i] = step_m * static_cast<double>(i);
    samples.ground_amsl_m[i] = static_cast<double>(i * i % 37);
    samples.clutter_height_m[i] = 0.0;
    samples.zone[i] = Zone::sea;
  }
  std::vector<double> distance_m(kReceivers), ground_m(kReceivers, 5.0), clutter_m(kReceivers);
  std::vector<Zone> zone(kReceivers, Zone::sea);
  std::vector<LonLat> position(kReceivers, LonLat{84.1, 41.0});
  std::vector<std::uint32_t> sample_count(kReceivers);
  for (std::size_t r = 0; r < kReceivers; ++r) {
    sample_count[r] = static_cast<std::uint32_t>(r + 2);
    distance_m[r] = step_m * static_cast<double>(r + 2);  // an even profile for models that ask it
  }
  const RadialInput radial{.tx = {.height_agl_m = traits->usual.tx_m, .position = {84.0, 41.0}},
                           .step_m = step_m,
                           .samples = samples.view(),
                           .distance_m = distance_m,
                           .ground_amsl_m = ground_m,
                           .clutter_height_m = clutter_m,
                           .zone = zone,
                           .position = position,
                           .sample_count = sample_count};
  const auto model = info().make(plain_parameters(info()));
  const SweepTarget target{.model = model.get(),
                           .frequency_hz = mhz_to_hz(traits->usual.frequency_mhz),
                           .rx_height_agl_m = traits->usual.rx_m};
  std::vector<PathLossResult> results(kReceivers);
  SweepScratch scratch;
  model->sweep(radial, {&target, 1}, scratch, results);
  const long before = allocations.load();
  model->sweep(radial, {&target, 1}, scratch, results);
  EXPECT_EQ(allocations.load(), before);
}

INSTANTIATE_TEST_SUITE_P(All, Allocation, testing::ValuesIn(models_to_try()),
                         [](const auto& model) { return std::string(model.param->id); });

TEST(AllocationCounter, Counts) {
  const long before = allocations.load();
  delete new int(1);
  EXPECT_EQ(allocations.load(), before + 1);
}

}  // namespace
}  // namespace yonder::propagation
