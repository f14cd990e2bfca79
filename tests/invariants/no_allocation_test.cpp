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

bool has_required_parameter(const ModelInfo& info) {
  for (const ParameterSpec& parameter : info.parameters) {
    if (parameter.required) return true;
  }
  return false;
}

TEST(Allocation, NoModelAllocatesOnceItsWorkspaceHasGrown) {
  PathProfile profile;
  profile.resize(300);
  for (std::size_t i = 0; i < profile.distance_m.size(); ++i) {
    profile.distance_m[i] = 30.0 * static_cast<double>(i);
    profile.ground_amsl_m[i] = static_cast<double>(i * i % 37);
    profile.clutter_height_m[i] = static_cast<double>(i % 5);
    profile.zone[i] = i < 100 ? Zone::inland : i < 200 ? Zone::coastal : Zone::sea;
  }
  PathLossInput input{.frequency_hz = mhz_to_hz(773.0),
                      .distance_m = profile.distance_m.back(),
                      .tx = {.height_agl_m = 40.0, .position = {84.0, 41.0}},
                      .rx = {.height_agl_m = 1.5, .position = {84.1, 41.0}},
                      .profile = profile.view()};
  for (const ModelInfo* info : all_models()) {
    if (has_required_parameter(*info)) continue;
    const auto model = info->make({});
    Workspace workspace;
    model->evaluate(input, workspace);
    const long before = allocations.load();
    const PathLossResult result = model->evaluate(input, workspace);
    EXPECT_EQ(allocations.load(), before) << info->id;
    if (info->id == "itu_p1812") {
      EXPECT_TRUE(result.ok());
    }
  }
}

TEST(Allocation, NoAdditionAllocates) {
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

TEST(Allocation, NoSweepOfTheAutomaticChoiceAllocatesOnceItsBuffersHaveGrown) {
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

TEST(Allocation, TheCounterCounts) {
  const long before = allocations.load();
  delete new int(1);
  EXPECT_EQ(allocations.load(), before + 1);
}

}  // namespace
}  // namespace yonder::propagation
