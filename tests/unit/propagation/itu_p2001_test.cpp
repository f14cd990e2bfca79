#include "propagation/models/itu_p2001.h"

#include <gtest/gtest.h>

#include <cmath>

#include "propagation/physics/great_circle.h"
#include "propagation/physics/p2001_fading.h"
#include "propagation/physics/p2001_multipath.h"
#include "propagation/physics/p2001_rain.h"
#include "propagation/physics/p2001_troposcatter.h"

namespace yonder::propagation {
namespace {

/// A flat path of 101 points.
class FlatPath {
 public:
  explicit FlatPath(double length_m) {
    profile_.resize(101);
    profile_.clutter_height_m.clear();
    for (std::size_t i = 0; i <= 100; ++i) {
      profile_.distance_m[i] = length_m * static_cast<double>(i) / 100.0;
      profile_.ground_amsl_m[i] = 100.0;
      profile_.zone[i] = Zone::inland;
    }
    input.frequency_hz = 2e9;
    input.distance_m = length_m;
    input.tx = {.height_agl_m = 60.0, .position = {10.0, 50.0}};
    input.rx = {.height_agl_m = 20.0, .position = {10.0, 50.3}};
    input.profile = profile_.view();
  }
  PathLossResult evaluate(const ParameterValues& values = {}, Terms* terms = nullptr) const {
    Workspace workspace;
    return itu_p2001::kModelInfo.make(values)->evaluate(input, workspace, terms);
  }
  double loss_db(const ParameterValues& values = {}) const { return evaluate(values).loss_db; }
  double term(std::string_view key, const ParameterValues& values = {}) const {
    Terms terms;
    evaluate(values, &terms);
    return std::get<double>(terms.find(key)->value);
  }

  PathLossInput input;

 private:
  PathProfile profile_;
};

std::string_view refusing_range(const FlatPath& path) {
  const PathLossResult result = path.evaluate();
  EXPECT_FALSE(result.ok());
  EXPECT_NE(result.status, LossStatus::not_applicable);
  return itu_p2001::kModelInfo.ranges[result.bound].name;
}

TEST(ItuP2001, RefusedInputNamesItsBound) {
  FlatPath path(20e3);
  path.input.frequency_hz = 29.9e6;
  EXPECT_EQ(refusing_range(path), "frequency_mhz");
  path.input.frequency_hz = 50.1e9;
  EXPECT_EQ(refusing_range(path), "frequency_mhz");
  path = FlatPath(20e3);
  path.input.tx.height_agl_m = 0.0;
  EXPECT_EQ(refusing_range(path), "tx.height_agl_m");
  path.input.tx.height_agl_m = 10.0;
  path.input.rx.height_agl_m = std::nan("");
  EXPECT_EQ(refusing_range(path), "rx.height_agl_m");
  path.input.rx.height_agl_m = 10.0;
  path.input.distance_m = 0.0;
  EXPECT_EQ(refusing_range(path), "distance_m");
}

TEST(ItuP2001, RefusedPathSaysWhy) {
  FlatPath path(20e3);
  path.input.distance_m = 20.001e3;
  const auto sentence = [&] { return explain(itu_p2001::kModelInfo, path.evaluate(), path.input); };
  EXPECT_NE(sentence().find("length of the profile"), std::string::npos);
  path.input.distance_m = 20e3;
  path.input.tx.height_agl_m = 7950.0;  // on ground at 100 m
  EXPECT_NE(sentence().find("8000 m above sea level"), std::string::npos);
  path.input.profile = {};
  EXPECT_NE(sentence().find("between transmitter and receiver"), std::string::npos);
}

TEST(ItuP2001, RefusedParameterNamesItself) {
  const auto refused = [](const ParameterValues& values) -> std::string {
    try {
      itu_p2001::kModelInfo.make(values);
    } catch (const ParameterError& error) {
      return error.parameter();
    }
    return "none";
  };
  EXPECT_EQ(refused({{"time_percent", 0.0}}), "time_percent");
  EXPECT_EQ(refused({{"time_percent", 100.0}}), "time_percent");
  EXPECT_EQ(refused({{"climate.mid.dn_median_n_per_km", 157.0}}), "climate.mid.dn_median_n_per_km");
  EXPECT_EQ(refused({{"climate.rx.troposcatter_zone", 2.5}}), "climate.rx.troposcatter_zone");
  EXPECT_EQ(refused({{"climate.tx.troposcatter_zone", 7.0}}), "climate.tx.troposcatter_zone");
  EXPECT_EQ(refused({{"climate.mid.rain", 7.0}}), "climate.mid.rain");
  EXPECT_EQ(refused({{"time_percent", 99.99999}}), "none");
}

TEST(ItuP2001, ClearShortPathAtMedianIsFreeSpaceWithGases) {
  const FlatPath path(4e3);
  // 92.4 + 20 log10 2 + 20 log10 sqrt(4^2 + 0.04^2)
  EXPECT_NEAR(path.term("free_space_db"), 110.462234, 1e-5);
  EXPECT_NEAR(path.loss_db(), path.term("free_space_db") + path.term("gas_surface_db"), 0.1);
}

TEST(ItuP2001, AbsentPointsTakeTheValuesOfTheMiddle) {
  const FlatPath path(300e3);
  const ParameterValues mid = {{"climate.mid.water_vapour_g_per_m3", 20.0},
                               {"climate.mid.rain_pr6_percent", 15.0},
                               {"time_percent", 99.0}};
  ParameterValues given = mid;
  for (const char* point : {"climate.tx", "climate.rx"}) {
    given[std::string(point) + ".water_vapour_g_per_m3"] = 20.0;
    given[std::string(point) + "_to_cv.rain_pr6_percent"] = 15.0;
  }
  EXPECT_EQ(path.loss_db(given), path.loss_db(mid));
  given["climate.tx.water_vapour_g_per_m3"] = 1.0;
  EXPECT_LT(path.term("gas_troposcatter_db", given), path.term("gas_troposcatter_db", mid));
  given["climate_uniform"] = std::string("true");
  EXPECT_EQ(path.loss_db(given), path.loss_db(mid));
}

TEST(ItuP2001, ClutterIsNotLookedAt) {
  FlatPath path(30e3);
  const double bare_db = path.loss_db();
  const std::vector<double> trees(101, 30.0);
  path.input.profile.clutter_height_m = trees;
  EXPECT_EQ(path.loss_db(), bare_db);
}

TEST(P2001Rain, DefaultClimateRainsAsTemperateLandDoes) {
  // Rain heights and multipliers do not matter far under the melting layer: the fade exceeded for
  // 0.01 % of a year is then the one by the rain rate exceeded for it, some 40 mm/h (rain zone K of
  // the former P.837-1: 42 mm/h).
  const p2001::RainClimate climate{8.0, 700.0, 0.1, 4.9};
  const p2001::RainFading rain(climate, {.length_km = 1.0, .low_amsl_m = 0.0, .high_amsl_m = 20.0},
                               20.0, Polarization::horizontal, 0.01);
  const double percent_of_rain = 0.01 / rain.rain_percent() * 100.0;
  const double fade_db = p2001::fade_exceeded_db(
      percent_of_rain, [&](double fade) { return rain.percent_exceeding(fade); });
  const double rate = 41.0;  // solves 0.01 = Q0ra exp(-1.09 R (1 + b R) / (1 + 26.02 b R)) by hand
  const double alpha = 1.0568;  // P.838-3, 20 GHz horizontal
  const double k = 0.09164;
  const double modified =
      std::pow(1.763, alpha) * k * (0.6546 * std::exp(-0.009516) + 0.3499 * std::exp(-0.001182));
  const double modified_alpha =
      0.95 * alpha + 0.1572 * std::exp(-0.02268) - 0.1594 * std::exp(-0.0003617);
  EXPECT_NEAR(fade_db, modified * std::pow(rate, modified_alpha), 0.25);
}

TEST(P2001Rain, MultiplierIsOneInRainAndNoneAboveIt) {
  EXPECT_EQ(p2001::path_averaged_multiplier(0.0, 100.0, 3000.0), 1.0);
  EXPECT_EQ(p2001::path_averaged_multiplier(3001.0, 3200.0, 3000.0), 0.0);
  // Wet snow some 300 m under the rain height attenuates more than rain.
  EXPECT_GT(p2001::path_averaged_multiplier(2700.0, 2710.0, 3000.0), 1.5);
  // Half of a path from far below to far above the layer, whose mean is near 1.
  EXPECT_NEAR(p2001::path_averaged_multiplier(-27000.0, 33000.0, 3000.0), 0.5, 0.02);
}

TEST(P2001Rain, WithoutRainOnlyEnhancementsAreExceeded) {
  for (const p2001::RainClimate& dry :
       {p2001::RainClimate{0.0, 500.0, 0.1, 2.0}, p2001::RainClimate{5.0, 0.0, 0.1, 2.0},
        p2001::RainClimate{5.0, 500.0, 1.0, 2.0}}) {
    const p2001::RainFading rain(dry, {.length_km = 10.0, .low_amsl_m = 0.0, .high_amsl_m = 50.0},
                                 20.0, Polarization::vertical, 0.1);
    EXPECT_EQ(rain.rain_percent(), 0.0);
    EXPECT_EQ(rain.percent_exceeding(-0.1), 100.0);
    EXPECT_EQ(rain.percent_exceeding(0.1), 0.0);
    EXPECT_EQ(rain.vapour_factor(), 0.0);
  }
}

TEST(P2001Fading, SearchFindsTheFadeWithinItsResolution) {
  for (const double fade_db : {-80.0, -4.0, 0.0, 3.0, 300.0}) {
    const auto above = [&](double a) { return 50.0 * std::exp((fade_db - a) / 100.0); };
    EXPECT_NEAR(p2001::fade_exceeded_db(50.0, above), fade_db, 0.011) << fade_db;
  }
}

TEST(P2001Fading, ClearAirFadesAndEnhancesHalfOfTheTime) {
  const p2001::ClearAirFading fading(1.0);
  EXPECT_NEAR(fading.percent_exceeding(0.0), 50.0, 1e-12);
  EXPECT_NEAR(fading.percent_exceeding(-1e-9), 50.0, 1e-6);
  EXPECT_LT(fading.percent_exceeding(10.0), 5.0);
  EXPECT_GT(fading.percent_exceeding(-10.0), 95.0);
}

TEST(P2001Troposcatter, OverTheSeaTheTerminalsClimatesCount) {
  EXPECT_EQ(p2001::troposcatter_zone({.tx = 4, .rx = 2, .common_volume = 6}), 6);
  EXPECT_EQ(p2001::troposcatter_zone({.tx = 4, .rx = 2, .common_volume = 0}), 2);
  EXPECT_EQ(p2001::troposcatter_zone({.tx = 4, .rx = 0, .common_volume = 0}), 4);
  EXPECT_EQ(p2001::troposcatter_zone({.tx = 0, .rx = 3, .common_volume = 0}), 3);
  EXPECT_EQ(p2001::troposcatter_zone({.tx = 0, .rx = 0, .common_volume = 0}), 0);
}

TEST(GreatCircle, QuarterOfTheEarthAlongMeridianAndEquator) {
  const double quarter_m = 6371000.0 * std::acos(-1.0) / 2.0;
  const LonLat north = point_on_great_circle({20.0, 10.0}, {20.0, 60.0}, quarter_m * 40.0 / 90.0);
  EXPECT_NEAR(north.lat_deg, 50.0, 1e-9);
  EXPECT_NEAR(north.lon_deg, 20.0, 1e-9);
  const LonLat east = point_on_great_circle({20.0, 0.0}, {30.0, 0.0}, quarter_m);
  EXPECT_NEAR(east.lat_deg, 0.0, 1e-9);
  EXPECT_NEAR(east.lon_deg, 110.0, 1e-9);
  EXPECT_EQ(point_on_great_circle({20.0, 5.0}, {20.0, 5.0}, 1000.0).lat_deg, 5.0);
}

}  // namespace
}  // namespace yonder::propagation
