#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "core/number_table.h"

/// The tabulated curves of ITU-R P.1546-6 (figures 1 to 24): field strength, dB(uV/m), of 1 kW
/// e.r.p. exceeded at half of the places, for the nominal frequencies, percentages of time,
/// distances and heights h1.
namespace yonder::propagation::p1546 {

enum class Surface : std::size_t { land, cold_sea, warm_sea };
inline constexpr auto kSurfaceWords =
    std::to_array<std::string_view>({"land", "cold_sea", "warm_sea"});

inline constexpr std::array<double, 3> kNominalFrequenciesMhz = {100.0, 600.0, 2000.0};
inline constexpr std::array<double, 3> kNominalTimesPercent = {1.0, 10.0, 50.0};
inline constexpr std::array<double, 8> kNominalHeightsM = {10.0,  20.0,  37.5,  75.0,
                                                           150.0, 300.0, 600.0, 1200.0};

class Curves {
 public:
  /// Rows: a surface (land, cold_sea, warm_sea, or sea for both), frequency_mhz, time_percent,
  /// distance_km, and a field strength for each nominal height. Each of the 27 curves' families
  /// needs the same rising distances, from 1 to 1000 km. Throws ParameterError (parameter
  /// "curves") that names file and line.
  explicit Curves(const NumberTable& table);

  /// At a nominal frequency, time and height (indices), between distances by the logarithm
  /// (Annex 5 section 5, eq. (13)). `distance_km` in 1..1000; below 1 km the first two distances
  /// are carried on.
  double field_dbuv(Surface surface, std::size_t frequency, std::size_t time, std::size_t height,
                    double distance_km) const;

 private:
  std::vector<double> distances_km_;
  std::vector<double> log_distances_;
  std::vector<double> fields_;  ///< surface, frequency, time, distance, height: the last fastest
};

/// The two nominal values around `value`; beyond the ends the two nearest; twice the same one at a
/// nominal value (sections 4.1, 6, 7).
struct Bracket {
  std::size_t low = 0;
  std::size_t high = 0;
  bool exact() const { return low == high; }
};
Bracket bracket(const double* nominal, std::size_t count, double value);

}  // namespace yonder::propagation::p1546
