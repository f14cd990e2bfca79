#include "propagation/physics/p1546_curves.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "core/path_loss_model.h"
#include "core/text.h"

namespace yonder::propagation::p1546 {
namespace {

constexpr std::size_t kHeights = kNominalHeightsM.size();
constexpr std::size_t kFamilies = 27;
constexpr std::size_t kFirstField = 3;  // after frequency_mhz, time_percent, distance_km

[[noreturn]] void refuse(const std::string& problem) { throw ParameterError("curves", problem); }

std::string height_column(double height_m) { return "h1_" + number_text(height_m) + "_m"; }

void check_columns(const NumberTable& table) {
  std::vector<std::string> wanted = {"frequency_mhz", "time_percent", "distance_km"};
  for (const double h : kNominalHeightsM) wanted.push_back(height_column(h));
  if (table.columns == wanted && table.labels.size() == table.rows()) return;
  std::string header = "surface";
  for (const std::string& name : wanted) header += "," + name;
  refuse(table.file + ": the columns must be " + header);
}

std::size_t index_of(const std::array<double, 3>& nominal, double value, const NumberTable& table,
                     std::size_t row, std::string_view column) {
  const auto it = std::ranges::find(nominal, value);
  if (it != nominal.end()) return static_cast<std::size_t>(it - nominal.begin());
  refuse(table.place(row) + ": " + std::string(column) + " " + number_text(value) +
         " is none of the nominal values " + number_text(nominal[0]) + ", " +
         number_text(nominal[1]) + ", " + number_text(nominal[2]));
}

std::string family_text(std::size_t family) {
  return std::string(kSurfaceWords[family / 9]) + ", " +
         number_text(kNominalFrequenciesMhz[family / 3 % 3]) + " MHz, " +
         number_text(kNominalTimesPercent[family % 3]) + " % of time";
}

}  // namespace

Bracket bracket(const double* nominal, std::size_t count, double value) {
  const double* above = std::lower_bound(nominal, nominal + count, value);
  if (above != nominal + count && *above == value) {
    const auto i = static_cast<std::size_t>(above - nominal);
    return {i, i};
  }
  const auto i = static_cast<std::size_t>(above - nominal);
  const std::size_t high = std::clamp<std::size_t>(i, 1, count - 1);
  return {high - 1, high};
}

Curves::Curves(const NumberTable& table) {
  check_columns(table);
  std::array<std::vector<std::size_t>, kFamilies> rows_of;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::size_t f =
        index_of(kNominalFrequenciesMhz, table.at(row, 0), table, row, "frequency_mhz");
    const std::size_t t =
        index_of(kNominalTimesPercent, table.at(row, 1), table, row, "time_percent");
    bool is_known = false;
    for (std::size_t s = 0; s < kSurfaceWords.size(); ++s) {
      const bool is_this =
          table.labels[row] == kSurfaceWords[s] ||
          (table.labels[row] == "sea" && s != static_cast<std::size_t>(Surface::land));
      if (is_this) rows_of[9 * s + 3 * f + t].push_back(row);
      is_known = is_known || is_this;
    }
    if (!is_known) {
      refuse(table.place(row) + ": surface '" + table.labels[row] +
             "' is none of land, sea, cold_sea, warm_sea");
    }
    for (std::size_t h = 0; h < kHeights; ++h) {
      if (!std::isfinite(table.at(row, kFirstField + h))) {
        refuse(table.place(row) + ": " + table.columns[kFirstField + h] + " is not finite");
      }
    }
  }
  for (std::size_t family = 0; family < kFamilies; ++family) {
    std::vector<double> distances;
    for (const std::size_t row : rows_of[family]) {
      const double d = table.at(row, 2);
      if (!distances.empty() && !(d > distances.back())) {
        refuse(table.place(row) + ": distance_km " + number_text(d) + " must be above " +
               number_text(distances.back()) + " of the row before it of the same curves (" +
               family_text(family) + ")");
      }
      distances.push_back(d);
      for (std::size_t h = 0; h < kHeights; ++h) {
        fields_.push_back(table.at(row, kFirstField + h));
      }
    }
    if (distances.size() < 2 || distances.front() != 1.0 || distances.back() != 1000.0) {
      refuse(table.file + ": the curves for " + family_text(family) +
             (distances.empty() ? " are missing" : " must reach from 1 to 1000 km"));
    }
    if (family == 0) {
      distances_km_ = distances;
    } else if (distances != distances_km_) {
      refuse(table.file + ": the curves for " + family_text(family) +
             " have other distances than those for " + family_text(0));
    }
  }
  for (const double d : distances_km_) log_distances_.push_back(std::log10(d));
}

double Curves::field_dbuv(Surface surface, std::size_t frequency, std::size_t time,
                          std::size_t height, double distance_km) const {
  const std::size_t family = 9 * static_cast<std::size_t>(surface) + 3 * frequency + time;
  const Bracket d = bracket(distances_km_.data(), distances_km_.size(), distance_km);
  const auto at = [&](std::size_t i) {
    return fields_[(family * distances_km_.size() + i) * kHeights + height];
  };
  if (d.exact()) return at(d.low);
  const double share = (std::log10(distance_km) - log_distances_[d.low]) /
                       (log_distances_[d.high] - log_distances_[d.low]);
  return at(d.low) + (at(d.high) - at(d.low)) * share;  // eq. (13)
}

}  // namespace yonder::propagation::p1546
