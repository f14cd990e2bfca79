#include "propagation/models/itu_p1812.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/units.h"

namespace yonder::propagation {
namespace {

/// A flat path at sea level with points every 100 m, as the published tables of this project
/// assume.
struct FlatPath {
  double frequency_mhz = 773;
  double distance_km = 30;
  double tx_height_m = 40;
  double rx_height_m = 1.5;
  double time_percent = 50;
  bool sea = false;
  double ground_m = 0;
  ParameterValues more = {};

  PathLossResult result(Terms* terms = nullptr) const {
    PathProfile profile;
    const auto n = static_cast<std::size_t>(std::lround(distance_km * 10)) + 1;
    profile.resize(n);
    profile.clutter_height_m.clear();
    for (std::size_t i = 0; i < n; ++i) {
      profile.distance_m[i] = 100.0 * static_cast<double>(i);
      profile.ground_amsl_m[i] = ground_m;
      profile.zone[i] = sea ? Zone::sea : Zone::inland;
    }
    ParameterValues values = {{"time_percent", time_percent},
                              {"delta_n_per_km", sea ? 48.0 : 31.0},
                              {"n0", sea ? 365.0 : 310.5}};
    for (const auto& [name, value] : more) values[name] = value;
    PathLossInput input{.frequency_hz = mhz_to_hz(frequency_mhz),
                        .polarization = Polarization::vertical,
                        .distance_m = profile.distance_m.back(),
                        .tx = {.height_agl_m = tx_height_m, .position = {84.0, sea ? 21.5 : 39.0}},
                        .rx = {.height_agl_m = rx_height_m, .position = {84.3, sea ? 21.5 : 39.0}},
                        .profile = profile.view()};
    Workspace workspace;
    return itu_p1812::kModelInfo.make(values)->evaluate(input, workspace, terms);
  }
  double loss_db() const { return result().loss_db; }
};

// Values of independent implementations, rounded to 0.1 dB: desert, 773 MHz, terminal at 1.5 m.
TEST(ItuP1812, AgreesOverFlatDesert) {
  struct Row {
    double tx_height_m;
    double loss_db[4];
  };
  for (const Row& row :
       {Row{40, {139.6, 145.6, 151.6, 156.8}}, Row{60, {135.3, 140.6, 145.8, 151.3}},
        Row{80, {132.5, 137.5, 142.1, 146.8}}}) {
    for (int i = 0; i < 4; ++i) {
      const FlatPath path{.distance_km = 20.0 + 5 * i, .tx_height_m = row.tx_height_m};
      EXPECT_NEAR(path.loss_db(), row.loss_db[i], 0.06)
          << row.tx_height_m << " m, " << path.distance_km << " km";
    }
  }
}

// The same over the Guangdong sea, rounded to 1 dB, at 50 % and 10 % of time.
TEST(ItuP1812, AgreesOverTheSea) {
  struct Row {
    double frequency_mhz, tx_height_m, rx_height_m;
    double median_db[4];
    double tenth_db[4];
  };
  for (const Row& row : {Row{773, 40, 3, {133, 144, 154, 163}, {115, 118, 122, 123}},
                         Row{773, 40, 10, {123, 134, 143, 152}, {115, 118, 120, 123}},
                         Row{773, 100, 3, {124, 133, 141, 150}, {115, 118, 120, 122}},
                         Row{773, 100, 10, {116, 123, 131, 139}, {115, 118, 120, 122}},
                         Row{773, 200, 10, {116, 120, 122, 129}, {115, 118, 120, 122}},
                         Row{2600, 40, 3, {135, 147, 160, 173}, {125, 129, 132, 133}},
                         Row{2600, 100, 10, {127, 130, 134, 145}, {125, 129, 131, 133}},
                         Row{2600, 200, 10, {127, 130, 133, 135}, {125, 129, 131, 133}}}) {
    for (int i = 0; i < 4; ++i) {
      FlatPath path{.frequency_mhz = row.frequency_mhz,
                    .distance_km = 20.0 + 10 * i,
                    .tx_height_m = row.tx_height_m,
                    .rx_height_m = row.rx_height_m,
                    .sea = true};
      SCOPED_TRACE(testing::Message() << row.frequency_mhz << " MHz " << row.tx_height_m << " m / "
                                      << row.rx_height_m << " m " << path.distance_km << " km");
      EXPECT_NEAR(path.loss_db(), row.median_db[i], 0.6);
      path.time_percent = 10;
      EXPECT_NEAR(path.loss_db(), row.tenth_db[i], 0.6);
    }
  }
}

TEST(ItuP1812, AllSeaPathIsExactlyAllSeaAndItsTerminalsStandOnTheCoast) {
  Terms terms;
  FlatPath{.distance_km = 33.3, .sea = true}.result(&terms);
  EXPECT_EQ(std::get<double>(terms.find("omega")->value), 1.0);
  EXPECT_EQ(std::get<double>(terms.find("dct_km")->value), 0.0);
  EXPECT_EQ(std::get<double>(terms.find("dcr_km")->value), 0.0);
  EXPECT_EQ(std::get<double>(terms.find("dtm_km")->value), 0.0);
}

TEST(ItuP1812, DistanceToTheCoastIsFarWhereThereIsNoSea) {
  Terms terms;
  FlatPath{}.result(&terms);
  EXPECT_EQ(std::get<double>(terms.find("dct_km")->value), 500.0);
  EXPECT_EQ(std::get<double>(terms.find("dcr_km")->value), 500.0);
}

// Zones change midway between points: land 0-1.5 km, sea 1.5-3.5 km, land (coastal, then inland) to
// 5 km.
TEST(ItuP1812, ZonesChangeMidwayBetweenPoints) {
  PathProfile profile;
  profile.resize(6);
  profile.zone = {Zone::inland, Zone::coastal, Zone::sea, Zone::sea, Zone::coastal, Zone::inland};
  for (std::size_t i = 0; i < 6; ++i) {
    profile.distance_m[i] = 1000.0 * static_cast<double>(i);
    profile.ground_amsl_m[i] = 0;
    profile.clutter_height_m[i] = 0;
  }
  PathLossInput input{.frequency_hz = 1e9, .distance_m = 5000, .profile = profile.view()};
  input.tx.height_agl_m = input.rx.height_agl_m = 10;
  Workspace workspace;
  Terms terms;
  ASSERT_TRUE(itu_p1812::kModelInfo.make({})->evaluate(input, workspace, &terms).ok());
  EXPECT_DOUBLE_EQ(std::get<double>(terms.find("omega")->value), 0.4);
  EXPECT_DOUBLE_EQ(std::get<double>(terms.find("dtm_km")->value), 1.5);
  EXPECT_DOUBLE_EQ(std::get<double>(terms.find("dlm_km")->value), 0.5);
  EXPECT_DOUBLE_EQ(std::get<double>(terms.find("dct_km")->value), 1.5);
  EXPECT_DOUBLE_EQ(std::get<double>(terms.find("dcr_km")->value), 1.5);
}

TEST(ItuP1812, LocationsVaryOnLandOnly) {
  const ParameterValues more = {{"location_percent", 90.0}, {"cell_width_m", 100.0}};
  const double land_db = FlatPath{.more = more}.loss_db() - FlatPath{}.loss_db();
  // sigma = (0.52 + 0.024 f) w^0.28 at open ground (u_h = 1 - h/10), times 1.2816.
  const double sigma = (0.52 + 0.024 * 0.773) * std::pow(100.0, 0.28) * (1 - 0.15);
  EXPECT_NEAR(land_db, 1.2816 * sigma, 2e-3);
  EXPECT_EQ((FlatPath{.sea = true, .more = more}.loss_db()), (FlatPath{.sea = true}.loss_db()));
}

TEST(ItuP1812, RaisingTheWholeCountryChangesLittle) {
  // Only ducting at sea knows heights above sea level; a desert plateau behaves as a plain.
  EXPECT_NEAR((FlatPath{.ground_m = 3000}.loss_db()), FlatPath{}.loss_db(), 1e-6);
}

TEST(ItuP1812, RefusalsNameTheBound) {
  const auto bound = [](const PathLossResult& result) {
    return itu_p1812::kModelInfo.ranges[result.bound].name;
  };
  PathLossResult result = FlatPath{.frequency_mhz = 29.9}.result();
  EXPECT_EQ(result.status, LossStatus::below_range);
  EXPECT_EQ(bound(result), "frequency_mhz");
  EXPECT_EQ((FlatPath{.frequency_mhz = 6001}.result().status), LossStatus::above_range);
  result = FlatPath{.distance_km = 0.2}.result();
  EXPECT_EQ(result.status, LossStatus::below_range);
  EXPECT_EQ(bound(result), "distance_m");
  EXPECT_EQ(bound(FlatPath{.tx_height_m = 0.5}.result()), "tx.height_agl_m");
  EXPECT_EQ(bound(FlatPath{.rx_height_m = 3001}.result()), "rx.height_agl_m");
  EXPECT_THROW((FlatPath{.time_percent = 50.5}.result()), ParameterRangeError);
  EXPECT_THROW((FlatPath{.more = {{"location_percent", 99.5}}}.result()), ParameterRangeError);
}

TEST(ItuP1812, RefusesProfilesItCannotRead) {
  const std::vector<double> x = {0, 1000};
  const std::vector<double> h = {0, 0};
  PathLossInput input{.frequency_hz = 1e9, .distance_m = 1000, .profile = {x, h, {}, {}}};
  input.tx.height_agl_m = input.rx.height_agl_m = 10;
  Workspace workspace;
  const auto model = itu_p1812::kModelInfo.make({});
  EXPECT_EQ(model->evaluate(input, workspace).status, LossStatus::not_applicable);
  input.profile = {};
  EXPECT_EQ(model->evaluate(input, workspace).status, LossStatus::not_applicable);
  const std::vector<double> x3 = {0, 500, 2000};
  const std::vector<double> h3 = {0, 0, 0};
  input.profile = {x3, h3, {}, {}};
  EXPECT_EQ(model->evaluate(input, workspace).status, LossStatus::not_applicable);
}

}  // namespace
}  // namespace yonder::propagation
