#include "scenarios/compare_maps.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>

#include "geodata/error.h"
#include "geodata/raster_input.h"
#include "geodata/raster_output.h"
#include "scenarios/coverage_picture.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;
using geodata::RasterLayer;
using nlohmann::ordered_json;

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
constexpr float kEffective = 4.0F;  // nr::ServiceClass::effective, as layers hold it

/// How service at a pixel changed; codes of the class map.
enum class Change : std::uint8_t { unknown, lost, worse, same, better, gained, neither };

struct ChangeName {
  std::string_view en;
  std::string_view zh;
  std::uint32_t rgb;
};
constexpr std::array<ChangeName, 7> kChanges = {{{"not calculated", "未计算", 0xffffff},
                                                 {"service lost", "业务丢失", 0xb2182b},
                                                 {"class worse", "等级下降", 0xf4a582},
                                                 {"class the same", "等级不变", 0xe6e6e6},
                                                 {"class better", "等级提高", 0x92c5de},
                                                 {"service gained", "新增业务", 0x2166ac},
                                                 {"no service in either", "均无业务", 0x8c8c8c}}};

/// Lower ends of the classes of an SS-RSRP difference, and their colours: a diverging scale that
/// stays apart for colour-blind readers.
struct Step {
  double from_db;
  std::uint32_t rgb;
};
constexpr std::array<Step, 9> kSteps = {{{12.0, 0x053061},
                                         {6.0, 0x2166ac},
                                         {3.0, 0x4393c3},
                                         {1.0, 0x92c5de},
                                         {-1.0, 0xd9d9d9},
                                         {-3.0, 0xf4a582},
                                         {-6.0, 0xd6604d},
                                         {-12.0, 0xb2182b},
                                         {-1000.0, 0x67001f}}};

bool same_place(const RasterLayer& a, const RasterLayer& b) {
  const auto close = [](double x, double y) { return std::abs(x - y) < 1e-3; };
  return a.grid.columns == b.grid.columns && a.grid.rows == b.grid.rows &&
         close(a.grid.pixel_size_m, b.grid.pixel_size_m) &&
         close(a.grid.top_left.x_m, b.grid.top_left.x_m) &&
         close(a.grid.top_left.y_m, b.grid.top_left.y_m) &&
         a.projection.wkt() == b.projection.wkt();
}

std::string both(std::string_view en, std::string_view zh) {
  return zh.empty() || en == zh ? std::string(en) : fmt::format("{} {}", en, zh);
}

std::string label_text(const Label& label) { return both(label.en, label.zh); }

class Maps {
 public:
  Maps(Comparison& comparison, const StagedOutput& output)
      : comparison_(comparison), output_(output) {}

  void write() {
    for (std::size_t i = 1; i < comparison_.runs.size(); ++i) {
      run_ = i;
      write_run();
    }
  }

 private:
  const RunFolder& first() const { return comparison_.runs.front(); }
  const RunFolder& second() const { return comparison_.runs[run_]; }

  void write_run() {
    bool any = false;
    for (const ordered_json& terminal :
         first().record.value("/service/terminals"_json_pointer, ordered_json::array())) {
      const std::string id = terminal.value("id", "");
      terminal_name_ = label_text({terminal.value("/name/en"_json_pointer, id),
                                   terminal.value("/name/zh"_json_pointer, std::string())});
      any = levels(id, id + "-rsrp.tif") || any;
      any = classes(id, id + "-class.tif") || any;
    }
    terminal_name_ = "receiver 接收机";
    if (!any) any = levels("", "rsrp.tif");
    if (!any) {
      comparison_.warnings.push_back(
          fmt::format("{} and {} have no layer in common to map a difference of (service.layers: "
                      "rsrp, class; outputs.layers: rsrp)",
                      first().id, second().id));
    }
  }

  /// Reads a layer of both runs; false when one has none or they lie apart.
  bool read(const std::string& file) {
    if (!fs::exists(first().folder / file) || !fs::exists(second().folder / file)) return false;
    before_ = std::make_unique<RasterLayer>(geodata::read_layer(first().folder / file));
    after_ = std::make_unique<RasterLayer>(geodata::read_layer(second().folder / file));
    if (same_place(*before_, *after_)) return true;
    const std::string warning = fmt::format(
        "{} and {} have maps of other grids: their figures are compared, their maps are not; the "
        "same area.bounding_box and pixel_m make them comparable",
        first().id, second().id);
    auto& warnings = comparison_.warnings;
    if (std::ranges::find(warnings, warning) == warnings.end()) warnings.push_back(warning);
    return false;
  }

  std::string name(const std::string& terminal, std::string_view layer,
                   std::string_view suffix) const {
    std::string id = second().id;
    std::ranges::replace(id, '/', '-');
    return fmt::format("difference-{}-{}{}.{}", id, terminal.empty() ? "" : terminal + "-", layer,
                       suffix);
  }

  geodata::LayerInfo info(const std::string& what, const std::string& unit) const {
    geodata::LayerInfo info = before_->info;
    info.description =
        fmt::format("{}: {}, {} less {}", terminal_name_, what, second().id, first().id);
    info.unit = unit;
    info.metadata.erase("YONDER_VARIANT");
    return info;
  }

  bool levels(const std::string& terminal, const std::string& file) {
    if (!read(file)) return false;
    std::vector<float> db(before_->values.size(), kNone);
    std::vector<float> sorted;
    double sum = 0.0;
    for (std::size_t i = 0; i < db.size(); ++i) {
      db[i] = after_->values[i] - before_->values[i];
      if (std::isnan(db[i])) continue;
      sorted.push_back(db[i]);
      sum += static_cast<double>(db[i]);
    }
    MapDifference map{.run = run_, .terminal = terminal, .layer = "rsrp"};
    map.file = name(terminal, "rsrp", "tif");
    map.pixels = sorted.size();
    if (!sorted.empty()) {
      std::ranges::sort(sorted);
      const auto at = [&](double share) {
        return static_cast<double>(
            sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))]);
      };
      map.mean_db = sum / static_cast<double>(sorted.size());
      map.p10_db = at(0.1);
      map.p50_db = at(0.5);
      map.p90_db = at(0.9);
    }
    geodata::write_cog(output_.path(map.file), before_->grid, before_->projection, db,
                       info("SS-RSRP difference", "dB"));
    map.picture = name(terminal, "rsrp", "png");
    level_picture(db, sorted, map.picture);
    comparison_.maps.push_back(std::move(map));
    return true;
  }

  bool classes(const std::string& terminal, const std::string& file) {
    if (!read(file)) return false;
    const double km2 = second().record.value("/grid/pixel_area_km2"_json_pointer, 0.0);
    std::vector<std::uint8_t> change(before_->values.size(), 0);
    std::array<std::size_t, kChanges.size()> count{};
    for (std::size_t i = 0; i < change.size(); ++i) {
      change[i] = static_cast<std::uint8_t>(change_at(i));
      ++count[change[i]];
    }
    const auto pixels = [&](Change one) { return count[static_cast<std::size_t>(one)]; };
    MapDifference map{.run = run_, .terminal = terminal, .layer = "class"};
    map.file = name(terminal, "class", "tif");
    map.pixels = change.size() - pixels(Change::unknown);
    map.gained_km2 = static_cast<double>(pixels(Change::gained)) * km2;
    map.lost_km2 = static_cast<double>(pixels(Change::lost)) * km2;
    std::vector<geodata::Category> categories;
    for (std::size_t i = 0; i < kChanges.size(); ++i) {
      const auto byte = [&](int shift) {
        return static_cast<std::uint8_t>(kChanges[i].rgb >> shift & 255);
      };
      categories.push_back(
          {static_cast<int>(i),
           both(kChanges[i].en, kChanges[i].zh),
           {byte(16), byte(8), byte(0), static_cast<std::uint8_t>(i == 0 ? 0 : 255)}});
    }
    geodata::write_cog(output_.path(map.file), before_->grid, before_->projection, change,
                       info("change of the service class", ""), categories, 0);
    map.picture = name(terminal, "class", "png");
    class_picture(change, count, map.pixels, map.picture);
    comparison_.maps.push_back(std::move(map));
    return true;
  }

  /// NaN or 0: not calculated, which in one run alone counts as no service there.
  Change change_at(std::size_t i) const {
    const auto value = [i](const RasterLayer& layer) {
      return std::isnan(layer.values[i]) ? 0.0F : layer.values[i];
    };
    const float a = value(*before_);
    const float b = value(*after_);
    if (a == 0.0F && b == 0.0F) return Change::unknown;
    if (a < kEffective && b < kEffective) return Change::neither;
    if (a < kEffective && b >= kEffective) return Change::gained;
    if (a >= kEffective && b < kEffective) return Change::lost;
    if (a == b) return Change::same;
    return b > a ? Change::better : Change::worse;
  }

  /// A picture over the ground that the first run has written, or over plain land.
  CoveragePicture base_picture(const std::string& what) {
    CoveragePicture picture;
    picture.grid = before_->grid;
    const std::size_t pixels = before_->grid.size();
    ground_ = own_layer("ground.tif");
    if (ground_.size() != pixels) ground_.assign(pixels, 0.0F);
    const std::vector<float> zones = own_layer("zone.tif");
    zone_.assign(pixels, Zone::inland);
    for (std::size_t i = 0; i < pixels && zones.size() == pixels; ++i) {
      if (zones[i] == static_cast<float>(Zone::sea)) zone_[i] = Zone::sea;
    }
    picture.ground_amsl_m = ground_;
    picture.zone = zone_;
    const ordered_json& scenario = first().record["scenario"];
    picture.title.en = scenario.value("/title/en"_json_pointer, std::string());
    picture.title.zh = scenario.value("/title/zh"_json_pointer, std::string());
    picture.subtitle = fmt::format("{}, {}: {} less {}", terminal_name_, what,
                                   label_text(second().name), label_text(first().name));
    picture.synthetic_terrain = first().record.value("/terrain/synthetic"_json_pointer, false);
    picture.share_heading = "of the area";
    for (const ordered_json& site : first().record.value("sites", ordered_json::array())) {
      const std::string id = site.value("id", "");
      const LonLat at{site.value("lon_deg", 0.0), site.value("lat_deg", 0.0)};
      picture.sites.push_back({before_->projection.to_map(at),
                               both(site.value("/name/en"_json_pointer, id),
                                    site.value("/name/zh"_json_pointer, std::string())),
                               id});
    }
    picture.to_lonlat = [this](MapPoint point) { return before_->projection.to_lonlat(point); };
    return picture;
  }

  /// A layer of the first run on the grid at hand; empty when there is none.
  std::vector<float> own_layer(const std::string& file) const {
    if (!fs::exists(first().folder / file)) return {};
    RasterLayer layer = geodata::read_layer(first().folder / file);
    return same_place(layer, *before_) ? std::move(layer.values) : std::vector<float>();
  }

  void level_picture(const std::vector<float>& db, const std::vector<float>& sorted,
                     const std::string& file) {
    CoveragePicture picture = base_picture("SS-RSRP");
    const auto all = static_cast<double>(std::max<std::size_t>(1, sorted.size()));
    double upper = std::numeric_limits<double>::infinity();
    for (const Step& step : kSteps) {
      const auto from = std::ranges::lower_bound(sorted, static_cast<float>(step.from_db));
      const auto to = std::isinf(upper)
                          ? sorted.end()
                          : std::ranges::lower_bound(sorted, static_cast<float>(upper));
      PictureClass one;
      one.threshold_dbm = step.from_db;
      one.caption = std::isinf(upper)       ? fmt::format("≥ {:+g} dB", step.from_db)
                    : step.from_db < -500.0 ? fmt::format("< {:+g} dB", upper)
                                            : fmt::format("{:+g} … {:+g} dB", step.from_db, upper);
      one.rgb = step.rgb;
      one.share = static_cast<double>(to - from) / all;
      picture.classes.push_back(std::move(one));
      upper = step.from_db;
    }
    picture.rsrp_dbm = db;
    picture.legend_title = "SS-RSRP difference  电平差";
    picture.below_caption = "not in both  无对比";
    write_coverage_picture(picture, output_.path(file));
  }

  void class_picture(const std::vector<std::uint8_t>& change,
                     const std::array<std::size_t, kChanges.size()>& count, std::size_t pixels,
                     const std::string& file) {
    CoveragePicture picture = base_picture("service");
    constexpr std::array<Change, 6> kOrder = {Change::gained, Change::better, Change::same,
                                              Change::worse,  Change::lost,   Change::neither};
    std::array<float, kChanges.size()> level{};
    for (std::size_t i = 0; i < kOrder.size(); ++i) {
      const auto code = static_cast<std::size_t>(kOrder[i]);
      level[code] = static_cast<float>(kOrder.size() - i);
      PictureClass one;
      one.threshold_dbm = static_cast<double>(level[code]);
      one.caption = std::string(kChanges[code].en);
      one.label.zh = std::string(kChanges[code].zh);
      one.rgb = kChanges[code].rgb;
      one.share =
          static_cast<double>(count[code]) / static_cast<double>(std::max<std::size_t>(1, pixels));
      picture.classes.push_back(std::move(one));
    }
    std::vector<float> levels(change.size());
    for (std::size_t i = 0; i < change.size(); ++i) levels[i] = level[change[i]];
    picture.rsrp_dbm = levels;
    picture.legend_title = "Change of service  业务变化";
    picture.below_caption = std::string(both(kChanges[0].en, kChanges[0].zh));
    write_coverage_picture(picture, output_.path(file));
  }

  Comparison& comparison_;
  const StagedOutput& output_;
  std::size_t run_ = 0;
  std::string terminal_name_;
  std::unique_ptr<RasterLayer> before_;
  std::unique_ptr<RasterLayer> after_;
  std::vector<float> ground_;
  std::vector<Zone> zone_;
};

}  // namespace

void compare_maps(Comparison& comparison, const StagedOutput& output) {
  Maps(comparison, output).write();
}

}  // namespace yonder::scenarios
