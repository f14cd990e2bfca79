#include "propagation/physics/p2001_maps.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "core/contracts.h"
#include "core/text.h"
#include "propagation/physics/great_circle.h"

namespace yonder::propagation::p2001 {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kZoneStepDeg = 0.5;

/// Spacing and shape of a file, and what its values must be for the formulas to have a value.
struct Form {
  double step_deg = 1.5;
  std::size_t rows = 121;
  std::size_t columns = 241;
  double min = -kInfinity;  ///< allowed
  double max = kInfinity;   ///< not allowed
};

Form form_of(std::string_view file) {
  if (file == "TropoClim.txt") return {kZoneStepDeg, 360, 720, -kInfinity, kInfinity};
  if (file == "Esarain_Beta_v5.txt") return {1.125, 161, 321, 0.0, 1.0 + 1e-9};
  if (file.starts_with("Esarain")) return {1.125, 161, 321, 0.0, kInfinity};
  // At 157 the earth is flat at the median (eq. (3.5.1)).
  if (file == "DN_Median.txt") return {1.5, 121, 241, -kInfinity, 157.0};
  if (file.starts_with("FoEs")) {  // eq. (G.2.1) divides by it
    return {1.5, 121, 241, std::numeric_limits<double>::min(), kInfinity};
  }
  return {};
}

[[noreturn]] void refuse(const std::string& problem) {
  throw ParameterError("climate_maps", problem);
}

void check(const NumberTable& table, std::string_view name, const Form& form) {
  const bool has_360 = form.step_deg != kZoneStepDeg;
  if (table.rows() != form.rows ||
      (table.width != form.columns && !(has_360 && table.width == form.columns - 1))) {
    refuse(table.file + ": has " + std::to_string(table.rows()) + " rows of " +
           std::to_string(table.width) + " numbers; " + std::string(name) + " has " +
           std::to_string(form.rows) + " rows of " + std::to_string(form.columns));
  }
  for (std::size_t i = 0; i < table.numbers.size(); ++i) {
    const double value = table.numbers[i];
    if (value >= form.min && value < form.max) continue;
    refuse(table.place(i / table.width) + ": number " + std::to_string(i % table.width + 1) +
           " is " + number_text(value) + ", which " + std::string(name) + " cannot hold");
  }
}

/// Longitude in 0..360, 360 left out.
double east_deg(double lon_deg) {
  const double wrapped = std::fmod(lon_deg, 360.0);
  return wrapped < 0.0 ? wrapped + 360.0 : wrapped;
}

}  // namespace

ClimateMaps::ClimateMaps(const NumberTables& tables) {
  YONDER_EXPECTS(tables.tables.size() == kMapFiles.size());
  for (std::size_t i = 0; i < kMapFiles.size(); ++i) {
    const NumberTable& table = tables.tables[i];
    const Form form = form_of(kMapFiles[i]);
    check(table, kMapFiles[i], form);
    grids_[i] = {table.numbers, table.rows(), table.width, form.step_deg};
  }
}

const ClimateMaps::Grid& ClimateMaps::grid(std::string_view file) const {
  const auto it = std::ranges::find(kMapFiles, file);
  return grids_[static_cast<std::size_t>(it - kMapFiles.begin())];
}

double ClimateMaps::Grid::at(LonLat where) const {
  const double y =
      std::clamp((90.0 - where.lat_deg) / step_deg, 0.0, static_cast<double>(rows - 1));
  const double x = east_deg(where.lon_deg) / step_deg;
  const std::size_t row = std::min(static_cast<std::size_t>(y), rows - 2);
  const auto column = static_cast<std::size_t>(x);
  const double v = y - static_cast<double>(row);
  const double u = x - static_cast<double>(column);
  const auto value = [&](std::size_t r, std::size_t c) {
    return values[r * columns + c % columns];
  };
  const double north = value(row, column) + u * (value(row, column + 1) - value(row, column));
  const double south =
      value(row + 1, column) + u * (value(row + 1, column + 1) - value(row + 1, column));
  return north + v * (south - north);
}

Refractivity ClimateMaps::refractivity(LonLat at) const {
  return {.dn_median = grid("DN_Median.txt").at(at),
          .dn_sup_slope = grid("DN_SupSlope.txt").at(at),
          .dn_sub_slope = grid("DN_SubSlope.txt").at(at),
          .dndz_65m_1 = grid("dndz_01.txt").at(at)};
}

double ClimateMaps::water_vapour_g_per_m3(LonLat at) const {
  return grid("surfwv_50_fixed.txt").at(at);
}

RainClimate ClimateMaps::rain(LonLat at) const {
  return {.pr6_percent = grid("Esarain_Pr6_v5.txt").at(at),
          .mt_mm_per_year = grid("Esarain_Mt_v5.txt").at(at),
          .beta = grid("Esarain_Beta_v5.txt").at(at),
          .zero_degree_height_km = grid("h0.txt").at(at)};
}

SporadicE ClimateMaps::foes(LonLat at) const {
  return {.foes_0p1_mhz = grid("FoEs0.1.txt").at(at),
          .foes_1_mhz = grid("FoEs01.txt").at(at),
          .foes_10_mhz = grid("FoEs10.txt").at(at),
          .foes_50_mhz = grid("FoEs50.txt").at(at)};
}

int ClimateMaps::troposcatter_zone(LonLat at) const {
  const Grid& zones = grid("TropoClim.txt");
  // Cells are named by their centres; a point on an edge belongs to the cell north or west of it.
  const auto cell = [](double offset_deg, std::size_t count) {
    const double index = std::ceil(offset_deg / kZoneStepDeg) - 1.0;
    return static_cast<std::size_t>(std::clamp(index, 0.0, static_cast<double>(count - 1)));
  };
  const std::size_t row = cell(90.0 - at.lat_deg, zones.rows);
  const double east = east_deg(at.lon_deg + 180.0);
  const std::size_t column = cell(east > 0.0 ? east : 360.0, zones.columns);
  const double zone = zones.values[row * zones.columns + column];
  return zone >= 1.0 && zone <= 6.0 ? static_cast<int>(zone) : 0;
}

Climate ClimateMaps::along(const PathLossInput& input, const Path& path) const {
  const double length_m = 1000.0 * path.distance_km;
  const auto point = [&](double distance_m) {
    return point_on_great_circle(input.tx.position, input.rx.position, distance_m);
  };
  const double tx_cv_m = 1000.0 * path.tx.common_volume_km;
  const double rx_cv_m = 1000.0 * path.rx.common_volume_km;
  return {.mid = refractivity(path.middle),
          .mid_water_vapour_g_per_m3 = water_vapour_g_per_m3(path.middle),
          .tx_water_vapour_g_per_m3 = water_vapour_g_per_m3(input.tx.position),
          .rx_water_vapour_g_per_m3 = water_vapour_g_per_m3(input.rx.position),
          .mid_rain = rain(path.middle),
          .tx_to_common_volume_rain = rain(point(0.5 * tx_cv_m)),             // section 3.9
          .rx_to_common_volume_rain = rain(point(length_m - 0.5 * rx_cv_m)),  // section 3.9
          .mid_foes = foes(path.middle),
          .quarter_foes = foes(point(0.25 * length_m)),
          .three_quarter_foes = foes(point(0.75 * length_m)),
          .zones = {.tx = troposcatter_zone(input.tx.position),
                    .rx = troposcatter_zone(input.rx.position),
                    .common_volume = troposcatter_zone(point(tx_cv_m))}};
}

}  // namespace yonder::propagation::p2001
