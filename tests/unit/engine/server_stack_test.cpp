#include "core/server_stack.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "../core/test_terrain.h"
#include "core/coverage.h"
#include "propagation/models.h"

namespace yonder {
namespace {

constexpr PixelWindow kOnePixel{0, 0, 1, 1};

std::vector<ServerSignal> signals_of(int count) {
  std::mt19937 random(7);
  std::vector<ServerSignal> signals;
  for (int cell = 1; cell <= count; ++cell) {
    // Whole decibels, so that there are many ties.
    const auto rsrp_dbm = static_cast<float>(-60 - static_cast<int>(random() % 80));
    signals.push_back({rsrp_dbm, static_cast<std::uint16_t>(cell)});
  }
  return signals;
}

TEST(ServerStack, KeepsTheStrongestInOrderAndSumsTheRest) {
  std::vector<ServerSignal> signals = signals_of(200);
  ServerStack stack(kOnePixel, 5);
  for (const ServerSignal& signal : signals) stack.add(0, signal);
  // Sorting is another way to the same: of equal signals the lower cell number first.
  std::ranges::stable_sort(signals, std::ranges::greater{}, &ServerSignal::rsrp_dbm);
  const auto kept = stack.at(0);
  ASSERT_EQ(kept.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(kept[i].cell, signals[i].cell) << i;
    EXPECT_EQ(kept[i].rsrp_dbm, signals[i].rsrp_dbm) << i;
  }
  double rest_mw = 0.0;
  for (std::size_t i = 5; i < signals.size(); ++i) {
    rest_mw += std::pow(10.0, static_cast<double>(signals[i].rsrp_dbm) / 10.0);
  }
  // Each of 195 is off by half a unit of 2^-56 mW at most.
  EXPECT_NEAR(stack.rest_mw(0), rest_mw, 195 * std::exp2(-57));
}

TEST(ServerStack, IsTheSameBitsInAnyOrder) {
  std::vector<ServerSignal> signals = signals_of(60);
  ServerStack first(kOnePixel, 4);
  for (const ServerSignal& signal : signals) first.add(0, signal);
  std::mt19937 random(3);
  for (int trial = 0; trial < 200; ++trial) {
    std::ranges::shuffle(signals, random);
    ServerStack other(kOnePixel, 4);
    for (const ServerSignal& signal : signals) other.add(0, signal);
    ASSERT_EQ(other.rest_mw(0), first.rest_mw(0));
    for (std::size_t i = 0; i < 4; ++i) ASSERT_EQ(other.at(0)[i].cell, first.at(0)[i].cell);
  }
}

TEST(ServerStack, HoldsNoMoreThanWasAddedAndKeepsPixelsApart) {
  ServerStack stack({5, 7, 2, 2}, 3);
  stack.add(1, {-90.0F, 4});
  stack.add(1, {-80.0F, 9});
  EXPECT_TRUE(stack.at(0).empty());
  ASSERT_EQ(stack.at(1).size(), 2U);
  EXPECT_EQ(stack.at(1)[0].cell, 9);
  EXPECT_EQ(stack.at(1)[1].cell, 4);
  EXPECT_EQ(stack.rest_mw(1), 0.0);
  EXPECT_TRUE(stack.at(2).empty());
}

TEST(ServerStack, CountsASignalAtTheThermalNoiseOfAResourceElementToAThousandthOfADecibel) {
  ServerStack stack(kOnePixel, 1);
  stack.add(0, {-60.0F, 1});
  // kTB of 15 kHz at 290 K: -174 dBm/Hz + 41.8 dB = -132.2 dBm.
  stack.add(0, {-132.2F, 2});
  EXPECT_NEAR(10.0 * std::log10(stack.rest_mw(0)), -132.2, 1e-3);
}

TEST(ServerStack, EndsItsSumWhereItIsFullInsteadOfBeginningAnew) {
  ServerStack stack(kOnePixel, 1);
  for (std::uint16_t cell = 1; cell <= 4; ++cell) stack.add(0, {23.0F, cell});
  EXPECT_NEAR(10.0 * std::log10(stack.rest_mw(0)), 24.08, 0.01);  // 2^64 / 2^56 mW
  stack.add(0, {90.0F, 5});
  stack.add(0, {80.0F, 6});
  EXPECT_NEAR(10.0 * std::log10(stack.rest_mw(0)), 24.08, 0.01);
}

/// Two antenna positions with three cells over hills, added in either order.
CoverageMap map_of(bool reversed, int threads, int servers) {
  const Terrain terrain = test::rolling_hills(60, 40);
  const auto model = propagation::find_model("free_space")->make({});
  const RunControl control{.threads = threads};
  const auto cell = [](double gain_dbi, double azimuth_rad) {
    return Cell{.id = "c",
                .antenna = MountedAntenna(make_sector_3gpp({.gain_dbi = gain_dbi,
                                                            .horizontal_beamwidth_rad = 1.1,
                                                            .vertical_beamwidth_rad = 0.2,
                                                            .front_to_back_db = 25.0,
                                                            .side_lobe_db = 25.0}),
                                          azimuth_rad, 0.0),
                .epre_dbm = 20.0,
                .feeder_loss_db = 0.0};
  };
  struct Group {
    Pixel at;
    CoSitedCells cells;
  };
  // Cells 1 and 3 are the same: a tie at every pixel.
  std::vector<Group> groups = {{{15, 20}, {{cell(15, 1.0), cell(15, 1.0)}, {1, 3}}},
                               {{45, 20}, {{cell(17, 4.0)}, {2}}}};
  if (reversed) {
    std::ranges::reverse(groups);
    for (Group& group : groups) {
      std::ranges::reverse(group.cells.cells);
      std::ranges::reverse(group.cells.numbers);
    }
  }
  CoverageMap map(terrain.grid.whole(), servers);
  for (const Group& group : groups) {
    FieldSpec spec;
    spec.antenna = test::antenna_at(terrain, group.at, 30.0);
    spec.frequency_hz = 773e6;
    spec.radius_m = 2500.0;
    JobProgress job;
    const PathLossField field = compute_path_loss_field(PathEvaluator(terrain, *model, spec),
                                                        terrain.grid.whole(), control, job);
    add_to_coverage(map, field, group.cells, terrain, spec, {}, control);
  }
  return map;
}

TEST(ServerStack, OfAMapBeginsWithItsBestServer) {
  const CoverageMap map = map_of(false, 2, 2);
  const CoverageMap best_alone = map_of(false, 2, 1);
  EXPECT_EQ(best_alone.servers.depth(), 0);
  EXPECT_EQ(map.best_cell, best_alone.best_cell);
  int served = 0;
  for (std::size_t i = 0; i < map.window.size(); ++i) {
    const auto ranked = map.servers.at(i);
    ASSERT_EQ(ranked.empty(), map.best_cell[i] == 0);
    if (ranked.empty()) continue;
    ++served;
    EXPECT_EQ(ranked[0].cell, map.best_cell[i]);
    EXPECT_EQ(ranked[0].rsrp_dbm, map.rsrp_dbm[i]);
    if (ranked.size() == 2) {
      EXPECT_GE(ranked[0].rsrp_dbm, ranked[1].rsrp_dbm);
    }
  }
  EXPECT_GT(served, 1000);
}

TEST(ServerStack, OfAMapDependsOnNeitherOrderNorThreads) {
  const CoverageMap one = map_of(false, 1, 2);
  for (const CoverageMap& other : {map_of(true, 1, 2), map_of(false, 7, 2), map_of(true, 2, 2)}) {
    EXPECT_EQ(other.best_cell, one.best_cell);
    EXPECT_EQ(other.status, one.status);
    for (std::size_t i = 0; i < one.window.size(); ++i) {
      ASSERT_EQ(other.servers.rest_mw(i), one.servers.rest_mw(i));
      ASSERT_EQ(other.servers.at(i).size(), one.servers.at(i).size());
      for (std::size_t k = 0; k < one.servers.at(i).size(); ++k) {
        ASSERT_EQ(other.servers.at(i)[k].cell, one.servers.at(i)[k].cell);
        ASSERT_EQ(other.servers.at(i)[k].rsrp_dbm, one.servers.at(i)[k].rsrp_dbm);
      }
    }
  }
}

}  // namespace
}  // namespace yonder
