#include "propagation/physics/p2001_maps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <memory>

#include "propagation/physics/great_circle.h"
#include "tests/unit/propagation/model_probe.h"

/// Lookups in made-up maps of the ITU's shapes (P.2001-4 table 2.4.1).
namespace yonder::propagation::p2001 {
namespace {

using testing::HasSubstr;

using MapFunction = std::function<double(double lat_deg, double lon_deg)>;

NumberTable map_of(std::string_view name, std::size_t rows, std::size_t columns, double step_deg,
                   double north_deg, double west_deg, const MapFunction& value) {
  NumberTable table;
  table.file = name;
  table.width = columns;
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      table.numbers.push_back(value(north_deg - step_deg * static_cast<double>(r),
                                    west_deg + step_deg * static_cast<double>(c)));
    }
  }
  return table;
}

/// Each map a slope over latitude, and DN_Median one over longitude too; the zones are 5 in the
/// north, 2 in the south, 0 (sea) west of Greenwich.
double slope_of(std::string_view name, double lat_deg) {
  if (name == "DN_Median.txt") return 40.0 + 0.1 * lat_deg;
  if (name == "DN_SupSlope.txt") return 50.0 + 0.2 * lat_deg;
  if (name == "DN_SubSlope.txt") return 30.0 + 0.1 * lat_deg;
  if (name == "dndz_01.txt") return -300.0 + lat_deg;
  if (name == "surfwv_50_fixed.txt") return 12.0 - 0.1 * lat_deg;
  if (name == "h0.txt") return 4.0 - 0.03 * lat_deg;
  if (name == "Esarain_Pr6_v5.txt") return 10.0 - 0.05 * lat_deg;
  if (name == "Esarain_Mt_v5.txt") return 1000.0 - 5.0 * lat_deg;
  if (name == "Esarain_Beta_v5.txt") return 0.3 - 0.002 * lat_deg;
  if (name == "FoEs0.1.txt") return 10.0 - 0.02 * lat_deg;
  if (name == "FoEs01.txt") return 7.0 - 0.02 * lat_deg;
  if (name == "FoEs10.txt") return 5.0 - 0.02 * lat_deg;
  return 3.0 - 0.02 * lat_deg;
}

NumberTables make_maps() {
  NumberTables maps{"made-up", {}};
  for (const std::string_view name : kMapFiles) {
    const double at_equator = slope_of(name, 0.0);
    const double per_degree = slope_of(name, 1.0) - at_equator;
    const auto slope = [=](double lat, double) { return at_equator + per_degree * lat; };
    if (name == "TropoClim.txt") {
      maps.tables.push_back(map_of(name, 360, 720, 0.5, 89.75, -179.75, [](double lat, double lon) {
        return lon < 0.0 ? 0.0 : lat > 0.0 ? 5.0 : 2.0;
      }));
    } else if (name.starts_with("Esarain")) {
      maps.tables.push_back(map_of(name, 161, 321, 1.125, 90, 0, slope));
    } else {
      // DN_Median rises to 180 E and falls again, so that 360 meets 0.
      const double per_degree_east = name == "DN_Median.txt" ? 0.1 : 0.0;
      maps.tables.push_back(map_of(name, 121, 241, 1.5, 90, 0, [=](double lat, double lon) {
        return slope(lat, lon) + per_degree_east * std::min(lon, 360.0 - lon);
      }));
    }
  }
  return maps;
}

std::shared_ptr<const NumberTables> shared_maps() {
  static const auto kMaps = std::make_shared<const NumberTables>(make_maps());
  return kMaps;
}
NumberTables made_up_maps() { return *shared_maps(); }

const ClimateMaps& maps() {
  static const ClimateMaps made_up(*shared_maps());
  return made_up;
}

TEST(P2001Maps, InterpolateInBothDirections) {
  EXPECT_NEAR(maps().refractivity({10.7, 51.3}).dn_median, 40.0 + 5.13 + 1.07, 1e-9);
  EXPECT_NEAR(maps().refractivity({-20.2, -33.0}).dn_median, 40.0 - 3.3 + 2.02, 1e-9);
  EXPECT_NEAR(maps().rain({10.7, 51.3}).mt_mm_per_year, 1000.0 - 5.0 * 51.3, 1e-9);
  EXPECT_NEAR(maps().foes({10.7, 51.3}).foes_0p1_mhz, 10.0 - 0.02 * 51.3, 1e-9);
}

TEST(P2001Maps, ReachThePolesAndGoRoundTheEarth) {
  EXPECT_NEAR(maps().refractivity({0, 90}).dn_median, 49.0, 1e-9);
  EXPECT_NEAR(maps().refractivity({0, -90}).dn_median, 31.0, 1e-9);
  EXPECT_NEAR(maps().refractivity({-1e-9, 0}).dn_median, 40.0, 1e-6);
  EXPECT_NEAR(maps().refractivity({180, 0}).dn_median, maps().refractivity({-180, 0}).dn_median,
              1e-9);
}

TEST(P2001Maps, LastColumnOf360DegreesMayBeLeftOut) {
  NumberTables shorter = made_up_maps();
  shorter.tables[0] = map_of("DN_Median.txt", 121, 240, 1.5, 90, 0, [](double, double lon) {
    return lon == 0.0 ? 10.0 : lon == 358.5 ? 20.0 : 40.0;
  });
  EXPECT_NEAR(ClimateMaps(shorter).refractivity({359.25, 45}).dn_median, 15.0, 1e-9);
}

TEST(P2001Maps, TroposcatterZoneIsTheNearestCells) {
  EXPECT_EQ(maps().troposcatter_zone({0.1, 0.1}), 5);
  EXPECT_EQ(maps().troposcatter_zone({0.1, -0.1}), 2);
  EXPECT_EQ(maps().troposcatter_zone({-0.1, 0.1}), 0);
  EXPECT_EQ(maps().troposcatter_zone({180.0, 90.0}), 5);
  EXPECT_EQ(maps().troposcatter_zone({-180.0, -90.0}), 2);
  EXPECT_EQ(maps().troposcatter_zone({-179.9, -90.0}), 0);
}

TEST(P2001Maps, WrongShapeOrValueNamesTheFile) {
  const auto problem = [](const NumberTables& tables) -> std::string {
    try {
      const ClimateMaps made(tables);
    } catch (const ParameterError& error) {
      return error.parameter() + ": " + error.what();
    }
    return "";
  };
  NumberTables wrong = made_up_maps();
  wrong.tables[5] = wrong.tables[6];  // h0 in the rain's shape
  wrong.tables[5].file = "maps/h0.txt";
  EXPECT_THAT(problem(wrong), HasSubstr("climate_maps: maps/h0.txt: has 161 rows of 321 numbers; "
                                        "h0.txt has 121 rows of 241"));
  wrong = made_up_maps();
  wrong.tables[0].numbers[3] = 160.0;
  EXPECT_THAT(problem(wrong), HasSubstr("DN_Median.txt: number 4 is 160"));
}

/// A path along the meridian, so that latitudes of its points go with the distance.
struct Meridian {
  Meridian() {
    for (std::size_t i = 0; i <= 200; ++i) {
      profile.distance_m.push_back(1000.0 * static_cast<double>(i));
      profile.ground_amsl_m.push_back(i == 60 ? 300.0 : 50.0);
      profile.zone.push_back(Zone::inland);
    }
    input.frequency_hz = 18e9;
    input.distance_m = 200e3;
    input.tx = {.height_agl_m = 60.0, .position = {0.0, 50.0}};
    const double end_deg = 50.0 + 200.0 / 6371.0 * 180.0 / M_PI;
    input.rx = {.height_agl_m = 20.0, .position = {0.0, end_deg}};
    input.profile = profile.view();
  }
  double lat_at(double km) const { return 50.0 + km / 6371.0 * 180.0 / M_PI; }
  double loss_db(const ParameterValues& values, Terms* terms = nullptr) const {
    Workspace workspace;
    return find_model("itu_p2001")->make(values)->evaluate(input, workspace, terms).loss_db;
  }
  PathProfile profile;
  PathLossInput input;
};

// The same path twice: once from the maps, once with the slopes worked out at its points and given
// as parameters.
TEST(P2001Maps, GiveEachPointOfAPathItsOwnClimate) {
  const Meridian path;
  ParameterValues from_maps = {{"climate_maps", shared_maps()}};
  Terms terms;
  for (const double percent : {0.1, 50.0, 99.9}) {
    for (const double f_hz : {60e6, 18e9}) {
      Meridian at = path;
      at.input.profile = at.profile.view();
      at.input.frequency_hz = f_hz;
      from_maps["time_percent"] = percent;
      terms.clear();
      const double loss = at.loss_db(from_maps, &terms);
      const auto term = [&](std::string_view name) {
        return std::get<double>(terms.find(name)->value);
      };
      const auto value = [&](std::string_view file, double km) {
        return slope_of(file, path.lat_at(km));
      };
      ParameterValues given = {{"time_percent", percent}};
      const auto rain = [&](const std::string& point, double km) {
        given["climate." + point + ".rain_pr6_percent"] = value("Esarain_Pr6_v5.txt", km);
        given["climate." + point + ".rain_mt_mm_per_year"] = value("Esarain_Mt_v5.txt", km);
        given["climate." + point + ".rain_beta"] = value("Esarain_Beta_v5.txt", km);
        given["climate." + point + ".zero_degree_height_km"] = value("h0.txt", km);
      };
      const auto foes = [&](const std::string& point, double km) {
        given["climate." + point + ".foes_0p1_mhz"] = value("FoEs0.1.txt", km);
        given["climate." + point + ".foes_1_mhz"] = value("FoEs01.txt", km);
        given["climate." + point + ".foes_10_mhz"] = value("FoEs10.txt", km);
        given["climate." + point + ".foes_50_mhz"] = value("FoEs50.txt", km);
      };
      given["climate.mid.dn_median_n_per_km"] = value("DN_Median.txt", 100);
      given["climate.mid.dn_sup_slope_n_per_km"] = value("DN_SupSlope.txt", 100);
      given["climate.mid.dn_sub_slope_n_per_km"] = value("DN_SubSlope.txt", 100);
      given["climate.mid.dndz_65m_1_n_per_km"] = value("dndz_01.txt", 100);
      given["climate.mid.water_vapour_g_per_m3"] = value("surfwv_50_fixed.txt", 100);
      given["climate.tx.water_vapour_g_per_m3"] = value("surfwv_50_fixed.txt", 0);
      given["climate.rx.water_vapour_g_per_m3"] = value("surfwv_50_fixed.txt", 200);
      rain("mid", 100);
      rain("tx_to_cv", 0.5 * term("tx_common_volume_km"));
      rain("rx_to_cv", 200 - 0.5 * term("rx_common_volume_km"));
      foes("mid", 100);
      foes("quarter", 50);
      foes("three_quarter", 150);
      // On the edge between a sea and a land column the western cell counts: sea at all three.
      for (const char* point : {"tx", "rx", "common_volume"}) {
        given["climate." + std::string(point) + ".troposcatter_zone"] = 0.0;
      }
      EXPECT_NEAR(loss, at.loss_db(given), 2e-5) << percent << " % at " << f_hz;
      EXPECT_GT(std::abs(loss - at.loss_db({{"time_percent", percent}})), 0.01)
          << "the climate should matter at " << percent << " %";
    }
  }
}

// Sporadic E seldom decides a loss: where its points lie is held here.
TEST(P2001Maps, LooksUpEachQuantityAtItsOwnPoint) {
  const Meridian meridian;
  Path path;
  path.distance_km = 200.0;
  path.middle = {0.0, meridian.lat_at(100)};
  path.tx.common_volume_km = 80.0;
  path.rx.common_volume_km = 120.0;
  const Climate climate = maps().along(meridian.input, path);
  const auto value = [&](std::string_view file, double km) {
    return slope_of(file, meridian.lat_at(km));
  };
  EXPECT_NEAR(climate.mid_foes.foes_1_mhz, value("FoEs01.txt", 100), 1e-9);
  EXPECT_NEAR(climate.quarter_foes.foes_0p1_mhz, value("FoEs0.1.txt", 50), 1e-9);
  EXPECT_NEAR(climate.three_quarter_foes.foes_50_mhz, value("FoEs50.txt", 150), 1e-9);
  EXPECT_NEAR(climate.tx_to_common_volume_rain.beta, value("Esarain_Beta_v5.txt", 40), 1e-9);
  EXPECT_NEAR(climate.rx_to_common_volume_rain.zero_degree_height_km, value("h0.txt", 140), 1e-9);
  EXPECT_NEAR(climate.rx_water_vapour_g_per_m3, value("surfwv_50_fixed.txt", 200), 1e-9);
}

TEST(P2001Maps, CannotBeMixedWithClimateParameters) {
  const ParameterValues both = {{"climate_maps", shared_maps()}, {"climate.mid.rain_beta", 0.2}};
  try {
    find_model("itu_p2001")->make(both);
    FAIL();
  } catch (const ParameterError& error) {
    EXPECT_EQ(error.parameter(), "climate.mid.rain_beta");
    EXPECT_THAT(error.what(), HasSubstr("together with 'climate_maps'"));
  }
}

}  // namespace
}  // namespace yonder::propagation::p2001
