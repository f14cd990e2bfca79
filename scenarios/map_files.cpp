#include "scenarios/map_files.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "core/units.h"
#include "geodata/raster_output.h"
#include "geodata/vector_output.h"
#include "scenarios/coverage_picture.h"
#include "scenarios/csv_table.h"
#include "scenarios/output_tasks.h"
#include "scenarios/scenario_variants.h"
#include "scenarios/service_files.h"

namespace yonder::scenarios {
namespace {

std::vector<geodata::Category> status_categories(const CoverageKpis& kpis, const ModelInfo& model) {
  std::vector<geodata::Category> categories;
  for (const auto& [status, pixels] : kpis.status_pixels) {
    std::array<std::uint8_t, 4> colour = {200, 60, 60, 255};  // refused by the model
    switch (status) {
      case pixel_status::kBeyondRadius:
        colour = {0, 0, 0, 0};
        break;
      case pixel_status::kOk:
        colour = {90, 170, 90, 255};
        break;
      case pixel_status::kShortRange:
        colour = {150, 210, 120, 255};
        break;
      case pixel_status::kIncomplete:
        colour = {230, 190, 60, 255};
        break;
      case pixel_status::kNoTerrainData:
        colour = {130, 130, 130, 255};
        break;
      default:
        break;
    }
    categories.push_back({status, status_text(status, model), colour});
  }
  return categories;
}

std::vector<geodata::Category> member_categories(const ModelInfo& model) {
  std::vector<geodata::Category> categories = {{0, "none", {0, 0, 0, 0}}};
  for (const ModelMember& member : model.members) {
    const int code = static_cast<int>(categories.size());
    categories.push_back({code, std::string(member.id), category_colour(code)});
  }
  return categories;
}

}  // namespace

std::vector<geodata::Category> cell_categories(const Scenario& scenario) {
  std::vector<geodata::Category> categories = {{0, "none", {0, 0, 0, 0}}};
  int number = 0;
  for (const CellRef& ref : all_cells(scenario)) {
    ++number;
    categories.push_back({number, ref.cell->id, category_colour(number)});
  }
  return categories;
}

std::string cell_table(const Scenario& scenario, bool synthetic_terrain) {
  std::string text =
      "best_server,cell_id,site_id,site_name,site_name_zh,carrier,synthetic_terrain\n";
  int number = 0;
  for (const CellRef& ref : all_cells(scenario)) {
    const Carrier& carrier = scenario.carriers[static_cast<std::size_t>(ref.cell->carrier)];
    text += fmt::format("{},{},{},{},{},{},{}\n", ++number, csv_field(ref.cell->id),
                        csv_field(ref.site->id), csv_field(ref.site->name.en),
                        csv_field(ref.site->name.zh), csv_field(carrier.id),
                        synthetic_terrain ? "yes" : "no");
  }
  return text;
}

void write_sites(const Scenario& scenario, const std::vector<double>& ground_amsl_m, bool synthetic,
                 const StagedOutput& output) {
  geodata::PointLayer sites{"sites", {}};
  geodata::PointLayer cells{"cells", {}};
  for (std::size_t i = 0; i < scenario.sites.size(); ++i) {
    const SiteConfig& site = scenario.sites[i];
    sites.features.push_back({site.position,
                              {{"site_id", site.id},
                               {"name", site.name.en},
                               {"name_zh", site.name.zh},
                               {"ground_amsl_m", ground_amsl_m[i]},
                               {"synthetic_terrain", synthetic ? "yes" : "no"},
                               {"cells", static_cast<std::int64_t>(site.cells.size())}}});
  }
  std::int64_t number = 0;
  for (const CellRef& ref : all_cells(scenario)) {
    const CellConfig& cell = *ref.cell;
    const Carrier& carrier = scenario.carriers[static_cast<std::size_t>(cell.carrier)];
    const AntennaConfig& antenna = scenario.antennas[static_cast<std::size_t>(cell.antenna)];
    cells.features.push_back({ref.site->position,
                              {{"best_server", ++number},
                               {"cell_id", cell.id},
                               {"site_id", ref.site->id},
                               {"carrier", carrier.id},
                               {"frequency_mhz", hz_to_mhz(carrier.frequency_hz)},
                               {"antenna", antenna.id},
                               {"height_agl_m", cell.height_agl_m},
                               {"azimuth_deg", cell.azimuth_deg},
                               {"mechanical_tilt_deg", cell.mechanical_tilt_deg},
                               {"electrical_tilt_deg", cell.electrical_tilt_deg},
                               {"power_dbm", cell.total_power_dbm},
                               {"feeder_loss_db", cell.feeder_loss_db}}});
  }
  geodata::write_gpkg(output.path("sites.gpkg"), {sites, cells});
}

namespace {

/// Bands, model and the percentages that a loss is not to be quoted without.
std::string subtitle(const Scenario& scenario, const ModelInfo& model) {
  std::string text;
  for (const Carrier& carrier : scenario.carriers) {
    text += fmt::format(", {} {:g} MHz", carrier.id, hz_to_mhz(carrier.frequency_hz));
  }
  text += fmt::format(", {}", model.source);
  const ParameterReader parameters(model, scenario.propagation.parameters);
  for (const ParameterSpec& spec : model.parameters) {
    if (spec.name == "time_percent") {
      text += fmt::format(", {:g} % of time", parameters.number(spec.name));
    } else if (spec.name == "location_percent") {
      text += fmt::format(", {:g} % of locations", parameters.number(spec.name));
    }
  }
  return text + fmt::format(", pixel {:g} m", scenario.area.pixel_m);
}

std::string picture_label(const SiteConfig& site) {
  if (site.name.zh.empty() || site.name.zh == site.name.en) return site.name.en;
  return site.name.en + " " + site.name.zh;
}

void write_picture(const Scenario& scenario, const Plan& plan, const Coverage& coverage,
                   const geodata::Projection& projection, const StagedOutput& output) {
  PictureBase base = picture_base(scenario, plan, projection);
  CoveragePicture& picture = base.picture;
  picture.subtitle = "SS-RSRP" + picture.subtitle +
                     fmt::format(", receiver {:g} m above ground", scenario.receiver.height_agl_m);
  picture.rsrp_dbm = coverage.map.rsrp_dbm;
  for (std::size_t i = 0; i < scenario.thresholds.size(); ++i) {
    picture.classes.push_back({scenario.thresholds[i].name, scenario.thresholds[i].rsrp_dbm,
                               coverage.kpis.thresholds[i].all.share()});
  }
  write_coverage_picture(picture, output.path("coverage.png"));
}

/// Who would serve where the best server fails, and how far below it: where the margin is small,
/// cells overlap.
void write_second_servers(const Scenario& scenario, const Plan& plan, const ServerStack& servers,
                          const std::vector<geodata::Category>& categories,
                          const StagedOutput& output, OutputTasks& tasks) {
  const Grid grid = plan.terrain().grid.crop(plan.analysis.area);
  if (scenario.outputs.second_server) {
    std::vector<std::uint16_t> second(servers.window().size(), 0);
    for (std::size_t i = 0; i < second.size(); ++i) {
      const auto ranked = servers.at(i);
      if (ranked.size() > 1) second[i] = ranked[1].cell;
    }
    tasks.add([&, grid, second = std::move(second)] {
      geodata::write_cog(
          output.path("second_server.tif"), grid, plan.analysis.projection, second,
          layer_info(scenario, plan, "second strongest cell, see best_server.csv", ""), categories,
          0);
    });
  }
  if (scenario.outputs.server_margin) {
    std::vector<float> margin_db(servers.window().size(), std::numeric_limits<float>::quiet_NaN());
    for (std::size_t i = 0; i < margin_db.size(); ++i) {
      const auto ranked = servers.at(i);
      if (ranked.size() > 1) margin_db[i] = ranked[0].rsrp_dbm - ranked[1].rsrp_dbm;
    }
    tasks.add([&, grid, margin_db = std::move(margin_db)] {
      geodata::write_cog(output.path("server_margin.tif"), grid, plan.analysis.projection,
                         margin_db,
                         layer_info(scenario, plan, "best server over the second strongest", "dB"));
    });
  }
}

}  // namespace

std::array<std::uint8_t, 4> category_colour(int index) {
  const double hue = std::fmod(index * 137.50776405, 360.0) / 60.0;
  const double x = 1.0 - std::abs(std::fmod(hue, 2.0) - 1.0);
  constexpr std::array<std::array<int, 3>, 6> kOrder = {
      {{2, 1, 0}, {1, 2, 0}, {0, 2, 1}, {0, 1, 2}, {1, 0, 2}, {2, 0, 1}}};
  const auto& order = kOrder[static_cast<std::size_t>(hue) % 6];
  const double level[3] = {0.35, 0.35 + 0.5 * x, 0.85};
  const auto byte = [&](int i) { return static_cast<std::uint8_t>(std::lround(255 * level[i])); };
  return {byte(order[0]), byte(order[1]), byte(order[2]), 255};
}

geodata::LayerInfo layer_info(const Scenario& scenario, const Plan& plan, std::string description,
                              std::string unit) {
  geodata::LayerInfo info{std::move(description), std::move(unit), {}};
  info.metadata["YONDER_SCENARIO"] = scenario.id;
  if (const VariantConfig* variant = scenario.chosen_variant()) {
    info.metadata["YONDER_VARIANT"] = variant->id;
  }
  info.metadata["YONDER_MODEL"] = std::string(plan.model->info().source);
  if (plan.loaded.synthetic) {
    info.metadata["YONDER_SYNTHETIC"] = "made on synthetic terrain, 合成地形";
  }
  return info;
}

PictureBase picture_base(const Scenario& scenario, const Plan& plan,
                         const geodata::Projection& projection) {
  const Terrain& terrain = plan.terrain();
  const PixelWindow& area = plan.analysis.area;
  // The picture wants the area alone; the terrain has a margin around it.
  PictureBase base;
  base.ground_amsl_m.resize(area.size());
  base.zone.resize(area.size());
  for (int row = 0; row < area.rows; ++row) {
    for (int column = 0; column < area.columns; ++column) {
      const Pixel pixel{area.column + column, area.row + row};
      base.ground_amsl_m[area.index(pixel)] = terrain.ground_amsl_m[terrain.grid.index(pixel)];
      base.zone[area.index(pixel)] = terrain.zone[terrain.grid.index(pixel)];
    }
  }
  CoveragePicture& picture = base.picture;
  picture.grid = terrain.grid.crop(area);
  picture.ground_amsl_m = base.ground_amsl_m;
  picture.zone = base.zone;
  for (const SiteConfig& site : scenario.sites) {
    picture.sites.push_back({projection.to_map(site.position), picture_label(site), site.id});
  }
  picture.title = full_title(scenario);
  picture.subtitle = subtitle(scenario, plan.model->info());
  picture.synthetic_terrain = plan.loaded.synthetic;
  picture.to_lonlat = [&](MapPoint point) { return projection.to_lonlat(point); };
  return base;
}

void write_map_files(const Scenario& scenario, const Plan& plan, const Coverage& coverage,
                     const StagedOutput& output, const RunControl& control, CellNames names) {
  const Grid grid = plan.terrain().grid.crop(plan.analysis.area);
  const geodata::Projection& projection = plan.analysis.projection;
  const CoverageMap& map = coverage.map;
  OutputTasks tasks;
  if (scenario.outputs.rsrp) {
    tasks.add([&] {
      geodata::write_cog(output.path("rsrp.tif"), grid, projection, map.rsrp_dbm,
                         layer_info(scenario, plan, "SS-RSRP of the best server", "dBm"));
    });
  }
  std::vector<geodata::Category> categories;
  if (names == CellNames::in_layers) categories = cell_categories(scenario);
  if (scenario.outputs.best_server) {
    tasks.add([&] {
      geodata::write_cog(output.path("best_server.tif"), grid, projection, map.best_cell,
                         layer_info(scenario, plan, "best server, see best_server.csv", ""),
                         categories, 0);
    });
  }
  if (scenario.outputs.best_server || scenario.outputs.second_server) {
    output.write_text("best_server.csv", cell_table(scenario, plan.loaded.synthetic));
  }
  write_second_servers(scenario, plan, map.servers, categories, output, tasks);
  const ModelInfo& model = plan.model->info();
  if (scenario.outputs.status) {
    tasks.add([&] {
      geodata::write_cog(output.path("status.tif"), grid, projection, map.status,
                         layer_info(scenario, plan, "status of the calculation", ""),
                         status_categories(coverage.kpis, model), -1);
    });
  }
  if (scenario.outputs.served_by_model && !model.members.empty()) {
    tasks.add([&] {
      // Where no cell was added, as in a tile that none reaches, nothing served.
      const std::vector<std::uint8_t> none(map.served_by.empty() ? map.window.size() : 0);
      geodata::write_cog(output.path("served_by_model.tif"), grid, projection,
                         map.served_by.empty() ? none : map.served_by,
                         layer_info(scenario, plan, "model that gave the best server's loss", ""),
                         member_categories(model), 0);
    });
  }
  add_service_files(scenario, plan, coverage, output, tasks);
  if (scenario.outputs.picture) {
    // A projection serves one thread.
    tasks.add([&, own = geodata::Projection(projection)] {
      write_picture(scenario, plan, coverage, own, output);
    });
  }
  if (scenario.outputs.sites) {
    std::vector<double> ground_amsl_m;
    for (const SiteConfig& site : scenario.sites) {
      ground_amsl_m.push_back(plan.terrain().ground_at(projection.to_map(site.position)));
    }
    write_sites(scenario, ground_amsl_m, plan.loaded.synthetic, output);
  }
  tasks.run(control);
}

}  // namespace yonder::scenarios
