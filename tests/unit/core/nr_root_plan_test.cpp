#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/nr/prach_roots.h"
#include "core/nr/remote_interference.h"
#include "core/nr/root_plan.h"
#include "core/path_loss_model.h"

namespace yonder::nr {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// N_CS 279: 22 roots.
RootCell cell(std::string id, double x_m, int root) {
  return {.id = std::move(id),
          .position = {x_m, 0.0},
          .uplink_frequency_hz = 718e6,
          .prach = {.format = PrachFormat::f1, .zero_correlation_zone_config = 14},
          .root_sequence_index = root,
          .service_radius_m = 30e3,
          .hearing_radius_m = 40e3};
}

TEST(RootPlan, SameRootsClashUntilNobodyHearsTheOthersTerminals) {
  EXPECT_THAT(check_root_plan({cell("A", 0, 0), cell("B", 69.9e3, 0)}).clashes, SizeIs(1));
  EXPECT_THAT(check_root_plan({cell("A", 0, 0), cell("B", 70.1e3, 0)}).clashes, IsEmpty());
}

TEST(RootPlan, CountsTheRootsInCommon) {
  EXPECT_EQ(check_root_plan({cell("A", 0, 0), cell("B", 1e3, 0)}).clashes.at(0).shared_roots, 22);
  EXPECT_EQ(check_root_plan({cell("A", 0, 0), cell("B", 1e3, 21)}).clashes.at(0).shared_roots, 1);
  EXPECT_THAT(check_root_plan({cell("A", 0, 0), cell("B", 1e3, 22)}).clashes, IsEmpty());
  // Index 0 follows 837: B uses 830 to 837 and 0 to 13.
  EXPECT_EQ(check_root_plan({cell("A", 0, 0), cell("B", 1e3, 830)}).clashes.at(0).shared_roots, 14);
}

TEST(RootPlan, SaysWhoHearsWhom) {
  std::vector<RootCell> cells{cell("A", 0, 0), cell("B", 65e3, 0)};
  cells[1].hearing_radius_m = 20e3;
  const RootPlan plan = check_root_plan(cells);
  ASSERT_THAT(plan.clashes, SizeIs(1));
  EXPECT_TRUE(plan.clashes[0].first_hears_second);
  EXPECT_FALSE(plan.clashes[0].second_hears_first);
  EXPECT_EQ(clash_text(plan.clashes[0], cells),
            "A and B share 22 roots at 65.0 km; 70.0 km needed: A may hear B's terminals");
}

TEST(RootPlan, ChannelsThatOverlapInPartMayClash) {
  std::vector<RootCell> cells{cell("A", 0, 0), cell("B", 1e3, 0)};
  cells[0].uplink_bandwidth_hz = 30e6;  // 703 to 733 MHz
  cells[1].uplink_bandwidth_hz = 10e6;
  cells[1].uplink_frequency_hz = 734e6;
  EXPECT_THAT(check_root_plan(cells).clashes, SizeIs(1));
  cells[1].uplink_frequency_hz = 738e6;
  EXPECT_THAT(check_root_plan(cells).clashes, IsEmpty());
}

TEST(RootPlan, OtherFrequenciesAndSequencesDoNotClash) {
  std::vector<RootCell> cells{cell("A", 0, 0), cell("B", 1e3, 0)};
  cells[1].uplink_frequency_hz = 723e6;
  EXPECT_THAT(check_root_plan(cells).clashes, IsEmpty());
  cells[1] = cell("B", 1e3, 0);
  cells[1].prach = {.format = PrachFormat::b4, .subcarrier_spacing_hz = 30e3};
  EXPECT_THAT(check_root_plan(cells).clashes, IsEmpty());
  // Formats 0 and 1 use the same sequences: they do.
  cells[1] = cell("B", 1e3, 0);
  cells[1].prach.format = PrachFormat::f0;
  EXPECT_THAT(check_root_plan(cells).clashes, SizeIs(1));
}

TEST(RootPlan, TellsWhenNoAssignmentCanBeFound) {
  // 39 cells of 22 roots within earshot need 858 of 838.
  std::vector<RootCell> cells;
  for (int i = 0; i < 39; ++i) {
    RootCell one = cell("C" + std::to_string(i), 100.0 * i, 0);
    one.root_sequence_index.reset();
    cells.push_back(one);
  }
  const RootPlan plan = check_root_plan(cells);
  EXPECT_THAT(plan.clashes, IsEmpty());  // nothing planned yet
  for (const RootDemand& demand : plan.demands) {
    EXPECT_EQ(demand.roots, 22);
    EXPECT_EQ(demand.roots_in_earshot, 858);
    EXPECT_EQ(demand.available, 838);
  }
}

// The strip along x leaves nothing out: every pair against a plain double loop.
TEST(RootPlan, FindsTheClashesOfAPlainSearch) {
  std::vector<RootCell> cells;
  unsigned state = 1;
  const auto next = [&state](double scale) {
    state = state * 1664525U + 1013904223U;
    return scale * static_cast<double>(state >> 8) / static_cast<double>(1U << 24);
  };
  for (int i = 0; i < 120; ++i) {
    RootCell one = cell("C" + std::to_string(i), 0, static_cast<int>(next(838)));
    one.position = {next(600e3), next(600e3)};
    one.service_radius_m = next(60e3);
    one.hearing_radius_m = next(80e3);
    cells.push_back(one);
  }
  const RootPlan plan = check_root_plan(cells);
  std::size_t found = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    for (std::size_t j = i + 1; j < cells.size(); ++j) {
      const double distance_m = std::hypot(cells[i].position.x_m - cells[j].position.x_m,
                                           cells[i].position.y_m - cells[j].position.y_m);
      const bool near =
          distance_m < std::max(cells[i].service_radius_m + cells[j].hearing_radius_m,
                                cells[j].service_radius_m + cells[i].hearing_radius_m);
      const int apart = (*cells[j].root_sequence_index - *cells[i].root_sequence_index + 838) % 838;
      if (!near || (apart >= 22 && apart <= 838 - 22)) continue;
      ASSERT_LT(found, plan.clashes.size());
      EXPECT_EQ(plan.clashes[found].first, i);
      EXPECT_EQ(plan.clashes[found].second, j);
      ++found;
    }
  }
  EXPECT_EQ(found, plan.clashes.size());
  EXPECT_GT(found, 5U);
}

TEST(RootPlan, RefusalsNameTheCell) {
  std::vector<RootCell> cells{cell("Ruoqiang-1", 0, 838)};
  try {
    check_root_plan(cells);
    FAIL();
  } catch (const ParameterError& error) {
    EXPECT_EQ(error.parameter(), "root_sequence_index");
    EXPECT_THAT(error.what(), HasSubstr("cell 'Ruoqiang-1': root sequence index 838"));
  }
  cells[0] = cell("A", 0, 0);
  cells[0].service_radius_m = -1.0;
  EXPECT_THROW(check_root_plan(cells), ParameterError);
}

/// 4 guard symbols of 30 kHz.
RemoteCell coastal(std::string id, double x_m, double mhz = 2565.0) {
  return {.id = std::move(id),
          .position = {x_m, 0.0},
          .centre_frequency_hz = mhz * 1e6,
          .bandwidth_hz = 100e6,
          .guard_period_s = 4.0 * 2192.0 / 61.44e6,
          .coastal = true};
}

TEST(RemoteInterference, BeginsBeyondLightsPathInTheGuardPeriod) {
  EXPECT_NEAR(remote_interference_distance_m(4.0 * 2192.0 / 61.44e6) / 1e3, 43.0, 0.5);
  EXPECT_THAT(remote_interference({coastal("A", 0), coastal("B", 42e3)}), IsEmpty());
  const std::vector<RemoteCell> cells{coastal("A", 0), coastal("B", 80e3)};
  const auto pairs = remote_interference(cells);
  ASSERT_THAT(pairs, SizeIs(2));  // each hits the other
  EXPECT_NEAR(pairs[0].late_s, 80e3 / 299792458.0 - cells[0].guard_period_s, 1e-12);
  EXPECT_EQ(remote_text(pairs[0], cells),
            "under a duct the downlink of A enters the uplink of B (80.0 km; clear to 42.8 km) by "
            "124 us");
}

TEST(RemoteInterference, NeedsCoastsAndACommonChannelWithinTheDuct) {
  EXPECT_THAT(remote_interference({coastal("A", 0), coastal("B", 80e3, 2700.0)}), IsEmpty());
  EXPECT_THAT(remote_interference({coastal("A", 0), coastal("B", 80e3, 2660.0)}), SizeIs(2));
  EXPECT_THAT(remote_interference({coastal("A", 0), coastal("B", 310e3)}), IsEmpty());
  EXPECT_THAT(remote_interference({coastal("A", 0), coastal("B", 310e3)}, 400e3), SizeIs(2));
  RemoteCell inland = coastal("B", 80e3);
  inland.coastal = false;
  EXPECT_THAT(remote_interference({coastal("A", 0), inland}), IsEmpty());
}

TEST(RemoteInterference, TheLongerGuardDoesNotHitTheOthers) {
  std::vector<RemoteCell> cells{coastal("A", 0), coastal("B", 60e3)};
  cells[1].guard_period_s *= 2.0;
  const auto pairs = remote_interference(cells);
  ASSERT_THAT(pairs, SizeIs(1));
  EXPECT_EQ(pairs[0].aggressor, 0U);
}

TEST(RemoteInterference, RefusesANegativeGuard) {
  RemoteCell wrong = coastal("A", 0);
  wrong.guard_period_s = -1e-6;
  EXPECT_THROW(remote_interference({wrong}), ParameterError);
}

}  // namespace
}  // namespace yonder::nr
