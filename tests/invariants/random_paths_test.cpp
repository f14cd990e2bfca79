#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/invariants/model_traits.h"
#include "tests/invariants/random_path.h"

/// What no input in a model's range may break, tried on random ones. YONDER_INVARIANT_PATHS sets
/// how many a model; `./dev invariants` tries a million.
namespace yonder::propagation {
namespace {

constexpr int kShards = 4;  // each of its own seed, so that cores share a model's paths

struct Share {
  const ModelInfo* info;
  int shard;
};

std::vector<Share> shares() {
  std::vector<Share> list;
  for (const ModelInfo* info : models_to_try()) {
    for (int shard = 0; shard < kShards; ++shard) list.push_back({info, shard});
  }
  return list;
}

int path_count(const ModelTraits& traits) {
  const char* wanted = std::getenv("YONDER_INVARIANT_PATHS");
  const int count = wanted == nullptr ? traits.everyday_paths : std::atoi(wanted);
  return (count + kShards - 1) / kShards;
}

std::uint64_t seed_of(const Share& share) {
  std::uint64_t seed = 14695981039346656037U;  // FNV-1a of the id
  for (const char c : share.info->id) {
    seed = (seed ^ static_cast<std::uint64_t>(c)) * 1099511628211U;
  }
  return seed + static_cast<std::uint64_t>(share.shard);
}

std::string text(const PathLossInput& input) {
  std::string profile;
  for (std::size_t i = 0; i < input.profile.size(); ++i) {
    profile += " (" + std::to_string(input.profile.distance_m[i]) + ", " +
               std::to_string(input.profile.ground_amsl_m[i]) + ")";
  }
  return std::to_string(hz_to_mhz(input.frequency_hz)) + " MHz, " +
         std::to_string(input.distance_m) + " m, heights " + std::to_string(input.tx.height_agl_m) +
         " and " + std::to_string(input.rx.height_agl_m) + " m, profile" + profile;
}

/// Free space, P.525-4, over the distance that the model's geometry knows.
double free_space_db(const PathLossInput& input, Geometry geometry) {
  const PathProfileView& profile = input.profile;
  double rise_m = 0.0;
  if (geometry != Geometry::horizontal) rise_m = input.tx.height_agl_m - input.rx.height_agl_m;
  if (geometry == Geometry::over_terrain && !profile.empty()) {
    rise_m += profile.ground_amsl_m.front() - profile.ground_amsl_m.back();
  }
  return 20.0 * std::log10(4.0 * kPi / kSpeedOfLightMPerS * input.frequency_hz *
                           std::hypot(input.distance_m, rise_m));
}

/// A refusal for its range names a row that the input, all of whose quantities lie in their first
/// rows, does leave.
void expect_reason(const ModelInfo& info, const PathLossResult& result,
                   const PathLossInput& input) {
  ASSERT_TRUE(std::isnan(result.loss_db));
  if (result.status == LossStatus::not_applicable) {
    ASSERT_LT(result.bound, info.refusals.size());
    ASSERT_FALSE(info.refusals[result.bound].empty());
    return;
  }
  ASSERT_LT(result.bound, info.ranges.size());
  const RangeSpec& row = info.ranges[result.bound];
  if (const std::optional<double> value = quantity(row.name, input)) {
    const bool is_left =
        result.status == LossStatus::below_range ? row.below(*value) : row.above(*value);
    ASSERT_TRUE(is_left) << row.name << " " << *value;
  }
}

class RandomPaths : public testing::TestWithParam<Share> {};

TEST_P(RandomPaths, HaveAFiniteLossNotBelowEnhancedFreeSpaceOrAReason) {
  const ModelInfo& info = *GetParam().info;
  const ModelTraits* traits = find_traits(info.id);
  ASSERT_NE(traits, nullptr) << "no entry in tests/invariants/model_traits.cpp";
  RandomPath path(info, seed_of(GetParam()));
  Workspace workspace;
  const int count = path_count(*traits);
  int answered = 0;
  double largest_gain_db = -1e9;
  std::string where;
  std::unique_ptr<PathLossModel> model;
  bool is_plain = false;
  for (int i = 0; i < count; ++i) {
    if (i % 16 == 0) {
      is_plain = path.dice.chance(0.3);
      model = is_plain ? info.make(plain_parameters(info)) : draw_model(path.dice, info);
    }
    const PathLossInput& input = path.next(i % traits->paths_per_terminals != 0);
    const PathLossResult result = model->evaluate(input, workspace);
    if (!result.ok()) {
      expect_reason(info, result, input);
      if (HasFatalFailure()) FAIL() << i << ": " << text(input);
      continue;
    }
    ++answered;
    ASSERT_TRUE(std::isfinite(result.loss_db)) << i << ": " << text(input);
    if (!traits->enhancement || !(traits->enhancement->with_any_parameters || is_plain)) continue;
    const double gain_db = free_space_db(input, traits->geometry) - result.loss_db;
    if (gain_db <= largest_gain_db) continue;
    largest_gain_db = gain_db;
    if (gain_db > traits->enhancement->db) where = std::to_string(i) + ": " + text(input);
  }
  if (traits->enhancement) {
    EXPECT_LE(largest_gain_db, traits->enhancement->db) << where;
  }
  EXPECT_GT(answered, traits->share_answered * count);
  RecordProperty("answered", answered);
  RecordProperty("largest_gain_over_free_space_db", std::to_string(largest_gain_db));
}

INSTANTIATE_TEST_SUITE_P(All, RandomPaths, testing::ValuesIn(shares()), [](const auto& share) {
  return std::string(share.param.info->id) + "_" + std::to_string(share.param.shard);
});

}  // namespace
}  // namespace yonder::propagation
