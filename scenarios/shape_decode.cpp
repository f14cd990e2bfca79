#include "scenarios/shape_decode.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/text.h"
#include "scenarios/file_name.h"
#include "scenarios/plain_number.h"
#include "scenarios/plan.h"
#include "scenarios/points_csv.h"

namespace yonder::scenarios {
namespace {

class ShapesDecoder {
 public:
  ShapesDecoder(const SectionReader& section, const Scenario& scenario,
                const FileOfKey& existing_file)
      : section_(section), scenario_(scenario), existing_file_(existing_file) {}

  ShapesConfig decode() {
    each("routes", [&](const SectionReader& one) { shapes_.routes.push_back(route(one)); });
    each("areas", [&](const SectionReader& one) { shapes_.areas.push_back(area(one)); });
    each("zones", [&](const SectionReader& one) { shapes_.zones.push_back(zones(one)); });
    each("points", [&](const SectionReader& one) { shapes_.points.push_back(points(one)); });
    if (section_.node().entries.empty()) {
      section_.problems().add(section_.mark(), section_.shown_path(), "says nothing",
                              std::string(find_key("shapes")->example));
    }
    return std::move(shapes_);
  }

 private:
  template <typename Take>
  void each(const std::string& key, const Take& take) {
    std::set<std::string> ids;
    for (const SectionReader& one : sections(section_, key, "shapes." + key + "[]")) {
      take(one);
      const std::string id = one.text_or("id", "");
      if (!id.empty() && !ids.insert(id).second) {
        one.fail("id", "'" + id + "' is the id of two " + key, "");
      }
      if (id.empty()) continue;
      if (id.find(' ') != std::string::npos || !file_name_problem(id).empty()) {
        one.fail(
            "id",
            "is used in names of files: at most 200 bytes, no spaces, /, \\ or control characters, "
            "and no '.' first");
      }
    }
  }

  static std::vector<SectionReader> sections(const SectionReader& parent, const std::string& key,
                                             const std::string& path) {
    std::vector<SectionReader> list;
    if (!parent.given(key)) return list;
    for (const FoundValue& item : parent.items(key)) {
      if (item.node->kind == YamlNode::Kind::map) {
        list.emplace_back(parent.problems(), *item.node, path, item.key_path);
      } else {
        parent.problems().add(
            item.node->mark, item.key_path,
            "must be a mapping of keys, not " + std::string(kind_text(item.node->kind)),
            std::string(item.key->example));
      }
    }
    return list;
  }

  /// Those named, or all.
  std::vector<int> terminals(const SectionReader& one) const {
    std::vector<int> indices;
    std::vector<std::string_view> ids;
    std::string list;
    for (std::size_t i = 0; i < scenario_.terminals.size(); ++i) {
      ids.push_back(scenario_.terminals[i].id);
      list += (list.empty() ? "" : ", ") + scenario_.terminals[i].id;
      if (!one.given("terminals")) indices.push_back(static_cast<int>(i));
    }
    if (!one.given("terminals")) return indices;
    for (const FoundValue& item : one.items("terminals")) {
      std::string problem;
      const std::string id = parse_text(*item.node, problem).value_or("");
      const auto it = std::ranges::find(ids, id);
      if (problem.empty() && it == ids.end()) {
        problem = ids.empty() ? "names terminal '" + id + "', but the scenario has no terminals"
                              : "there is no terminal '" + id + "'";
        const std::string_view near = nearest_word(id, ids);
        if (!near.empty()) problem += "; did you mean '" + std::string(near) + "'?";
      }
      if (problem.empty()) {
        indices.push_back(static_cast<int>(it - ids.begin()));
      } else {
        one.problems().add(item.node->mark, item.key_path, problem,
                           list.empty() ? "terminals: [{id: car, profile: car}]" : list);
      }
    }
    return indices;
  }

  /// A list of [lon, lat].
  static std::vector<LonLat> positions(const SectionReader& one, const std::string& key,
                                       std::size_t least) {
    std::vector<LonLat> list;
    const std::vector<FoundValue> items = one.items(key);
    bool whole = true;
    for (const FoundValue& item : items) {
      std::string problem;
      const YamlNode& node = *item.node;
      if (node.kind != YamlNode::Kind::list || node.items.size() != 2) {
        problem = "must be [longitude, latitude]";
      } else {
        const double lon = parse_number(node.items[0], problem).value_or(0.0);
        const double lat =
            problem.empty() ? parse_number(node.items[1], problem).value_or(0.0) : 0.0;
        if (problem.empty() && (std::abs(lon) > 180.0 || std::abs(lat) > 80.0)) {
          problem = "[" + number_text(lon) + ", " + number_text(lat) +
                    "] is no place Yonder works at: longitude -180 to 180 first, then latitude -80 "
                    "to 80";
        }
        if (problem.empty()) list.push_back({lon, lat});
      }
      if (problem.empty()) continue;
      one.problems().add(node.mark, item.key_path, problem, std::string(item.key->example));
      whole = false;
    }
    if (whole && !items.empty() && list.size() < least) {
      one.fail(key, "needs " + std::to_string(least) + " places at least, not " +
                        std::to_string(list.size()));
    }
    return list;
  }

  /// A geometry from a file or written out.
  void geometry(const SectionReader& one, const std::string& key, std::size_t least,
                std::filesystem::path& file, std::vector<LonLat>& list) const {
    if (one.given("file") == one.given(key)) {
      one.problems().add(
          one.mark(), one.shown_path(),
          one.given("file") ? "has both file and " + key + "; give one" : "needs file or " + key,
          std::string(find_key("shapes." + section_of(key) + "[]." + key)->example));
      return;
    }
    if (one.given("file")) {
      file = existing_file_(one, "file");
    } else {
      list = positions(one, key, least);
    }
  }

  static std::string section_of(const std::string& key) {
    return key == "waypoints" ? "routes" : "areas";
  }

  RouteConfig route(const SectionReader& one) const {
    RouteConfig route;
    route.mark = one.mark();
    route.id = one.text("id");
    route.name = one.label("name", route.id);
    geometry(one, "waypoints", 2, route.file, route.waypoints);
    route.step_m = one.number("step_m");
    if (const auto speed_kmh = one.number_if_given("speed_kmh")) {
      route.speed_mps = *speed_kmh / 3.6;
    }
    route.hole_m = one.number("hole_m");
    route.handover_s = one.number("handover_s");
    route.hysteresis_db = one.number("hysteresis_db");
    route.drop_s = one.number("drop_s");
    route.call_s = one.number("call_s");
    route.calls = one.integer("calls");
    route.terminals = terminals(one);
    double end_m = 0.0;
    for (const SectionReader& part : sections(one, "sections", "shapes.routes[].sections[]")) {
      route.sections.push_back(route_section(part));
      const RouteSectionConfig& now = route.sections.back();
      if (std::isnan(now.from_m + now.to_m)) continue;
      if (now.to_m <= now.from_m) {
        part.fail("to_km", "is not beyond from_km (" + number_text(now.from_m / 1000.0) + ")");
      } else if (now.from_m < end_m) {
        part.fail("from_km", "the section begins before the one above it ends (" +
                                 number_text(end_m / 1000.0) + " km)");
      }
      end_m = std::max(end_m, now.to_m);
    }
    return route;
  }

  RouteSectionConfig route_section(const SectionReader& one) const {
    RouteSectionConfig part;
    part.mark = one.mark();
    part.from_m = one.number("from_km") * 1000.0;
    part.to_m = one.number("to_km") * 1000.0;
    const std::string kind = one.text("kind");
    if (kind == "tunnel") part.kind = SectionKind::tunnel;
    part.height_agl_m = one.number_if_given("height_agl_m");
    part.height_amsl_m = one.number_if_given("height_amsl_m");
    if (kind == "bridge") {
      if (part.height_agl_m.has_value() == part.height_amsl_m.has_value()) {
        one.problems().add(one.mark(), one.shown_path(),
                           part.height_agl_m ? "has both height_agl_m and height_amsl_m; give one"
                                             : "a bridge needs the height of its deck",
                           "height_agl_m: 120, above the ground, or height_amsl_m: 1850");
      }
      if (one.given("feeder")) one.fail("feeder", "is of tunnels, not of bridges", "kind: tunnel");
    } else if (kind == "tunnel") {
      for (const char* key : {"height_agl_m", "height_amsl_m"}) {
        if (one.given(key)) one.fail(key, "is of bridges, not of tunnels", "kind: bridge");
      }
      for (const SectionReader& feeder : feeders(one))
        part.feeders.push_back(decode_feeder(feeder));
    }
    return part;
  }

  /// One may stand without brackets.
  static std::vector<SectionReader> feeders(const SectionReader& one) {
    const FoundValue found = one.find("feeder");
    if (found.node != nullptr && found.node->kind == YamlNode::Kind::map) {
      return {SectionReader(one.problems(), *found.node, "shapes.routes[].sections[].feeder[]",
                            found.key_path)};
    }
    return sections(one, "feeder", "shapes.routes[].sections[].feeder[]");
  }

  template <typename List>
  static int reference(const SectionReader& one, std::string_view key, const List& ids) {
    const std::string id = one.text(key);
    if (id.empty()) return -1;
    const auto it = std::ranges::find(ids, id);
    if (it != ids.end()) return static_cast<int>(it - ids.begin());
    const std::string_view near = nearest_word(id, ids);
    std::string problem = "there is no " + std::string(key) + " '" + id + "'";
    if (!near.empty()) problem += "; did you mean '" + std::string(near) + "'?";
    one.fail(key, problem);
    return -1;
  }

  FeederConfig decode_feeder(const SectionReader& one) const {
    FeederConfig feeder;
    feeder.mark = one.mark();
    std::vector<std::string_view> carriers, cells;
    for (const CarrierConfig& carrier : scenario_.carriers) carriers.push_back(carrier.id);
    const std::vector<CellRef> refs = all_cells(scenario_);
    for (const CellRef& ref : refs) cells.push_back(ref.cell->id);
    feeder.carrier = reference(one, "carrier", carriers);
    if (one.given("cell")) feeder.cell = reference(one, "cell", cells);
    if (feeder.cell >= 0 && feeder.carrier >= 0 &&
        refs[static_cast<std::size_t>(feeder.cell)].cell->carrier != feeder.carrier) {
      one.fail("cell", "is on another carrier than '" + one.text("carrier") + "'");
    }
    feeder.power_per_re_dbm = one.number("power_per_re_dbm");
    feeder.combiner_loss_db = one.number("combiner_loss_db");
    feeder.feed_every_m = one.number_if_given("feed_every_m").value_or(0.0);
    feeder.typical_cable = one.text_or("cable", "typical") != "given";
    feeder.radial_distance_m = one.number("radial_distance_m");
    feeder.cables = one.integer("cables");
    for (const char* key : {"attenuation_db_per_100m", "coupling_loss_db"}) {
      if (one.given(key) != feeder.typical_cable) continue;
      one.fail(key, feeder.typical_cable
                        ? "goes with 'cable: given'; a typical cable has its own"
                        : "is needed with 'cable: given': take it from the data sheet");
    }
    feeder.attenuation_db_per_100m = one.number_if_given("attenuation_db_per_100m").value_or(0.0);
    feeder.coupling_loss_db = one.number_if_given("coupling_loss_db").value_or(0.0);
    return feeder;
  }

  AreaShapeConfig area(const SectionReader& one) const {
    AreaShapeConfig area;
    area.mark = one.mark();
    area.id = one.text("id");
    area.name = one.label("name", area.id);
    geometry(one, "polygon", 3, area.file, area.polygon);
    area.terminals = terminals(one);
    return area;
  }

  ZonesConfig zones(const SectionReader& one) const {
    ZonesConfig zones;
    zones.mark = one.mark();
    zones.id = one.text("id");
    zones.name = one.label("name", zones.id);
    if (one.given("coast")) {
      zones.coast = existing_file_(one, "coast");
    } else if (!scenario_.terrain.land_polygons) {
      one.fail("coast", "is needed where terrain.sea has no land_polygons");
    }
    for (const FoundValue& item : one.items("bands_km")) {
      std::string problem;
      const auto edge_km = parse_number(*item.node, problem);
      if (edge_km && *edge_km < 0.0) problem = "is negative";
      if (edge_km && problem.empty() && !zones.bands_m.empty() &&
          *edge_km * 1000.0 <= zones.bands_m.back()) {
        problem = number_text(*edge_km) + " is not beyond the edge before it";
      }
      if (problem.empty()) {
        zones.bands_m.push_back(*edge_km * 1000.0);
      } else {
        one.problems().add(item.node->mark, item.key_path, problem, "bands_km: [0, 20, 40, 50]");
      }
    }
    if (one.given("bands_km") && zones.bands_m.size() == 1) {
      one.fail("bands_km", "needs two edges at least");
    }
    zones.terminals = terminals(one);
    return zones;
  }

  PointsConfig points(const SectionReader& one) const {
    PointsConfig points;
    points.mark = one.mark();
    points.id = one.text("id");
    points.name = one.label("name", points.id);
    points.file = existing_file_(one, "file");
    points.terminals = terminals(one);
    if (points.file.extension() == ".csv") {
      points.points = read_points_csv(points.file, one.problems());
    }
    return points;
  }

  const SectionReader& section_;
  const Scenario& scenario_;
  const FileOfKey& existing_file_;
  ShapesConfig shapes_;
};

}  // namespace

ShapesConfig decode_shapes(const SectionReader& section, const Scenario& scenario,
                           const FileOfKey& existing_file) {
  return ShapesDecoder(section, scenario, existing_file).decode();
}

}  // namespace yonder::scenarios
