#include "propagation/physics/p1546_method.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/units.h"

namespace yonder::propagation::p1546 {
namespace {

constexpr double kSmallestNu = -0.7806;
/// K_nu of eq. (12b), for the nominal frequencies.
constexpr std::array<double, 3> kKNu = {1.35, 3.31, 6.00};
/// h2 that the curves over sea stand for, m.
constexpr double kReferenceHeightM = 10.0;

constexpr std::size_t kTen = 0;     // index of 10 m among the nominal heights
constexpr std::size_t kTwenty = 1;  // of 20 m

double atan_deg(double x) { return rad_to_deg(std::atan(x)); }

/// Largest field strength over sea alone, eq. (1b).
double sea_maximum_dbuv(double distance_km, double time_percent) {
  return maximum_field_dbuv(distance_km, distance_km, time_percent);
}

/// C_h1 for a negative h1, from an obstacle of that height 9 km away (section 4.3 b, eq. (12)).
double negative_height_correction_db(std::size_t frequency, double h1_m) {
  return 6.03 - knife_edge_db(kKNu[frequency] * atan_deg(-h1_m / 9000.0));
}

/// Curves of one surface and nominal time.
struct Family {
  const Curves& curves;
  Surface surface;
  std::size_t time;

  double field(std::size_t frequency, std::size_t height, double distance_km) const {
    return curves.field_dbuv(surface, frequency, time, height, distance_km);
  }
};

/// Section 4.1: h1 of 10 m and above, eq. (8), not above the maximum.
double field_above_10_m(const Family& family, std::size_t frequency, double distance_km,
                        double h1_m, double maximum_dbuv) {
  const Bracket h = bracket(kNominalHeightsM.data(), kNominalHeightsM.size(), h1_m);
  const double low = family.field(frequency, h.low, distance_km);
  if (h.exact()) return std::min(low, maximum_dbuv);
  const double high = family.field(frequency, h.high, distance_km);
  const double h_low = kNominalHeightsM[h.low];
  const double h_high = kNominalHeightsM[h.high];
  const double e = low + (high - low) * std::log10(h1_m / h_low) / std::log10(h_high / h_low);
  return std::min(e, maximum_dbuv);
}

/// Section 4.2 over land, also carried on below zero by section 4.3.
double field_below_10_m_land(const Family& family, std::size_t frequency, double distance_km,
                             double h1_m) {
  const double e10 = family.field(frequency, kTen, distance_km);
  const double e20 = family.field(frequency, kTwenty, distance_km);
  const double c1020 = e10 - e20;                                          // eq. (9b)
  const double c_neg10 = negative_height_correction_db(frequency, -10.0);  // eq. (12)
  const double e_zero = e10 + 0.5 * (c1020 + c_neg10);                     // eq. (9a)
  if (h1_m < 0.0) return e_zero + negative_height_correction_db(frequency, h1_m);
  return e_zero + 0.1 * h1_m * (e10 - e_zero);  // eq. (9)
}

/// Section 4.2 over sea, h1 of 1 m to 10 m.
double field_below_10_m_sea(const Family& family, std::size_t frequency, const CurvePath& path) {
  const double f = path.frequency_mhz;
  const double d = path.distance_km;
  const double d_h1 = fresnel_clearance_km(f, path.h1_m, kReferenceHeightM);  // eq. (10a)
  if (d <= d_h1) return path.maximum_dbuv;                                    // eq. (11a)
  const double d_20 = fresnel_clearance_km(f, 20.0, kReferenceHeightM);       // eq. (10b)
  const auto by_height = [&](double distance_km) {
    const double e10 = family.field(frequency, kTen, distance_km);
    const double e20 = family.field(frequency, kTwenty, distance_km);
    return e10 + (e20 - e10) * std::log10(path.h1_m / 10.0) / std::log10(2.0);
  };
  if (d < d_20) {  // eq. (11b)
    const double e_h1 = sea_maximum_dbuv(d_h1, path.time_percent);
    return e_h1 + (by_height(d_20) - e_h1) * std::log10(d / d_h1) / std::log10(d_20 / d_h1);
  }
  const double f_s = (d - d_20) / d;
  return by_height(d) * (1.0 - f_s) +
         field_below_10_m_land(family, frequency, d, path.h1_m) * f_s;  // eq. (11c)
}

/// Annex 6 step 8, at a nominal frequency.
double field_at_nominal(const Family& family, std::size_t frequency, const CurvePath& path) {
  if (path.h1_m >= 10.0) {
    return field_above_10_m(family, frequency, path.distance_km, path.h1_m, path.maximum_dbuv);
  }
  return family.surface == Surface::land
             ? field_below_10_m_land(family, frequency, path.distance_km, path.h1_m)
             : field_below_10_m_sea(family, frequency, path);
}

/// Section 6, eq. (14).
double field_by_frequency(const Family& family, const CurvePath& path) {
  const Bracket f =
      bracket(kNominalFrequenciesMhz.data(), kNominalFrequenciesMhz.size(), path.frequency_mhz);
  const double low = field_at_nominal(family, f.low, path);
  if (f.exact()) return low;
  const double high = field_at_nominal(family, f.high, path);
  const double f_low = kNominalFrequenciesMhz[f.low];
  const double share =
      std::log10(path.frequency_mhz / f_low) / std::log10(kNominalFrequenciesMhz[f.high] / f_low);
  const double e = low + (high - low) * share;
  return path.frequency_mhz > kNominalFrequenciesMhz.back() ? std::min(e, path.maximum_dbuv) : e;
}

/// Sections 4 to 6 at a nominal time; near sea paths below 100 MHz by eqs. (15a), (15b).
double field_at_nominal_time(const Family& family, const CurvePath& path) {
  const double d_600 = fresnel_clearance_km(600.0, path.h1_m, kReferenceHeightM);
  const bool near_sea = family.surface != Surface::land &&
                        path.frequency_mhz < kNominalFrequenciesMhz.front() &&
                        path.distance_km < d_600;
  if (!near_sea) return field_by_frequency(family, path);
  const double d_f = fresnel_clearance_km(path.frequency_mhz, path.h1_m, kReferenceHeightM);
  if (path.distance_km <= d_f) return path.maximum_dbuv;
  const double e_df = sea_maximum_dbuv(d_f, path.time_percent);
  CurvePath at_600 = path;
  at_600.distance_km = d_600;
  const double e_600 = field_by_frequency(family, at_600);
  return e_df + (e_600 - e_df) * std::log10(path.distance_km / d_f) / std::log10(d_600 / d_f);
}

}  // namespace

double free_space_field_dbuv(double distance_km) { return 106.9 - 20.0 * std::log10(distance_km); }

double maximum_field_dbuv(double distance_km, double sea_km, double time_percent) {
  const double enhancement =
      2.38 * (1.0 - std::exp(-distance_km / 8.94)) * std::log10(50.0 / time_percent);  // eq. (3)
  return free_space_field_dbuv(distance_km) + enhancement * sea_km / distance_km;
}

/// As knife_edge_loss_db(), which begins at P.526's -0.78.
double knife_edge_db(double nu) {
  if (nu <= kSmallestNu) return 0.0;
  const double x = nu - 0.1;
  return 6.9 + 20.0 * std::log10(std::sqrt(x * x + 1.0) + x);
}

/// As inverse_complementary_normal(), with the constant as P.1546 rounds it.
double inverse_normal(double x) {
  if (x > 0.5) return -inverse_normal(1.0 - x);
  const double t = std::sqrt(-2.0 * std::log(x));
  const double c = ((0.010328 * t + 0.802853) * t + 2.515517) /
                   (((0.001308 * t + 0.189269) * t + 1.432788) * t + 1.0);
  return t - c;
}

double fresnel_clearance_km(double frequency_mhz, double h1_m, double h2_m) {
  const double h1 = std::max(h1_m, 0.0);
  const double d_f = 0.0000389 * frequency_mhz * h1 * h2_m;
  const double d_h = 4.1 * (std::sqrt(h1) + std::sqrt(h2_m));
  return std::max(d_f * d_h / (d_f + d_h), 0.001);
}

double height_without_terrain_m(double distance_km, double height_agl_m,
                                double effective_height_m) {
  if (distance_km <= 3.0) return height_agl_m;
  if (distance_km >= 15.0) return effective_height_m;
  return height_agl_m + (effective_height_m - height_agl_m) * (distance_km - 3.0) / 12.0;
}

double curve_field_dbuv(const Curves& curves, Surface surface, const CurvePath& path) {
  const Bracket t =
      bracket(kNominalTimesPercent.data(), kNominalTimesPercent.size(), path.time_percent);
  const double low = field_at_nominal_time({curves, surface, t.low}, path);
  if (t.exact()) return low;
  const double high = field_at_nominal_time({curves, surface, t.high}, path);
  const double q = inverse_normal(path.time_percent / 100.0);
  const double q_low = inverse_normal(kNominalTimesPercent[t.low] / 100.0);
  const double q_high = inverse_normal(kNominalTimesPercent[t.high] / 100.0);
  return (high * (q_low - q) + low * (q - q_high)) / (q_low - q_high);  // eq. (16)
}

double mixed_field_dbuv(double land_dbuv, double sea_dbuv, double sea_share) {
  if (sea_share <= 0.0) return land_dbuv;
  if (sea_share >= 1.0) return sea_dbuv;
  const double a_0 = 1.0 - std::pow(1.0 - sea_share, 2.0 / 3.0);
  const double v = std::max(1.0, 1.0 + (sea_dbuv - land_dbuv) / 40.0);
  const double a = std::pow(a_0, v);
  return (1.0 - a) * land_dbuv + a * sea_dbuv;  // eq. (17)
}

double receiver_height_correction_db(double frequency_mhz, double distance_km, double h1_m,
                                     double h2_m, double clutter_m, Area area) {
  const double k_h2 = 3.2 + 6.2 * std::log10(frequency_mhz);
  const double c_10 = k_h2 * std::log10(h2_m / kReferenceHeightM);  // eq. (28b) with R'2 = 10 m
  if (area == Area::rural) return c_10;
  if (area == Area::sea) {
    if (h2_m >= kReferenceHeightM) return c_10;
    const double d_10 = fresnel_clearance_km(frequency_mhz, h1_m, kReferenceHeightM);
    if (distance_km >= d_10) return c_10;
    const double d_h2 = fresnel_clearance_km(frequency_mhz, h1_m, h2_m);
    if (distance_km <= d_h2) return 0.0;
    return c_10 * std::log10(distance_km / d_h2) / std::log10(d_10 / d_h2);  // eq. (29)
  }
  // The ray grazes the clutter 15 m before the receiver, eq. (27).
  const double r = std::max(
      (1000.0 * distance_km * clutter_m - 15.0 * h1_m) / (1000.0 * distance_km - 15.0), 1.0);
  double correction = 0.0;
  if (h2_m < r) {
    const double h_dif = r - h2_m;
    const double nu = 0.0108 * std::sqrt(frequency_mhz * h_dif * atan_deg(h_dif / 27.0));
    correction = 6.03 - knife_edge_db(nu);  // eq. (28a)
  } else {
    correction = k_h2 * std::log10(h2_m / r);  // eq. (28b)
  }
  if (r < kReferenceHeightM) correction -= k_h2 * std::log10(kReferenceHeightM / r);
  return correction;
}

double transmitter_clutter_correction_db(double frequency_mhz, double height_agl_m,
                                         double clutter_m) {
  const double h_dif = height_agl_m - clutter_m;
  const double size = 0.0108 * std::sqrt(frequency_mhz * h_dif * atan_deg(h_dif / 27.0));
  return -knife_edge_db(clutter_m >= height_agl_m ? size : -size);  // eq. (30)
}

double clearance_angle_correction_db(double frequency_mhz, double angle_deg) {
  const double root = std::sqrt(frequency_mhz);
  const double angle = std::clamp(angle_deg, 0.55, 40.0);
  return knife_edge_db(0.036 * root) - knife_edge_db(0.065 * angle * root);  // eq. (32)
}

double location_deviation_db(double frequency_mhz, Area area, std::optional<double> cell_width_m) {
  if (area == Area::sea) return 0.0;
  if (cell_width_m) {
    return (0.52 + 0.024 * frequency_mhz / 1000.0) * std::pow(*cell_width_m, 0.28);  // eq. (34)
  }
  return area == Area::rural ? 12.0 : area == Area::suburban ? 10.0 : 8.0;
}

double scatter_angle_deg(double distance_km, double tx_angle_deg, double rx_angle_deg) {
  const double earth = rad_to_deg(distance_km / (4.0 / 3.0 * 6370.0));
  return std::max(earth + tx_angle_deg + rx_angle_deg, 0.0);
}

double troposcatter_field_dbuv(double frequency_mhz, double distance_km, double time_percent,
                               double scatter_angle_deg) {
  const double log_f = std::log10(frequency_mhz);
  const double l_f = 5.0 * log_f - 2.5 * (log_f - 3.3) * (log_f - 3.3);  // eq. (36a)
  const double decades = std::max(-std::log10(0.02 * time_percent), 0.0);
  const double g_t = 10.1 * std::pow(decades, 0.7);  // eq. (36b)
  return 24.4 - 20.0 * std::log10(distance_km) - 10.0 * scatter_angle_deg - l_f + 0.15 * 325.0 +
         g_t;
}

double slope_distance_km(double distance_km, double height_difference_m) {
  const double rise_km = height_difference_m / 1000.0;
  return std::sqrt(distance_km * distance_km + rise_km * rise_km);
}

double short_path_field_dbuv(double distance_km, double height_difference_m, double at_1_km_dbuv) {
  const double slope_km = slope_distance_km(distance_km, height_difference_m);
  if (distance_km <= 0.04) return free_space_field_dbuv(slope_km);
  const double inner_km = slope_distance_km(0.04, height_difference_m);
  const double outer_km = slope_distance_km(1.0, height_difference_m);
  const double inner_dbuv = free_space_field_dbuv(inner_km);
  return inner_dbuv + (at_1_km_dbuv - inner_dbuv) * std::log10(slope_km / inner_km) /
                          std::log10(outer_km / inner_km);
}

double basic_loss_db(double frequency_mhz, double field_dbuv) {
  return 139.3 - field_dbuv + 20.0 * std::log10(frequency_mhz);
}

}  // namespace yonder::propagation::p1546
