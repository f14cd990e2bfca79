#include "scenarios/report/map_layers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "geodata/raster_input.h"
#include "scenarios/report/layer_pack.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;

/// What a planner looks at first; the others stay in their files when there is no room.
constexpr auto kFirst = std::to_array<std::string_view>(
    {"ground", "zone", "class", "binding", "binding_amount", "rsrp", "sinr", "dl_rate", "ul_rate",
     "probability", "availability", "access", "best_server"});

bool comes_first(const LayerFile& file) {
  return std::ranges::find(kFirst, file.layer) != kFirst.end();
}

/// The step that a reader needs to see, by unit. Heights finer than they are read, for shading.
double step_of(const std::string& unit) {
  if (unit == "1") return 0.01;
  if (unit == "m") return 0.2;
  return 0.1;
}

struct Codes {
  std::vector<std::int16_t> codes;
  NumberScale scale;
  double low = 0.0, high = 0.0;
  bool any = false;
};

Codes codes_of(std::span<const float> values, bool categorised, const std::string& unit) {
  Codes coded;
  coded.low = std::numeric_limits<double>::infinity();
  coded.high = -coded.low;
  for (const float value : values) {
    if (!std::isfinite(value)) continue;
    coded.low = std::min(coded.low, static_cast<double>(value));
    coded.high = std::max(coded.high, static_cast<double>(value));
  }
  coded.any = coded.low <= coded.high;
  if (!coded.any) coded.low = coded.high = 0.0;
  coded.scale = number_scale(coded.low, coded.high, categorised ? 1.0 : step_of(unit));
  coded.codes = encode_numbers(values, coded.scale);
  return coded;
}

/// Packed size, estimated from strips of rows.
std::size_t estimated_size(const geodata::RasterLayer& layer) {
  constexpr int kStrip = 32;
  constexpr int kEvery = 8 * kStrip;
  const auto columns = static_cast<std::size_t>(layer.grid.columns);
  std::size_t size = 0;
  std::size_t rows_seen = 0;
  for (int row = 0; row < layer.grid.rows; row += kEvery) {
    const auto rows = static_cast<std::size_t>(std::min(kStrip, layer.grid.rows - row));
    const auto strip =
        std::span(layer.values).subspan(static_cast<std::size_t>(row) * columns, rows * columns);
    size +=
        pack_codes(codes_of(strip, layer.categorised, layer.info.unit).codes, layer.grid.columns)
            .size();
    rows_seen += rows;
  }
  return static_cast<std::size_t>(static_cast<double>(size) * layer.grid.rows /
                                  static_cast<double>(rows_seen));
}

int thinning_to(std::size_t wanted, std::size_t have) {
  return have <= wanted ? 1
                        : static_cast<int>(std::ceil(
                              std::sqrt(static_cast<double>(have) / static_cast<double>(wanted))));
}

ordered_json categories_json(const geodata::RasterLayer& layer) {
  ordered_json categories = ordered_json::array();
  for (const geodata::Category& one : layer.categories) {
    categories.push_back(
        {{"code", one.value},
         {"name", one.name},
         {"rgb", fmt::format("#{:02x}{:02x}{:02x}", one.rgba[0], one.rgba[1], one.rgba[2])},
         {"opaque", one.rgba[3] != 0}});
  }
  return categories;
}

}  // namespace

std::vector<LayerFile> find_layers(const std::filesystem::path& directory, const ordered_json& run,
                                   const std::string& variant) {
  std::vector<std::string> terminals;
  if (run.contains("service") && run["service"].is_object()) {
    for (const ordered_json& terminal : run["service"].value("terminals", ordered_json::array())) {
      terminals.push_back(terminal.value("id", ""));
    }
  }
  std::vector<LayerFile> layers;
  for (const ordered_json& name : run.value("files", ordered_json::array())) {
    if (!name.is_string()) continue;
    const std::filesystem::path file = name.get<std::string>();
    if (file.extension() != ".tif" || file.has_parent_path()) continue;
    LayerFile one{directory / file, variant, "", file.stem().string()};
    // Availability has its name first.
    constexpr std::string_view kAvailability = "availability-";
    const std::string stem = file.stem().string();
    const std::string after =
        stem.starts_with(kAvailability) ? stem.substr(kAvailability.size()) : "";
    if (std::ranges::find(terminals, after) != terminals.end()) {
      one.terminal = after;
      one.layer = "availability";
      layers.push_back(std::move(one));
      continue;
    }
    // The longest id that fits: "ship" and "ship-bridge" may both be terminals.
    for (const std::string& terminal : terminals) {
      if (stem.starts_with(terminal + "-") && terminal.size() > one.terminal.size()) {
        one.terminal = terminal;
        one.layer = stem.substr(terminal.size() + 1);
      }
    }
    layers.push_back(std::move(one));
  }
  std::ranges::stable_sort(layers, {}, [&](const LayerFile& one) {
    const auto terminal = std::ranges::find(terminals, one.terminal) - terminals.begin();
    const auto layer = std::ranges::find(kFirst, one.layer) - kFirst.begin();
    return std::pair(terminal, layer);
  });
  return layers;
}

LayerPacker::LayerPacker(std::vector<LayerFile> files, const ReportLimits& limits)
    : files_(std::move(files)), limits_(limits) {}

int LayerPacker::choose_thinning() {
  std::vector<std::size_t> sizes;
  std::size_t all = 0;
  std::size_t first = 0;
  for (const LayerFile& file : files_) {
    const geodata::RasterLayer layer = geodata::read_layer(file.file);
    sizes.push_back(estimated_size(layer));
    all += sizes.back();
    if (comes_first(file)) first += sizes.back();
  }
  if (all <= limits_.packed_bytes) return 1;
  // Rather the layers that count at full sharpness than all of them blurred.
  std::vector<LayerFile> kept;
  std::size_t packed = first;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    if (!comes_first(files_[i])) {
      if (packed + sizes[i] > limits_.packed_bytes) {
        leave_out(files_[i]);
        continue;
      }
      packed += sizes[i];
    }
    kept.push_back(files_[i]);
  }
  files_ = std::move(kept);
  return thinning_to(limits_.packed_bytes, packed);
}

void LayerPacker::leave_out(const LayerFile& file) {
  const std::string name = file.file.filename().string();
  left_out_.push_back(file.variant.empty() ? name : file.variant + "/" + name);
}

ordered_json LayerPacker::descriptions(std::vector<ReportBlob>& blobs) {
  const int by_size = choose_thinning();
  ordered_json all = ordered_json::array();
  for (const LayerFile& file : files_) {
    geodata::RasterLayer layer = geodata::read_layer(file.file);
    if (!projection_) projection_ = layer.projection;
    const Grid& grid = layer.grid;
    const int each =
        std::max(layer.categorised ? 1 : by_size, thinning_to(limits_.layer_pixels, grid.size()));
    const int columns = thinned_side(grid.columns, each);
    const int rows = thinned_side(grid.rows, each);
    if (columns < 1 || rows < 1) continue;
    if (each > 1) layer.values = thinned(layer.values, grid.columns, grid.rows, each);
    const Codes coded = codes_of(layer.values, layer.categorised, layer.info.unit);
    if (layer.categorised && (coded.scale.scale != 1.0 || coded.scale.offset != 0.0)) {
      leave_out(file);  // more categories than codes
      continue;
    }
    const std::string blob = fmt::format("layer-{}", blobs.size());
    ordered_json one = {{"variant", file.variant},
                        {"terminal", file.terminal},
                        {"layer", file.layer},
                        {"file", file.file.filename().string()},
                        {"description", layer.info.description},
                        {"unit", layer.info.unit},
                        {"crs", layer.projection.name()},
                        {"left_m", grid.top_left.x_m},
                        {"top_m", grid.top_left.y_m},
                        {"pixel_m", grid.pixel_size_m},
                        {"columns", columns},
                        {"rows", rows},
                        {"each", each},
                        {"scale", coded.scale.scale},
                        {"offset", coded.scale.offset},
                        {"blob", blob}};
    if (coded.any) {
      one["low"] = coded.low;
      one["high"] = coded.high;
    }
    if (layer.categorised) one["categories"] = categories_json(layer);
    all.push_back(std::move(one));
    blobs.push_back({blob, pack_codes(coded.codes, columns)});
  }
  return all;
}

}  // namespace yonder::scenarios
