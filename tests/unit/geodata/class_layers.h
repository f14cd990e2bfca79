#pragma once

#include <gdal_priv.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <GeographicLib/TransverseMercator.hpp>
#include <cmath>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "geodata/raster_output.h"
#include "geodata/value_classes.h"
#include "tests/unit/geodata/test_files.h"

/// Layers of classes on disk, and what is made of them read back.
namespace yonder::geodata {

/// A map in UTM zone 45 (central meridian 87° E) of levels in dBm.
struct LevelMap {
  Grid grid;
  Projection projection = Projection::utm_for({84.0, 40.0});
  std::vector<float> values;

  float at(int column, int row) const { return values[grid.index({column, row})]; }
};

inline MapPoint utm45(LonLat place) {
  constexpr double kScale = 0.9996;
  double x = 0, y = 0;
  static const GeographicLib::TransverseMercator projection(6378137.0, 1.0 / 298.257223563, kScale);
  projection.Forward(87.0, place.lat_deg, place.lon_deg, x, y);
  return {x + 500000.0, y};
}

/// Patches of a few pixels with levels from -140 to -60, and some voids.
inline LevelMap patchy_map(int columns, int rows, unsigned seed = 1) {
  LevelMap map;
  map.grid = {{230000.0, 4430000.0}, 50.0, columns, rows};
  std::mt19937 random(seed);
  const int across = columns / 4 + 1;
  std::vector<float> patch(static_cast<std::size_t>(across * (rows / 3 + 1)));
  for (float& level : patch) {
    const auto draw = static_cast<float>(random() % 80000);
    level = draw < 8000.0F ? std::numeric_limits<float>::quiet_NaN() : -140.0F + draw * 1e-3F;
  }
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const float level = patch[static_cast<std::size_t>((row / 3) * across + column / 4)];
      map.values.push_back(level + static_cast<float>(random() % 4));
    }
  }
  return map;
}

inline void write_map(const std::filesystem::path& file, const LevelMap& map) {
  write_cog(file, map.grid, map.projection, map.values, {"SS-RSRP", "dBm", {}});
}

/// -100 and more, -115 and more, -125 and more.
inline ValueClasses three_levels() {
  return ValueClasses({{-100.0, INFINITY, {65, 68, 135, 255}},
                       {-115.0, -100.0, {36, 137, 141, 255}},
                       {-125.0, -115.0, {253, 231, 37, 200}}});
}

/// Class by thresholds, written without the code under test.
inline int level_class(float level) {
  return level >= -100.0F ? 0 : level >= -115.0F ? 1 : level >= -125.0F ? 2 : -1;
}

inline int files_in(const TestFolder& folder) {
  return static_cast<int>(std::distance(std::filesystem::directory_iterator(folder.path()), {}));
}

/// Runs `write` in a child process whose files end at `limit` bytes, as on a full disk; true when
/// it threw a GeodataError that names the file.
inline bool full_disk_is_told(rlim_t limit, const std::string& name,
                              const std::function<void()>& write) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);  // the write then fails with EFBIG
    const rlimit both = {limit, limit};
    ::setrlimit(RLIMIT_FSIZE, &both);
    const std::string problem = problem_of(write);
    const bool told = problem.find("cannot write") != std::string::npos &&
                      problem.find(name) != std::string::npos;
    if (!told) std::fprintf(stderr, "told: '%s'\n", problem.c_str());
    ::_exit(told ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace yonder::geodata
