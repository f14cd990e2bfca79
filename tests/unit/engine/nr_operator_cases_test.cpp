#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>

#include "core/nr/level_range.h"
#include "core/nr/link_table.h"
#include "core/nr/slow_fading.h"
#include "core/units.h"
#include "propagation/models.h"

// The operator's cases of ultra-far 700 MHz cells in the desert and at sea: tables computed once
// with another implementation of P.1812 and a spreadsheet of the link budget.
//
// Assumptions of both tables: P.1812 at 50 % of time and locations, vertical polarization, level
// ground at 0 m, profile points every 0.1 km; downlink 773 MHz, 160 blocks of 15 kHz, uplink 718
// MHz; feeder 0.5 dB; base station's noise figure 2.5 dB, uplink interference margin 1 dB.
namespace yonder::nr {
namespace {

std::unique_ptr<PathLossModel> p1812(double delta_n_per_km, double n0, double time_percent = 50.0) {
  return propagation::find_model("itu_p1812")
      ->make({{"time_percent", time_percent},
              {"location_percent", 50.0},
              {"delta_n_per_km", delta_n_per_km},
              {"n0", n0}});
}

/// 15 dBi, 4 branches, 240 W; or 18 dBi, 8 branches, 480 W.
Radio radio(bool ultra_far) {
  RadioUnit unit;
  unit.power = {power_w_to_dbm(ultra_far ? 480.0 : 240.0), PowerBasis::total};
  unit.tx_ports = unit.rx_branches = ultra_far ? 8 : 4;
  unit.antenna_gain_dbi = ultra_far ? 18.0 : 15.0;
  unit.feeder_loss_db = 0.5;
  return single_radio(unit);
}

LinkEnds ends(bool ultra_far, const TerminalRadio& terminal) {
  LinkEnds e;
  e.resource_blocks = 160;
  e.radio = radio(ultra_far);
  e.terminal = terminal;
  return e;
}

// PUSCH 100 kbit/s, and about 1 Mbit/s of a ship's terminal: MCS 0 and MCS 3 of TS 38.214 table
// 5.1.3.1-1.
const Allocation kPusch100k{.resource_blocks = 4, .spectral_efficiency = 0.2344};
const Allocation kPusch1m{.resource_blocks = 20, .spectral_efficiency = 0.49};

LinkTable uplink(const LinkEnds& e, PhysicalChannel channel, const Allocation& allocation,
                 Surface surface) {
  return make_link_table(
      e, data_demand(channel, 15e3, allocation, e.radio.combining_branches(), surface));
}

class Path {
 public:
  Path(const PathLossModel& model, Surface surface, double latitude_deg)
      : model_(model), surface_(surface), latitude_deg_(latitude_deg) {}

  double loss_db(double frequency_mhz, double tx_m, double rx_m, double distance_km) {
    const PathLossResult result = level_loss(model_, path(frequency_mhz, tx_m, rx_m),
                                             distance_km * 1e3, profile_, workspace_);
    EXPECT_TRUE(result.ok());
    return result.loss_db;
  }
  double range_km(double frequency_mhz, double tx_m, double rx_m, double max_loss_db) {
    const LevelRange range = level_range(model_, path(frequency_mhz, tx_m, rx_m), max_loss_db,
                                         120e3, profile_, workspace_);
    EXPECT_EQ(range.end, RangeEnd::loss);
    return range.distance_m * 1e-3;
  }

 private:
  LevelPath path(double frequency_mhz, double tx_m, double rx_m) const {
    return {.frequency_hz = mhz_to_hz(frequency_mhz),
            .tx_height_agl_m = tx_m,
            .rx_height_agl_m = rx_m,
            .surface = surface_,
            .position = {84.0, latitude_deg_}};
  }
  const PathLossModel& model_;
  Surface surface_;
  double latitude_deg_;
  PathProfile profile_;
  Workspace workspace_;
};

struct DesertColumn {
  double mast_m;
  bool ultra_far;
  double eirp_per_re_dbm, loss_db, rsrp_dbm, rsrp_in_car_dbm, pusch_db, pusch_in_car_db,
      vonr_in_car_db;
};

TEST(DesertTable, ThreeSitesAtThirtyKilometres) {
  const auto columns = std::to_array<DesertColumn>({
      {40, false, 35.5, 151.6, -119.2, -128.2, -4.6, -13.6, -8.7},
      {60, true, 41.5, 145.8, -107.3, -116.3, 8.2, -0.8, 4.1},
      {80, true, 41.5, 142.1, -103.7, -112.7, 11.9, 2.9, 7.8},
  });
  const auto model = p1812(31.0, 310.5);
  Path path(*model, Surface::land, 39.0);
  for (const DesertColumn& c : columns) {
    SCOPED_TRACE(std::to_string(c.mast_m) + " m");
    TerminalRadio handset;
    handset.gain_dbi = -3.0;
    TerminalRadio in_car = handset;
    in_car.penetration_loss_db = 9.0;  // voice without body loss here: the phone lies in the car
    LinkEnds outdoors = ends(c.ultra_far, handset);
    LinkEnds inside = ends(c.ultra_far, in_car);
    outdoors.margins.slow_fading_db = inside.margins.slow_fading_db = margin_for_edge_db(0.9, 6.0);

    const double down_db = path.loss_db(773, c.mast_m, 1.5, 30);
    const double up_db = path.loss_db(718, c.mast_m, 1.5, 30);
    constexpr double kTolerance = 0.1;  // the figures are given to 0.1 dB
    EXPECT_NEAR(median_rsrp_dbm(outdoors, 0.0) + 3.0, c.eirp_per_re_dbm, 0.06);
    EXPECT_NEAR(down_db, c.loss_db, kTolerance);
    EXPECT_NEAR(median_rsrp_dbm(outdoors, down_db), c.rsrp_dbm, kTolerance);
    EXPECT_NEAR(median_rsrp_dbm(inside, down_db), c.rsrp_in_car_dbm, kTolerance);
    EXPECT_NEAR(
        uplink(outdoors, PhysicalChannel::pusch, kPusch100k, Surface::land).margin_db(up_db),
        c.pusch_db, kTolerance);
    EXPECT_NEAR(uplink(inside, PhysicalChannel::pusch, kPusch100k, Surface::land).margin_db(up_db),
                c.pusch_in_car_db, kTolerance);
    EXPECT_NEAR(
        uplink(inside, PhysicalChannel::vonr, vonr_allocation(), Surface::land).margin_db(up_db),
        c.vonr_in_car_db, kTolerance);
  }
}

TEST(DesertTable, FlatLossByMastAndDistance) {
  const auto model = p1812(31.0, 310.5);
  Path path(*model, Surface::land, 39.0);
  struct Row {
    double mast_m;
    std::array<double, 4> loss_db;  // at 20, 25, 30 and 35 km
  };
  for (const Row& row :
       {Row{40, {139.6, 145.6, 151.6, 156.8}}, Row{60, {135.3, 140.6, 145.8, 151.3}},
        Row{80, {132.5, 137.5, 142.1, 146.8}}}) {
    for (std::size_t i = 0; i < 4; ++i) {
      const double distance_km = 20.0 + 5.0 * static_cast<double>(i);
      EXPECT_NEAR(path.loss_db(773, row.mast_m, 1.5, distance_km), row.loss_db[i], 0.1)
          << row.mast_m << " m, " << distance_km << " km";
    }
  }
}

// At SS-RSRP -105 dBm with 0 dBi: what 6 dB and 20 m of mast bring.
TEST(DesertTable, SixDecibelsAndAHigherMastBringFortyEightPercent) {
  const auto model = p1812(31.0, 310.5);
  Path path(*model, Surface::land, 39.0);
  const auto range_km = [&](bool ultra_far, double mast_m) {
    const LinkTable table =
        make_link_table(ends(ultra_far, TerminalRadio{}), ss_rsrp_demand(-105.0));
    return path.range_km(773, mast_m, 1.5, table.mpl_db);
  };
  const double before = range_km(false, 40), power = range_km(true, 40), both = range_km(true, 60);
  EXPECT_NEAR(before, 20.7, 0.15);
  EXPECT_NEAR(power, 25.8, 0.15);
  EXPECT_NEAR(both, 30.7, 0.15);
  EXPECT_GT(both / before, 1.35);
  EXPECT_LT(both / before, 1.55);
}

// What 45 % more range costs, from 20.7 km to 30 km.
TEST(DesertTable, FortyFivePercentMoreRangeCostsNineDecibelsAndMore) {
  const auto model = p1812(31.0, 310.5);
  Path path(*model, Surface::land, 39.0);
  const auto cost_db = [&](double mast_m) {
    return path.loss_db(773, mast_m, 1.5, 30.0) - path.loss_db(773, mast_m, 1.5, 20.7);
  };
  EXPECT_NEAR(cost_db(100), 8.4, 0.1);
  EXPECT_NEAR(cost_db(60), 9.7, 0.1);
  EXPECT_NEAR(cost_db(40), 11.2, 0.1);
}

// At 50 % of time and, with the same refractivity, 10 %.
TEST(SeaTable, LossOverTheGuangdongSea) {
  struct Row {
    double frequency_mhz, tx_m, rx_m;
    std::array<double, 4> median_db, tenth_db;  // at 20, 30, 40 and 50 km
  };
  const auto rows =
      std::to_array<Row>({{773, 40, 3, {133, 144, 154, 163}, {115, 118, 122, 123}},
                          {773, 40, 10, {123, 134, 143, 152}, {115, 118, 120, 123}},
                          {773, 100, 3, {124, 133, 141, 150}, {115, 118, 120, 122}},
                          {773, 100, 10, {116, 123, 131, 139}, {115, 118, 120, 122}},
                          {773, 200, 10, {116, 120, 122, 129}, {115, 118, 120, 122}},
                          {2600, 40, 3, {135, 147, 160, 173}, {125, 129, 132, 133}},
                          {2600, 100, 10, {127, 130, 134, 145}, {125, 129, 131, 133}},
                          {2600, 200, 10, {127, 130, 133, 135}, {125, 129, 131, 133}}});
  const auto median = p1812(48.0, 365.0);
  const auto tenth = p1812(48.0, 365.0, 10.0);
  Path median_path(*median, Surface::sea, 21.5);
  Path tenth_path(*tenth, Surface::sea, 21.5);
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < 4; ++i) {
      const double km = 20.0 + 10.0 * static_cast<double>(i);
      SCOPED_TRACE(std::to_string(row.frequency_mhz) + " MHz, " + std::to_string(row.tx_m) +
                   " m, " + std::to_string(row.rx_m) + " m, " + std::to_string(km) + " km");
      EXPECT_NEAR(median_path.loss_db(row.frequency_mhz, row.tx_m, row.rx_m, km), row.median_db[i],
                  0.6);  // whole decibels
      EXPECT_NEAR(tenth_path.loss_db(row.frequency_mhz, row.tx_m, row.rx_m, km), row.tenth_db[i],
                  0.6);
    }
  }
}

struct SeaRow {
  double mast_m;
  bool ultra_far;
  std::array<double, 5> range_km;
};

TEST(SeaTable, FourSitesByFiveTerminals) {
  const auto rows = std::to_array<SeaRow>({{40, false, {28.6, 19.6, 35.5, 39.1, 51}},
                                           {40, true, {34.1, 24.9, 42.2, 45.6, 58}},
                                           {100, false, {41.8, 29.4, 50.2, 53.7, 67}},
                                           {100, true, {48.8, 36.9, 57.2, 60.7, 74}}});
  const auto model = p1812(48.0, 365.0);
  Path path(*model, Surface::sea, 21.5);
  const auto column_km = [&](const SeaRow& row, std::size_t column) {
    TerminalRadio terminal;
    terminal.penetration_loss_db = column == 1 ? 15.0 : 0.0;
    if (column == 2) terminal.gain_dbi = -3.0, terminal.body_loss_data_db = 3.0;
    if (column == 4) terminal.gain_dbi = 8.0;
    terminal.height_agl_m = column >= 3 ? 10.0 : 3.0;
    LinkEnds e = ends(row.ultra_far, terminal);
    e.margins.time_db = 3.0;
    const bool up = column == 2 || column == 4;
    const LinkTable table =
        up ? uplink(e, PhysicalChannel::pusch, column == 2 ? kPusch100k : kPusch1m, Surface::sea)
           : make_link_table(e, ss_rsrp_demand(column == 1 ? -115.0 : -110.0));
    return path.range_km(up ? 718 : 773, row.mast_m, terminal.height_agl_m, table.mpl_db);
  };
  // The operator's zones to 20, 40 and 50 km: the handset's uplink from a 40 m mast ends in the
  // second, whatever the power; 100 m and twice the radios hold all three.
  EXPECT_GT(column_km(rows[0], 2), 20.0);
  EXPECT_LT(column_km(rows[1], 2), 50.0);
  EXPECT_GT(column_km(rows[3], 2), 50.0);
  for (const SeaRow& row : rows) {
    for (std::size_t column = 0; column < row.range_km.size(); ++column) {
      const double km = column_km(row, column);
      EXPECT_NEAR(km, row.range_km[column], 0.01 * row.range_km[column])
          << row.mast_m << " m, ultra-far " << row.ultra_far << ", column " << column;
    }
  }
}

}  // namespace
}  // namespace yonder::nr
