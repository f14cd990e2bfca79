#include "scenarios/field_key.h"

#include <fmt/format.h>
#include <gnu/libc-version.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/number_table.h"
#include "core/parallel_rows.h"
#include "core/simd_level.h"
#include "propagation/additions.h"
#include "propagation/models.h"
#include "scenarios/build_info.h"
#include "scenarios/sha256.h"

namespace yonder::scenarios {
namespace {

constexpr int kTilePx = 128;
/// Profiles are interpolated between pixels and may run a little past the outermost receiver.
constexpr int kReachMarginPx = 4;

template <typename T>
std::span<const std::byte> bytes_of(const std::vector<T>& values, std::size_t first,
                                    std::size_t count) {
  return std::as_bytes(std::span(values).subspan(first, count));
}

/// Division towards minus infinity.
long long floor_div(long long a, long long b) { return a / b - (a % b < 0 ? 1 : 0); }

/// Columns and rows of the grid within tile (i, j), counted on the plane.
PixelWindow tile_window(const Grid& grid, long long first_column, long long first_row, int i,
                        int j) {
  const auto tile_start = [](long long first, int k) {
    return static_cast<int>((floor_div(first, kTilePx) + k) * kTilePx - first);
  };
  const int column = tile_start(first_column, i);
  const int row = tile_start(first_row, j);
  const int left = std::max(0, column);
  const int top = std::max(0, row);
  return {left, top, std::min(grid.columns, column + kTilePx) - left,
          std::min(grid.rows, row + kTilePx) - top};
}

int tile_count(long long first, int size) {
  return static_cast<int>(floor_div(first + size - 1, kTilePx) - floor_div(first, kTilePx) + 1);
}

/// The pixels that the paths of a field can touch.
PixelWindow reach_of(const Grid& grid, const FieldSpec& spec) {
  const PixelWindow disc = field_window(grid, grid.whole(), spec);
  const int column = std::max(0, disc.column - kReachMarginPx);
  const int row = std::max(0, disc.row - kReachMarginPx);
  return {column, row, std::min(grid.columns, disc.column + disc.columns + kReachMarginPx) - column,
          std::min(grid.rows, disc.row + disc.rows + kReachMarginPx) - row};
}

std::string program_identity() {
  return fmt::format("program yonder {}, sources {}, {} {}, flags '{}', libc {}, vectors {}\n",
                     kVersion, kPropagationSources, kCompiler, kBuildType, kCompileFlags,
                     gnu_get_libc_version(), simd_level_name(simd_level()));
}

}  // namespace

// The structured bindings below name every member of what a field is made from: a new member does
// not compile until someone has decided here whether it belongs in the key.

FieldKeys::FieldKeys(const Terrain& terrain, std::string propagation, const RunControl& control)
    : terrain_(terrain), propagation_(std::move(propagation)) {
  const auto& [grid, ground, clutter, zone, geo] = terrain;
  first_column_ = std::llround(grid.top_left.x_m / grid.pixel_size_m);
  first_row_ = std::llround(-grid.top_left.y_m / grid.pixel_size_m);
  tile_columns_ = tile_count(first_column_, grid.columns);
  tile_rows_ = tile_count(first_row_, grid.rows);
  tiles_.resize(static_cast<std::size_t>(tile_columns_) * static_cast<std::size_t>(tile_rows_));
  RunControl quiet = control;
  quiet.progress = nullptr;
  parallel_rows(tile_rows_, quiet, 0, 0, [&](int j, int) {
    for (int i = 0; i < tile_columns_; ++i) {
      const PixelWindow tile = tile_window(terrain_.grid, first_column_, first_row_, i, j);
      Sha256 digest;
      digest.add(fmt::format("{} {} {}\n", tile.columns, tile.rows,
                             terrain_.clutter_height_m.empty() ? "bare" : "with clutter"));
      const auto count = static_cast<std::size_t>(tile.columns);
      for (int row = tile.row; row < tile.row + tile.rows; ++row) {
        const std::size_t first = terrain_.grid.index({tile.column, row});
        digest.add(bytes_of(terrain_.ground_amsl_m, first, count));
        if (!terrain_.clutter_height_m.empty()) {
          digest.add(bytes_of(terrain_.clutter_height_m, first, count));
        }
        digest.add(bytes_of(terrain_.zone, first, count));
      }
      tiles_[static_cast<std::size_t>(j) * static_cast<std::size_t>(tile_columns_) +
             static_cast<std::size_t>(i)] = digest.hex();
    }
  });
}

FieldKeys FieldKeys::with_propagation(std::string propagation) const {
  FieldKeys other = *this;
  other.propagation_ = std::move(propagation);
  return other;
}

std::string FieldKeys::terrain_hash(PixelWindow reach) const {
  Sha256 digest;
  for (int j = 0; j < tile_rows_; ++j) {
    for (int i = 0; i < tile_columns_; ++i) {
      const PixelWindow tile = tile_window(terrain_.grid, first_column_, first_row_, i, j);
      const bool apart = tile.column >= reach.column + reach.columns ||
                         tile.column + tile.columns <= reach.column ||
                         tile.row >= reach.row + reach.rows || tile.row + tile.rows <= reach.row;
      if (apart) continue;
      digest.add(fmt::format("{} {} ", first_column_ + tile.column, first_row_ + tile.row));
      digest.add(tiles_[static_cast<std::size_t>(j) * static_cast<std::size_t>(tile_columns_) +
                        static_cast<std::size_t>(i)]);
    }
  }
  return digest.hex();
}

std::string FieldKeys::positions_hash(PixelWindow reach) const {
  const auto& [grid, step_px, node_columns, nodes] = terrain_.geo;
  Sha256 digest;
  const int last_column = (reach.column + reach.columns) / step_px + 1;
  const int last_row = (reach.row + reach.rows) / step_px + 1;
  for (int j = reach.row / step_px; j <= last_row; ++j) {
    for (int i = reach.column / step_px; i <= last_column; ++i) {
      const std::size_t n = static_cast<std::size_t>(j) * static_cast<std::size_t>(node_columns) +
                            static_cast<std::size_t>(i);
      if (i >= node_columns || n >= nodes.size()) continue;
      digest.add(fmt::format("{} {} {} {}\n", first_column_ + i * step_px, first_row_ + j * step_px,
                             nodes[n].lon_deg, nodes[n].lat_deg));
    }
  }
  return digest.hex();
}

FieldKey FieldKeys::key(const FieldSpec& spec, PixelWindow window) const {
  const auto& [antenna, frequency_hz, polarization, receiver_height_agl_m, radius_m, short_range] =
      spec;
  const auto& [position, lonlat, ground_amsl_m, height_agl_m, distortion] = antenna;
  const auto& [top_left, pixel_m, grid_columns, grid_rows] = terrain_.grid;
  const PixelWindow reach = reach_of(terrain_.grid, spec);
  FieldKey key;
  key.text = propagation_;
  // {} prints the shortest digits that read back as the same double.
  key.text += fmt::format("frequency_hz {}\npolarization {}\n", frequency_hz,
                          polarization == Polarization::horizontal ? "horizontal" : "vertical");
  key.text += fmt::format("antenna x {} y {} lon {} lat {}, ground_amsl_m {}, height_agl_m {}\n",
                          position.x_m, position.y_m, lonlat.lon_deg, lonlat.lat_deg, ground_amsl_m,
                          height_agl_m);
  key.text += fmt::format("plane scale {} convergence_rad {}\n", distortion.scale,
                          distortion.convergence_rad);
  key.text += fmt::format("receiver_height_agl_m {}\nradius_m {}\nfree_space_at_short_range {}\n",
                          receiver_height_agl_m, radius_m, short_range);
  key.text += fmt::format("pixel_m {}, left {} top {} columns {} rows {}\n", pixel_m,
                          top_left.x_m + window.column * pixel_m,
                          top_left.y_m - window.row * pixel_m, window.columns, window.rows);
  key.text += fmt::format("terrain {}\n", terrain_hash(reach));
  key.text += fmt::format("positions {}\n", positions_hash(reach));
  Sha256 digest;
  digest.add(key.text);
  key.sha256 = digest.hex();
  return key;
}

namespace {

std::string value_identity(double value) { return fmt::format("{}", value); }
std::string value_identity(std::string_view value) { return std::string(value); }

/// A table by its content: two files of one name may differ.
std::string value_identity(const std::shared_ptr<const NumberTables>& given) {
  Sha256 hash;
  for (const NumberTable& table : given->tables) {
    hash.add(fmt::format("table {} columns {} labels {} width {}\n", table.file,
                         fmt::join(table.columns, ","), fmt::join(table.labels, ","), table.width));
    hash.add(std::as_bytes(std::span(table.numbers)));
  }
  return hash.hex();
}

std::string parameters_identity(std::span<const ParameterSpec> specs,
                                const ParameterValues& given) {
  std::string text;
  for (const ParameterSpec& spec : specs) {
    const auto it = given.find(spec.name);
    const auto add = [&](const auto& value) {
      text += fmt::format("parameter {} {}\n", spec.name, value_identity(value));
    };
    if (it != given.end()) {
      std::visit(add, it->second);
    } else {
      // Not the default's value: to some parameters a model gives another meaning when absent.
      add(std::string_view("absent"));
    }
  }
  return text;
}

}  // namespace

std::string propagation_identity(const Scenario& scenario) {
  // Polarization and short range are of the FieldSpec.
  const auto& [model, polarization, given, additions, short_range, mark] = scenario.propagation;
  // Radius is of the FieldSpec too; servers come after the field, the cache stands beside it.
  const auto& [radius_m, engine, servers, cache, cache_directory, cache_limit_gib] =
      scenario.calculation;
  const ModelInfo& info = *propagation::find_model(model);
  std::string text = program_identity();
  text += fmt::format("engine {}\n", engine == Engine::exact ? "exact" : "sweep");
  text += fmt::format("model {} ({})\n", info.id, info.source);
  text += parameters_identity(info.parameters, given);
  for (const AdditionConfig& addition : additions) {
    const propagation::AdditionInfo& added = *addition.choice.info;
    text += fmt::format("addition {} ({}) where {}\n", added.id, added.source,
                        static_cast<int>(addition.choice.surface));
    text += parameters_identity(added.parameters, addition.choice.parameters);
  }
  return text;
}

}  // namespace yonder::scenarios
