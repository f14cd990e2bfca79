#include "scenarios/batch/batch_tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/contracts.h"
#include "scenarios/csv_table.h"

namespace yonder::scenarios {
namespace {

struct Row {
  std::string kind, terminal, id, surface;
  std::size_t pixels = 0;
  std::size_t of_pixels = 0;
};

class Rows {
 public:
  void add(std::string_view kind, const std::string& terminal, const std::string& id,
           std::string_view surface, std::size_t pixels, std::size_t of) {
    rows.push_back({std::string(kind), terminal, id, std::string(surface), pixels, of});
  }
  void add(std::string_view kind, const std::string& terminal, const std::string& id,
           const SurfacePixels& pixels, const SurfacePixels& of) {
    add(kind, terminal, id, "all", pixels.all(), of.all());
    add(kind, terminal, id, "land", pixels.land, of.land);
    add(kind, terminal, id, "sea", pixels.sea, of.sea);
  }

  std::vector<Row> rows;
};

/// The same rows for every map of a scenario.
std::vector<Row> rows_of(const Scenario& scenario, const RunResult& result) {
  Rows rows;
  for (std::size_t i = 0; i < scenario.thresholds.size(); ++i) {
    const ThresholdKpi& kpi = result.kpis.thresholds[i];
    const std::string& id = scenario.thresholds[i].id;
    rows.add("rsrp", "", id, "all", kpi.all.covered, kpi.all.pixels);
    rows.add("rsrp", "", id, "land", kpi.land.covered, kpi.land.pixels);
    rows.add("rsrp", "", id, "sea", kpi.sea.covered, kpi.sea.pixels);
  }
  for (std::size_t t = 0; t < result.services.size(); ++t) {
    const ServiceKpis& kpis = result.services[t];
    for (int c = 0; c < nr::kServiceClasses; ++c) {
      rows.add("class", scenario.terminals[t].id,
               std::string(nr::service_class_names(static_cast<nr::ServiceClass>(c)).id),
               kpis.classes[static_cast<std::size_t>(c)], kpis.judged);
    }
  }
  for (std::size_t t = 0; t < result.availability.size(); ++t) {
    const AvailabilityKpis& kpis = result.availability[t];
    for (const AvailabilityKpis::Served& one : kpis.served) {
      rows.add("time_percent", scenario.terminals[t].id, fmt::format("{:g}", one.percent),
               one.pixels, kpis.judged);
    }
  }
  return rows.rows;
}

}  // namespace

std::string kpi_table(const Scenario& scenario, const RunResult& whole,
                      const std::vector<RunResult>& tiles) {
  const std::vector<Row> rows = rows_of(scenario, whole);
  std::vector<double> km2(rows.size(), 0.0);
  for (const RunResult& tile : tiles) {
    const std::vector<Row> part = rows_of(scenario, tile);
    YONDER_EXPECTS(part.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      km2[i] += static_cast<double>(part[i].pixels) * tile.pixel_area_km2;
    }
  }
  std::string text = "kind,terminal,id,surface,pixels,of_pixels,share,km2\n";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    const std::string share = row.of_pixels == 0
                                  ? std::string()
                                  : fmt::format("{:.6f}", static_cast<double>(row.pixels) /
                                                              static_cast<double>(row.of_pixels));
    text += fmt::format("{},{},{},{},{},{},{},{:.3f}\n", row.kind, csv_field(row.terminal),
                        csv_field(row.id), row.surface, row.pixels, row.of_pixels, share, km2[i]);
  }
  return text;
}

std::string tile_table(const TileGrid& grid, const std::vector<std::optional<TileRecord>>& records,
                       const std::vector<MissingTile>& missing) {
  std::string text =
      "tile,state,west_m,south_m,east_m,north_m,columns,rows,sites,cells,judged_pixels,"
      "covered_pixels,reason\n";
  for (std::size_t t = 0; t < grid.tiles.size(); ++t) {
    const Tile& tile = grid.tiles[t];
    const Grid pixels = grid.area.crop(tile.window);
    const auto [x, y] = pixels.top_left;
    std::string counts = ",,";
    if (records[t]) {
      const CoverageKpis& kpis = records[t]->kpis.coverage;
      counts = fmt::format("{},{},{}", records[t]->cells.size(), kpis.judged_pixels,
                           kpis.thresholds.back().all.covered);
    }
    const auto lost = std::ranges::find(missing, tile.id, &MissingTile::id);
    text += fmt::format(
        "{},{},{},{},{},{},{},{},{},{},{}\n", tile.id, records[t] ? "finished" : "missing", x,
        y - pixels.rows * pixels.pixel_size_m, x + pixels.columns * pixels.pixel_size_m, y,
        pixels.columns, pixels.rows, tile.sites.size(), counts,
        lost == missing.end() ? "" : csv_field(lost->reason));
  }
  return text;
}

}  // namespace yonder::scenarios
