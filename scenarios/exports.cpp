#include "scenarios/exports.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geodata/class_picture.h"
#include "geodata/class_polygons.h"
#include "geodata/kmz_output.h"
#include "geodata/pixel_table.h"
#include "scenarios/csv_table.h"
#include "scenarios/export_legend.h"
#include "scenarios/map_files.h"
#include "scenarios/nr_plan.h"
#include "scenarios/output_tasks.h"
#include "scenarios/picture_ground.h"
#include "scenarios/plan.h"
#include "scenarios/scenario_variants.h"
#include "scenarios/service_files.h"

namespace yonder::scenarios {
namespace {

using geodata::Fields;
using geodata::ValueClass;
using geodata::ValueClasses;

constexpr double kNull = std::numeric_limits<double>::quiet_NaN();
/// Ground overlays lie on an image of the earth that is to be seen below them.
constexpr std::uint8_t kOverlayAlpha = 184;

std::string both(const Label& label) {
  return label.zh.empty() || label.zh == label.en ? label.en : label.en + " " + label.zh;
}

std::string yes_no(bool yes) { return yes ? "yes" : "no"; }

/// A raster as classes, with what a reader is told of each.
struct ClassMap {
  std::string name;   ///< of its files: "rsrp"
  std::string title;  ///< "SS-RSRP"
  std::filesystem::path raster;
  std::vector<ValueClass> classes;
  std::vector<LegendRow> legend;
  std::string note;

  ValueClasses with_alpha(std::uint8_t alpha) const {
    std::vector<ValueClass> shown = classes;
    for (ValueClass& one : shown) one.rgba[3] = std::min(one.rgba[3], alpha);
    return ValueClasses(std::move(shown));
  }
  void add(const ValueClass& one, std::string text) {
    classes.push_back(one);
    legend.push_back({one.rgba, std::move(text)});
  }
};

/// The thresholds that bound a class, strongest first: of equal ones the first.
std::vector<Threshold> distinct_thresholds(const Scenario& scenario) {
  std::vector<Threshold> thresholds;
  for (const Threshold& one : scenario.thresholds) {
    if (thresholds.empty() || one.rsrp_dbm < thresholds.back().rsrp_dbm) thresholds.push_back(one);
  }
  return thresholds;
}

/// As the KPIs compare: with the threshold as a value of the layer.
double bound(const Threshold& threshold) {
  return static_cast<double>(static_cast<float>(threshold.rsrp_dbm));
}

class Exports {
 public:
  Exports(const Scenario& scenario, const ExportSource& source, const StagedOutput& output,
          const RunControl& control)
      : scenario_(scenario),
        source_(source),
        output_(output),
        control_(control),
        thresholds_(distinct_thresholds(scenario)) {
    add_level_map();
    if (scenario.outputs.best_server) add_server_map();
    add_service_maps();
  }

  void write() {
    const ExportConfig& exports = scenario_.outputs.exports;
    OutputTasks tasks;
    if (exports.png) {
      for (const ClassMap& map : maps_) {
        tasks.add([&] {
          geodata::write_class_png(output_.path(map.name + "-map.png"), map.raster,
                                   ValueClasses(map.classes), control_.stop);
        });
      }
    }
    if (exports.kmz) tasks.add([&] { write_kmz(); });
    if (exports.contours) tasks.add([&] { write_contours(); });
    if (exports.footprints) tasks.add([&] { write_footprints(); });
    if (exports.pixels_csv) tasks.add([&] { write_pixels(); });
    tasks.run(control_);
  }

 private:
  void add_level_map() {
    ClassMap map{.name = "rsrp", .title = "SS-RSRP", .raster = source_.layer("rsrp")};
    const std::vector<Rgb> colours = class_colours(thresholds_.size());
    for (std::size_t i = 0; i < thresholds_.size(); ++i) {
      const auto byte = [](double part) {
        return static_cast<std::uint8_t>(std::lround(255.0 * part));
      };
      ValueClass one{.from = bound(thresholds_[i])};
      if (i > 0) one.below = bound(thresholds_[i - 1]);
      one.rgba = {byte(colours[i].r), byte(colours[i].g), byte(colours[i].b), 255};
      map.add(one,
              fmt::format("≥ {:g} dBm  {}", thresholds_[i].rsrp_dbm, both(thresholds_[i].name)));
    }
    maps_.push_back(std::move(map));
  }

  void add_server_map() {
    ClassMap map{.name = "best_server",
                 .title = "Best server 最强小区",
                 .raster = source_.layer("best_server")};
    int number = 0;
    for (const CellRef& ref : all_cells(scenario_)) {
      ++number;
      map.add({static_cast<double>(number), number + 1.0, category_colour(number)}, ref.cell->id);
    }
    constexpr std::size_t kRoom = 24;
    if (map.legend.size() > kRoom) {
      map.note = fmt::format("{} cells, one colour each", map.legend.size());
      map.legend.clear();
    }
    maps_.push_back(std::move(map));
  }

  void add_service_maps() {
    const auto& layers = scenario_.service.layers;
    if (std::ranges::find(layers, "class") == layers.end()) return;
    for (const TerminalConfig& terminal : scenario_.terminals) {
      ClassMap map{.name = terminal.id + "-class",
                   .title = both(terminal_name(terminal)),
                   .raster = source_.layer(terminal.id + "-class")};
      const std::vector<geodata::Category> categories = service_class_categories();
      for (auto one = categories.rbegin(); one != categories.rend(); ++one) {
        if (one->value == 0) continue;  // nodata
        map.add({static_cast<double>(one->value), one->value + 1.0, one->rgba}, one->name);
      }
      maps_.push_back(std::move(map));
    }
  }

  std::string about() const {
    std::string text = "Yonder";
    if (!source_.model.empty()) text += ", " + source_.model;
    if (source_.synthetic_terrain) text += ". Made on synthetic terrain, 合成地形";
    return text;
  }

  void write_kmz() const {
    geodata::KmzSpec spec{.name = both(full_title(scenario_)), .description = about()};
    for (const ClassMap& map : maps_) {
      std::string note = map.note;
      if (source_.synthetic_terrain)
        note += std::string(note.empty() ? "" : "\n") + "synthetic terrain 合成地形";
      spec.layers.push_back({map.title, map.raster, map.with_alpha(kOverlayAlpha),
                             legend_png(map.title, map.legend, note)});
    }
    spec.places_name = "Sites 站点";
    spec.place_icon_png = site_icon_png();
    for (const SiteConfig& site : scenario_.sites) {
      std::string cells;
      for (const CellConfig& cell : site.cells) {
        cells += fmt::format("{}{}: {:g} m, azimuth {:g}°, {:g} dBm", cells.empty() ? "" : "\n",
                             cell.id, cell.height_agl_m, cell.azimuth_deg, cell.total_power_dbm);
      }
      spec.places.push_back({site.position, both(site.name), cells});
    }
    geodata::write_kmz(output_.path("coverage.kmz"), spec, control_.stop);
  }

  std::vector<std::filesystem::path> vector_files(const std::string& name) const {
    std::vector<std::filesystem::path> files;
    if (scenario_.outputs.exports.gpkg) files.push_back(output_.path(name + ".gpkg"));
    if (scenario_.outputs.exports.flatgeobuf) files.push_back(output_.path(name + ".fgb"));
    return files;
  }

  void write_contours() const {
    geodata::PolygonSpec spec{
        .layer = "rsrp_classes", .classes = ValueClasses(maps_.front().classes), .fields = {}};
    for (std::size_t i = 0; i < thresholds_.size(); ++i) {
      const Threshold& one = thresholds_[i];
      spec.fields.push_back({{"class", one.id},
                             {"name", one.name.en},
                             {"name_zh", one.name.zh},
                             {"rsrp_from_dbm", one.rsrp_dbm},
                             {"rsrp_below_dbm", i == 0 ? kNull : thresholds_[i - 1].rsrp_dbm},
                             {"synthetic_terrain", yes_no(source_.synthetic_terrain)}});
    }
    geodata::write_class_areas(vector_files("contours"), source_.layer("rsrp"), spec,
                               control_.stop);
  }

  void write_footprints() const {
    const ClassMap& servers = maps_[1];
    geodata::PolygonSpec spec{
        .layer = "footprints", .classes = ValueClasses(servers.classes), .fields = {}};
    std::int64_t number = 0;
    for (const CellRef& ref : all_cells(scenario_)) {
      const Carrier& carrier = scenario_.carriers[static_cast<std::size_t>(ref.cell->carrier)];
      spec.fields.push_back({{"best_server", ++number},
                             {"cell_id", ref.cell->id},
                             {"site_id", ref.site->id},
                             {"site_name", ref.site->name.en},
                             {"site_name_zh", ref.site->name.zh},
                             {"carrier", carrier.id},
                             {"synthetic_terrain", yes_no(source_.synthetic_terrain)}});
    }
    std::optional<geodata::FootprintLevels> levels;
    if (scenario_.outputs.rsrp) {
      levels.emplace(geodata::FootprintLevels{source_.layer("rsrp"), {}});
      for (const Threshold& one : thresholds_)
        levels->levels.push_back({"km2_" + one.id, bound(one)});
    }
    geodata::write_class_footprints(vector_files("footprints"), servers.raster, spec, levels,
                                    control_.stop);
  }

  void write_pixels() const {
    std::vector<geodata::PixelColumn> columns;
    columns.push_back({.name = "rsrp_dbm",
                       .raster = source_.layer("rsrp"),
                       .decimals = 2,
                       .classes = std::nullopt,
                       .words = {}});
    const auto add_words = [&](std::string name, const ClassMap& map,
                               const std::vector<std::string>& words) {
      geodata::PixelColumn column{.name = std::move(name),
                                  .raster = map.raster,
                                  .decimals = 0,
                                  .classes = ValueClasses(map.classes),
                                  .words = {}};
      for (const std::string& word : words) column.words.push_back(csv_field(word));
      columns.push_back(std::move(column));
    };
    std::vector<std::string> words;
    for (const Threshold& one : thresholds_) words.push_back(one.id);
    add_words("rsrp_class", maps_.front(), words);
    for (std::size_t i = 1; i < maps_.size(); ++i) {
      words.clear();
      if (maps_[i].name == "best_server") {
        columns.push_back({.name = "best_server",
                           .raster = maps_[i].raster,
                           .decimals = 0,
                           .classes = std::nullopt,
                           .words = {}});
        for (const CellRef& ref : all_cells(scenario_)) words.push_back(ref.cell->id);
        add_words("cell_id", maps_[i], words);
        continue;
      }
      for (const ValueClass& one : maps_[i].classes) {
        words.emplace_back(
            nr::service_class_names(static_cast<nr::ServiceClass>(static_cast<int>(one.from))).en);
      }
      add_words(csv_field(maps_[i].name), maps_[i], words);
    }
    geodata::write_pixel_table(output_.path("pixels.csv"), columns, control_.stop);
  }

  const Scenario& scenario_;
  const ExportSource& source_;
  const StagedOutput& output_;
  const RunControl& control_;
  std::vector<Threshold> thresholds_;
  std::vector<ClassMap> maps_;  ///< levels, then best servers where they were written, then service
};

}  // namespace

void write_exports(const Scenario& scenario, const ExportSource& source, const StagedOutput& output,
                   const RunControl& control) {
  if (!scenario.outputs.exports.any()) return;
  Exports(scenario, source, output, control).write();
}

}  // namespace yonder::scenarios
