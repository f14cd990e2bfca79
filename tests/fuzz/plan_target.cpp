#include "scenarios/analysis_grid.h"
#include "scenarios/batch/batch_plan.h"
#include "scenarios/batch/tile_grid.h"
#include "scenarios/scenario_error.h"
#include "targets.h"

namespace yonder::fuzz {
namespace {

void write_neighbours() {
  static const bool kOnce = [] {
    input_file("map.yaml", R"(yonder: 1
id: dunes
area: {around_sites_km: 6, pixel_m: 200}
calculation: {radius_km: 6}
terrain: {sources: [terrain.tif]}
carriers: [{id: n28, frequency_mhz: 773, subcarrier_spacing_khz: 15, resource_blocks: 160}]
antennas: [{id: whip, type: omni, gain_dbi: 8}]
cell_defaults: {carrier: n28, antenna: whip, height_agl_m: 40, power_w: 40}
sites_csv: cells.csv
receiver: {height_agl_m: 1.5}
propagation: {model: free_space}
thresholds: [{id: good, rsrp_dbm: -105}]
)",
               false);
    input_file("cells.csv", "site_id,lon_deg,lat_deg,cell_id,azimuth_deg\nA,83.9,39.6,A-1,30\n",
               false);
    input_file("export.csv", "ENB,CELL,LON,LAT,H,AZ,VENDOR\nA,A-1,83.9,39.6,40,30,x\n", false);
    input_file("terrain.tif", "", false);
    return true;
  }();
  static_cast<void>(kOnce);
}

}  // namespace

void run_plan(std::string_view bytes) {
  write_neighbours();
  try {
    const scenarios::BatchPlan plan =
        scenarios::load_batch_plan(input_file("plan.yaml", bytes, true), {});
    demand(!plan.scenario.id.empty(), "a plan has a scenario");
    demand(plan.tile_px >= 16, "tiles have a size");
    demand(!plan.directory.empty(), "a plan has a folder");
    const Grid area = scenarios::plane_area(plan.scenario).grid;
    const double tiles = (static_cast<double>(area.columns) / plan.tile_px + 2) *
                         (static_cast<double>(area.rows) / plan.tile_px + 2);
    if (tiles > 1e5) return;  // a country's; its tiles fill the memory, not the reader
    const scenarios::TileGrid grid = scenarios::make_tile_grid(plan.scenario, plan.tile_px);
    std::size_t pixels = 0;
    for (const scenarios::Tile& tile : grid.tiles) {
      demand(tile.window.columns > 0 && tile.window.rows > 0, "a tile has pixels");
      demand(tile.window.column >= 0 && tile.window.row >= 0 &&
                 tile.window.column + tile.window.columns <= grid.area.columns &&
                 tile.window.row + tile.window.rows <= grid.area.rows,
             "a tile lies in the area");
      pixels += tile.window.size();
    }
    demand(pixels <= grid.area.size(), "tiles do not overlap");
  } catch (const scenarios::ScenarioErrors&) {
  }
}

}  // namespace yonder::fuzz
