#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "core/geo.h"
#include "core/number_table.h"
#include "propagation/physics/p2001_climate.h"
#include "propagation/physics/p2001_path.h"

/// The ITU's digital maps that belong to P.2001-4 (table 2.4.1), from the user's files.
namespace yonder::propagation::p2001 {

/// Names of the files as the ITU distributes them, in the order of their tables.
inline constexpr auto kMapFiles = std::to_array<std::string_view>({
    "DN_Median.txt",
    "DN_SupSlope.txt",
    "DN_SubSlope.txt",
    "dndz_01.txt",
    "surfwv_50_fixed.txt",
    "h0.txt",
    "Esarain_Pr6_v5.txt",
    "Esarain_Mt_v5.txt",
    "Esarain_Beta_v5.txt",
    "FoEs0.1.txt",
    "FoEs01.txt",
    "FoEs10.txt",
    "FoEs50.txt",
    "TropoClim.txt",
});

class ClimateMaps {
 public:
  /// Tables in the order of kMapFiles. Rows run from 90 N to 90 S, columns from 0 to 360 E, in
  /// steps of 1.5 degrees (121 x 241; rain 1.125 degrees, 161 x 321; the column of 360 may be left
  /// out); TropoClim is 360 x 720 cells of half a degree from 180 W. Throws ParameterError
  /// (parameter "climate_maps") naming the file of another shape or with an impossible value.
  explicit ClimateMaps(const NumberTables& tables);

  Refractivity refractivity(LonLat at) const;
  double water_vapour_g_per_m3(LonLat at) const;
  RainClimate rain(LonLat at) const;
  SporadicE foes(LonLat at) const;
  /// Of the nearest cell; values that are no zone of table E.1 count as sea.
  int troposcatter_zone(LonLat at) const;

  /// All that a path looks up; `path` is described with the refractivity at its middle.
  Climate along(const PathLossInput& input, const Path& path) const;

 private:
  struct Grid {
    std::vector<double> values;
    std::size_t rows = 0;
    std::size_t columns = 0;
    double step_deg = 0.0;
    /// Bilinear between the four nearest points (section 3.4 and others).
    double at(LonLat where) const;
  };
  const Grid& grid(std::string_view file) const;
  std::array<Grid, kMapFiles.size()> grids_;
};

}  // namespace yonder::propagation::p2001
