#include "scenarios/plan.h"

#include <fmt/format.h>

#include <limits>
#include <tuple>
#include <utility>

#include "core/link_budget.h"
#include "core/units.h"
#include "propagation/models.h"
#include "propagation/with_additions.h"
#include "scenarios/nr_plan.h"

namespace yonder::scenarios {
namespace {

std::shared_ptr<const AntennaPattern> make_pattern(const AntennaConfig& antenna,
                                                   double electrical_tilt_rad) {
  if (const auto* omni = std::get_if<OmniConfig>(&antenna.pattern)) {
    return make_omni({omni->gain_dbi, deg_to_rad(omni->vertical_beamwidth_deg), omni->side_lobe_db,
                      electrical_tilt_rad});
  }
  if (const auto* sector = std::get_if<Sector3gppConfig>(&antenna.pattern)) {
    return make_sector_3gpp({sector->gain_dbi, deg_to_rad(sector->horizontal_beamwidth_deg),
                             deg_to_rad(sector->vertical_beamwidth_deg), sector->front_to_back_db,
                             sector->side_lobe_db, electrical_tilt_rad});
  }
  // A measured pattern holds its electrical tilt in its cuts.
  return make_tabulated(std::get<PatternFileConfig>(antenna.pattern).spec);
}

geodata::TerrainRequest terrain_request(const Scenario& scenario, const AnalysisGrid& analysis) {
  const TerrainConfig& terrain = scenario.terrain;
  geodata::TerrainRequest request{.projection = analysis.projection,
                                  .grid = analysis.grid,
                                  .sources = {},
                                  .land_polygons = terrain.land_polygons,
                                  .land_mask = terrain.land_mask,
                                  .assume_sea_level = terrain.assume_sea_level,
                                  .clutter = std::nullopt};
  for (const TerrainSource& source : terrain.sources) request.sources.push_back(source.files);
  if (terrain.clutter) {
    geodata::ClutterRequest clutter{terrain.clutter->file, {}};
    for (const auto& [value, one] : terrain.clutter->classes)
      clutter.height_m[value] = one.height_m;
    request.clutter = clutter;
  }
  return request;
}

/// Whether two requests ask for the same terrain on the same grid.
bool same_terrain(const geodata::TerrainRequest& a, const geodata::TerrainRequest& b) {
  const auto grid_of = [](const geodata::TerrainRequest& r) {
    return std::tuple(r.grid.top_left.x_m, r.grid.top_left.y_m, r.grid.pixel_size_m, r.grid.columns,
                      r.grid.rows);
  };
  const auto same_clutter = [&] {
    if (a.clutter.has_value() != b.clutter.has_value()) return false;
    return !a.clutter ||
           (a.clutter->file == b.clutter->file && a.clutter->height_m == b.clutter->height_m);
  };
  return a.projection.wkt() == b.projection.wkt() && grid_of(a) == grid_of(b) &&
         a.sources == b.sources && a.land_polygons == b.land_polygons &&
         a.land_mask == b.land_mask && a.assume_sea_level == b.assume_sea_level && same_clutter();
}

geodata::LoadedTerrain load_or_reuse(const geodata::TerrainRequest& request, TerrainReuse* reuse) {
  if (reuse == nullptr) return geodata::load_terrain(request);
  const bool same = reuse->request && same_terrain(*reuse->request, request) &&
                    !reuse->loaded.terrain.ground_amsl_m.empty();
  if (same) return std::exchange(reuse->loaded, {});
  reuse->loaded = {};  // the new one needs its room
  reuse->request = request;
  return geodata::load_terrain(request);
}

/// Fills in the ground under each antenna; a site without terrain data under it is the user's to
/// correct.
void stand_on_ground(const Scenario& scenario, const Terrain& terrain,
                     std::vector<CellGroup>& groups) {
  std::vector<ScenarioError> errors;
  const std::vector<CellRef> cells = all_cells(scenario);
  const SiteConfig* reported = nullptr;
  for (CellGroup& group : groups) {
    AntennaPosition& antenna = group.spec.antenna;
    antenna.ground_amsl_m = terrain.ground_at(antenna.position);
    const SiteConfig* site = cells[group.cells.numbers.front() - 1U].site;
    if (antenna.ground_amsl_m == antenna.ground_amsl_m || site == reported) continue;
    reported = site;
    errors.push_back({site->mark, "sites." + site->id,
                      fmt::format("stands at {:.5f}, {:.5f} where no terrain source has data",
                                  site->position.lon_deg, site->position.lat_deg),
                      "a position on terrain, or a further source under terrain.sources"});
  }
  if (!errors.empty()) throw ScenarioErrors(std::move(errors));
}

}  // namespace

std::vector<CellRef> all_cells(const Scenario& scenario) {
  std::vector<CellRef> cells;
  for (const SiteConfig& site : scenario.sites) {
    for (const CellConfig& cell : site.cells) cells.push_back({&site, &cell});
  }
  return cells;
}

std::vector<CellGroup> group_cells(const Scenario& scenario, const AnalysisGrid& analysis) {
  constexpr std::size_t kMaxCells = std::numeric_limits<std::uint16_t>::max();
  if (const std::size_t cells = all_cells(scenario).size(); cells > kMaxCells) {
    throw ScenarioErrors({{{scenario.file.string()},
                           "sites",
                           fmt::format("hold {} cells; one map can number {}", cells, kMaxCells),
                           "several scenarios, each with a part of the sites"}});
  }
  std::vector<bool> mapped;
  for (const CarrierConfig& carrier : scenario.carriers) {
    mapped.push_back(is_mapped(scenario, carrier));
  }
  std::vector<CellGroup> groups;
  std::uint16_t number = 0;
  for (const SiteConfig& site : scenario.sites) {
    const std::size_t first_of_site = groups.size();
    AntennaPosition position{.position = analysis.projection.to_map(site.position),
                             .lonlat = site.position,
                             .distortion = analysis.projection.distortion_at(site.position)};
    for (const CellConfig& cell : site.cells) {
      ++number;
      const CarrierConfig& carrier = scenario.carriers[static_cast<std::size_t>(cell.carrier)];
      CellGroup* group = nullptr;
      for (std::size_t i = first_of_site; i < groups.size(); ++i) {
        if (groups[i].spec.antenna.height_agl_m == cell.height_agl_m &&
            groups[i].spec.frequency_hz == carrier.frequency_hz &&
            groups[i].uplink_frequency_hz == carrier.uplink_frequency_hz) {
          group = &groups[i];
        }
      }
      if (group == nullptr) {
        position.height_agl_m = cell.height_agl_m;
        groups.push_back({{.antenna = position,
                           .frequency_hz = carrier.frequency_hz,
                           .polarization = scenario.propagation.polarization,
                           .receiver_height_agl_m = scenario.receiver.height_agl_m,
                           .radius_m = scenario.calculation.radius_m,
                           .free_space_at_short_range =
                               scenario.propagation.short_range == ShortRange::free_space},
                          {},
                          0.0});
        group = &groups.back();
        group->uplink_frequency_hz = carrier.uplink_frequency_hz;
        group->mapped = mapped[static_cast<std::size_t>(cell.carrier)];
      }
      const AntennaConfig& antenna = scenario.antennas[static_cast<std::size_t>(cell.antenna)];
      group->cells.cells.push_back(
          {.id = cell.id,
           .antenna =
               MountedAntenna(make_pattern(antenna, deg_to_rad(cell.electrical_tilt_deg)),
                              deg_to_rad(cell.azimuth_deg), deg_to_rad(cell.mechanical_tilt_deg)),
           .epre_dbm =
               epre_dbm(cell_radio(scenario, cell).total_power_dbm(), carrier.resource_blocks),
           .feeder_loss_db = cell.feeder_loss_db,
           .broadcast_offset_db = cell.radio.ssb_offset_db});
      group->cells.numbers.push_back(number);
    }
  }
  return groups;
}

std::unique_ptr<PathLossModel> make_model(const Scenario& scenario) {
  std::vector<propagation::AdditionChoice> additions;
  for (const AdditionConfig& one : scenario.propagation.additions) additions.push_back(one.choice);
  return propagation::make_with_additions(*propagation::find_model(scenario.propagation.model),
                                          scenario.propagation.parameters, additions,
                                          scenario.terrain.clutter.has_value());
}

Plan make_plan(const Scenario& scenario, TerrainReuse* reuse) {
  return make_plan(scenario, make_analysis_grid(scenario), reuse);
}

Plan make_plan(const Scenario& scenario, AnalysisGrid analysis, TerrainReuse* reuse) {
  geodata::LoadedTerrain loaded = load_or_reuse(terrain_request(scenario, analysis), reuse);
  std::vector<CellGroup> groups = group_cells(scenario, analysis);
  stand_on_ground(scenario, loaded.terrain, groups);
  return {std::move(analysis), std::move(loaded), make_model(scenario), std::move(groups)};
}

}  // namespace yonder::scenarios
