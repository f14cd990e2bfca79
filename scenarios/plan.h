#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/coverage.h"
#include "geodata/terrain_loader.h"
#include "scenarios/analysis_grid.h"
#include "scenarios/scenario.h"

namespace yonder::scenarios {

/// Cells of one site, height and frequencies: one path-loss field serves them all.
struct CellGroup {
  FieldSpec spec;
  CoSitedCells cells;
  double uplink_frequency_hz = 0.0;  ///< 0: unknown
  bool mapped = true;                ///< its cells are on the map of SS-RSRP: is_mapped()
};

/// A scenario brought onto terrain: all that the engine needs. What `yonder run` and `yonder link`
/// share.
struct Plan {
  AnalysisGrid analysis;
  geodata::LoadedTerrain loaded;
  std::unique_ptr<PathLossModel> model;
  std::vector<CellGroup> groups;

  const Terrain& terrain() const { return loaded.terrain; }
};

/// Terrain handed from one run to the next: of `request`, where `loaded` has been put back.
struct TerrainReuse {
  std::optional<geodata::TerrainRequest> request;
  geodata::LoadedTerrain loaded;
};

/// One cell of a scenario with its site.
struct CellRef {
  const SiteConfig* site = nullptr;
  const CellConfig* cell = nullptr;
};

/// All cells in the order of the scenario; a cell's number is its index here plus one.
std::vector<CellRef> all_cells(const Scenario& scenario);

/// Loads the terrain and places the sites. Throws ScenarioErrors (site on ground without terrain
/// data, antenna that cannot be mounted, ...) and geodata::GeodataError.
/// Where `reuse` holds the terrain that this scenario wants, it is taken out of there.
Plan make_plan(const Scenario& scenario, TerrainReuse* reuse = nullptr);
/// The same on a grid laid elsewhere.
Plan make_plan(const Scenario& scenario, AnalysisGrid analysis, TerrainReuse* reuse = nullptr);

/// The groups alone, with ground heights and distortion still unset where terrain is not loaded:
/// for estimates.
std::vector<CellGroup> group_cells(const Scenario& scenario, const AnalysisGrid& analysis);

std::unique_ptr<PathLossModel> make_model(const Scenario& scenario);

}  // namespace yonder::scenarios
