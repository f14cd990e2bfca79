#include "scenarios/link.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/profile_cut.h"
#include "core/sweep_field.h"
#include "core/text.h"
#include "core/units.h"
#include "propagation/with_additions.h"
#include "scenarios/nr_plan.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;

constexpr int kChartColumns = 72;
constexpr int kChartRows = 12;

[[noreturn]] void refuse(const std::string& key, const std::string& problem,
                         const std::string& example) {
  throw ScenarioErrors({{{}, key, problem, example}});
}

const CellGroup& find_cell(const Scenario& scenario, const Plan& plan, std::string_view cell_id,
                           LinkReport& report) {
  const std::vector<CellRef> cells = all_cells(scenario);
  for (const CellGroup& group : plan.groups) {
    for (std::size_t i = 0; i < group.cells.cells.size(); ++i) {
      if (group.cells.cells[i].id != cell_id) continue;
      report.ref = cells[group.cells.numbers[i] - 1U];
      const CarrierConfig& carrier =
          scenario.carriers[static_cast<std::size_t>(report.ref.cell->carrier)];
      if (carrier_role(carrier) == nr::CarrierRole::supplementary_uplink) {
        refuse("--cell", fmt::format("'{}' is a supplementary uplink: it sends nothing", cell_id),
               "--cell with the cell of its downlink");
      }
      report.cell = &group.cells.cells[i];
      return group;
    }
  }
  std::vector<std::string_view> ids;
  for (const CellRef& ref : cells) ids.push_back(ref.cell->id);
  std::string_view near = nearest_word(cell_id, ids);
  if (near.empty()) near = ids.front();
  refuse("--cell", fmt::format("there is no cell '{}' in the scenario", cell_id),
         fmt::format("--cell {}", near));
}

/// Ground with the bulge of the 4/3 earth, so that rays are straight.
double bulged_ground_m(const PathProfile& profile, std::size_t i) {
  const double x = profile.distance_m[i];
  return profile.ground_amsl_m[i] +
         x * (profile.distance_m.back() - x) / (2.0 * kRayEarthRadiusFactor * kEarthRadiusM);
}

double height_above_chord_m(const PathProfile& profile, std::size_t i, double tx_amsl,
                            double rx_amsl) {
  const double part = profile.distance_m[i] / profile.distance_m.back();
  return bulged_ground_m(profile, i) - tx_amsl - (rx_amsl - tx_amsl) * part;
}

/// Ground over the 4/3 earth with the straight ray between the antennas, in characters.
std::string chart(const LinkReport& report) {
  const PathProfile& profile = report.profile;
  const double d = profile.distance_m.back();
  const double tx = profile.ground_amsl_m.front() + report.spec.antenna.height_agl_m;
  const double rx = profile.ground_amsl_m.back() + report.spec.receiver_height_agl_m;
  std::vector<double> ground(kChartColumns, -std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < profile.distance_m.size(); ++i) {
    const auto c = static_cast<std::size_t>(
        std::min<double>(kChartColumns - 1, std::floor(profile.distance_m[i] / d * kChartColumns)));
    ground[c] = std::max(ground[c], bulged_ground_m(profile, i));
  }
  for (std::size_t c = 1; c < ground.size(); ++c) {
    if (std::isinf(ground[c])) ground[c] = ground[c - 1];  // fewer points than columns
  }
  const double low = *std::min_element(ground.begin(), ground.end());
  const double high = std::max({*std::max_element(ground.begin(), ground.end()), tx, rx});
  const double step = std::max(1.0, high - low) / (kChartRows - 1);
  std::string text;
  for (int r = kChartRows - 1; r >= 0; --r) {
    const double level = low + r * step;
    text += fmt::format("  {:7.0f} m ", level);
    for (int c = 0; c < kChartColumns; ++c) {
      const double ray = tx + (rx - tx) * (c + 0.5) / kChartColumns;
      const bool is_ground = ground[static_cast<std::size_t>(c)] >= level - 0.5 * step;
      const bool is_ray = std::abs(ray - level) <= 0.5 * step;
      text += is_ground ? (is_ray ? 'X' : '#') : (is_ray ? '-' : ' ');
    }
    text += '\n';
  }
  text += fmt::format(
      "            0{:>{}.1f} km   (# ground over the 4/3 earth, - straight ray, X ray"
      " below ground)\n",
      d / 1000.0, kChartColumns - 1);
  return text;
}

/// Which member of a composed model served the path, and by which rule; empty for other models.
std::string member_text(const LinkReport& report, const ModelInfo& model) {
  if (report.sample.result.served_by == 0) return "";
  const ModelMember& member = model.members[report.sample.result.served_by - 1U];
  std::string text =
      fmt::format("\nServed by {}\n  rule: {}\n  why:  {}\n", member.id, member.rule, member.why);
  std::string shares;
  for (const ModelMember& each : model.members) {
    const Term* share = report.terms.find(fmt::format("share_{}", each.id));
    if (share == nullptr) continue;
    const Term* loss = report.terms.find(fmt::format("loss_{}_db", each.id));
    shares += fmt::format("  {:5.1f} % {}", 100.0 * std::get<double>(share->value), each.id);
    if (loss != nullptr) shares += fmt::format(" ({:.2f} dB)", std::get<double>(loss->value));
    shares += "\n";
  }
  return text + shares;
}

std::string term_value(const Term& term) {
  if (const auto* number = std::get_if<double>(&term.value)) return fmt::format("{:.6g}", *number);
  if (const auto* pair = std::get_if<std::array<double, 2>>(&term.value)) {
    return fmt::format("{:.6g} / {:.6g}", (*pair)[0], (*pair)[1]);
  }
  return std::string(std::get<std::string_view>(term.value));
}

}  // namespace

Pixel pixel_asked_for(const Scenario& scenario, const Plan& plan, LonLat at) {
  if (std::abs(at.lat_deg) > 90.0 && std::abs(at.lon_deg) <= 90.0) {
    refuse("--at", fmt::format("latitude {:g} is beyond 90: longitude comes first", at.lat_deg),
           fmt::format("--at {:g},{:g}", at.lat_deg, at.lon_deg));
  }
  const Pixel pixel = plan.terrain().grid.pixel_at(plan.analysis.projection.to_map(at));
  if (!plan.analysis.area.contains(pixel)) {
    const LonLat& site = scenario.sites.front().position;
    refuse("--at", fmt::format("{:g}, {:g} lies outside the analysis area", at.lon_deg, at.lat_deg),
           fmt::format("LON,LAT near the site, e.g. --at {:.4f},{:.4f}", site.lon_deg,
                       site.lat_deg + 0.01));
  }
  return pixel;
}

ProfilePicture profile_picture(const Plan& plan, const LinkReport& report) {
  ProfilePicture picture;
  picture.profile = &report.profile;
  picture.frequency_hz = report.spec.frequency_hz;
  picture.tx_height_agl_m = report.spec.antenna.height_agl_m;
  picture.rx_height_agl_m = report.spec.receiver_height_agl_m;
  picture.title = fmt::format("{} \u2192 {:.5f}, {:.5f}", report.ref.cell->id,
                              report.pixel_center.lon_deg, report.pixel_center.lat_deg);
  picture.subtitle = fmt::format(
      "{:.2f} km, azimuth {:.1f}\u00b0; {:g} MHz; antenna {:g} m, receiver {:g} m above ground; {}",
      report.ray.distance_m / 1000.0,
      std::fmod(rad_to_deg(report.ray.toward.azimuth_rad) + 720.0, 360.0),
      hz_to_mhz(report.spec.frequency_hz), picture.tx_height_agl_m, picture.rx_height_agl_m,
      plan.model->info().source);
  if (pixel_status::has_value(report.sample.status)) {
    picture.subtitle += fmt::format("; loss {:.1f} dB, SS-RSRP {:.1f} dBm (receiver)",
                                    report.sample.loss_db, report.rsrp_dbm);
  }
  picture.synthetic_terrain = plan.loaded.synthetic;
  return picture;
}

LinkReport explain_link(const Scenario& scenario, const Plan& plan, std::string_view cell_id,
                        LonLat at) {
  LinkReport report;
  const CellGroup& group = find_cell(scenario, plan, cell_id, report);
  const Terrain& terrain = plan.terrain();
  report.spec = group.spec;
  report.asked = at;
  report.pixel = pixel_asked_for(scenario, plan, at);
  report.pixel_center = terrain.geo.at(terrain.grid.center(report.pixel));
  report.ray = ray_to_pixel(terrain, report.spec, report.pixel);

  if (scenario.calculation.engine == Engine::exact) {
    const PathEvaluator evaluator(terrain, *plan.model, report.spec);
    PathScratch scratch;
    report.sample = evaluator.evaluate(report.pixel, scratch, &report.terms);
    report.profile = scratch.profile;
  } else {
    report.sample =
        sweep_pixel(terrain, report.spec, *plan.model, report.pixel, report.profile, &report.terms);
  }
  report.status = status_text(report.sample.status, plan.model->info());
  report.rsrp_dbm = std::numeric_limits<float>::quiet_NaN();
  if (report.sample.status == pixel_status::kBeyondRadius) {
    refuse("--at",
           fmt::format("is {:.2f} km from the cell, beyond calculation.radius_km {:g}",
                       report.ray.distance_m / 1000.0, report.spec.radius_m / 1000.0),
           "a nearer position, or a larger calculation.radius_km");
  }
  report.antenna_gain_dbi = report.cell->antenna.gain_dbi(report.ray.toward);
  report.in_antenna_frame = report.cell->antenna.in_antenna_frame(report.ray.toward);
  if (pixel_status::has_value(report.sample.status)) {
    report.rsrp_dbm =
        pixel_rsrp_dbm(*report.cell, report.ray, scenario.receiver, report.sample.loss_db);
  }
  return report;
}

ordered_json link_json(const Scenario& scenario, const Plan& plan, const LinkReport& report) {
  const auto number_or_null = [](double v) {
    return std::isnan(v) ? ordered_json() : ordered_json(v);
  };
  ordered_json terms = ordered_json::array();
  for (const Term& term : report.terms.list()) {
    ordered_json one = {{"key", term.key}};
    std::visit([&](const auto& value) { one["value"] = value; }, term.value);
    one["meaning"] = term.meaning;
    one["source"] = term.source;
    terms.push_back(one);
  }
  ordered_json profile = {{"distance_m", report.profile.distance_m}};
  ordered_json ground = ordered_json::array();
  for (const double h : report.profile.ground_amsl_m) ground.push_back(number_or_null(h));
  ordered_json zones = ordered_json::array();
  for (const Zone zone : report.profile.zone) {
    zones.push_back(zone == Zone::sea ? "sea" : zone == Zone::coastal ? "coastal" : "inland");
  }
  profile["ground_amsl_m"] = ground;
  profile["clutter_m"] = report.profile.clutter_height_m;
  profile["zone"] = zones;
  const Receiver& receiver = scenario.receiver;
  const ModelInfo& model = plan.model->info();
  ordered_json served_by;  // null for a model that serves every path itself
  if (report.sample.result.served_by > 0) {
    const ModelMember& member = model.members[report.sample.result.served_by - 1U];
    served_by = {{"id", member.id}, {"rule", member.rule}, {"why", member.why}};
  }
  return {{"cell", report.ref.cell->id},
          {"site", report.ref.site->id},
          {"asked", {{"lon_deg", report.asked.lon_deg}, {"lat_deg", report.asked.lat_deg}}},
          {"pixel",
           {{"column", report.pixel.column - plan.analysis.area.column},
            {"row", report.pixel.row - plan.analysis.area.row},
            {"lon_deg", report.pixel_center.lon_deg},
            {"lat_deg", report.pixel_center.lat_deg}}},
          {"status", report.status},
          {"model", model.id},
          {"engine", scenario.calculation.engine == Engine::exact ? "exact" : "sweep"},
          {"served_by", served_by},
          {"distance_m", report.ray.distance_m},
          {"azimuth_deg", std::fmod(rad_to_deg(report.ray.toward.azimuth_rad) + 720.0, 360.0)},
          {"elevation_deg", rad_to_deg(report.ray.toward.elevation_rad)},
          {"epre_dbm", report.cell->epre_dbm},
          {"antenna_gain_dbi", report.antenna_gain_dbi},
          {"off_boresight_azimuth_deg", rad_to_deg(report.in_antenna_frame.azimuth_rad)},
          {"off_boresight_elevation_deg", rad_to_deg(report.in_antenna_frame.elevation_rad)},
          {"broadcast_offset_db", report.cell->broadcast_offset_db},
          {"feeder_loss_db", report.cell->feeder_loss_db},
          {"path_loss_db", number_or_null(static_cast<double>(report.sample.loss_db))},
          {"receiver_gain_dbi", receiver.gain_dbi},
          {"body_loss_db", receiver.body_loss_db},
          {"penetration_loss_db", receiver.penetration_loss_db},
          {"rsrp_dbm", number_or_null(static_cast<double>(report.rsrp_dbm))},
          {"synthetic_terrain", plan.loaded.synthetic},
          {"terms", terms},
          {"profile", profile}};
}

std::string link_text(const Scenario& scenario, const Plan& plan, const LinkReport& report) {
  const Receiver& receiver = scenario.receiver;
  const ModelInfo& model = plan.model->info();
  std::string text = fmt::format(
      "{} at {:.5f}, {:.5f} (centre of the pixel that holds {:g}, {:g})\n"
      "  {:.3f} km away, azimuth {:.1f} deg, elevation {:+.2f} deg; antenna {:g} m above ground at "
      "{:.1f} m\n  status: {}\n",
      report.ref.cell->id, report.pixel_center.lon_deg, report.pixel_center.lat_deg,
      report.asked.lon_deg, report.asked.lat_deg, report.ray.distance_m / 1000.0,
      std::fmod(rad_to_deg(report.ray.toward.azimuth_rad) + 720.0, 360.0),
      rad_to_deg(report.ray.toward.elevation_rad), report.spec.antenna.height_agl_m,
      report.spec.antenna.ground_amsl_m, report.status);
  if (plan.loaded.synthetic) text += "  terrain is synthetic (合成地形)\n";
  if (report.sample.status == pixel_status::kNoTerrainData) return text;

  double worst = -std::numeric_limits<double>::infinity();
  std::size_t worst_at = 0;
  const double tx = report.profile.ground_amsl_m.front() + report.spec.antenna.height_agl_m;
  const double rx = report.profile.ground_amsl_m.back() + receiver.height_agl_m;
  for (std::size_t i = 1; i + 1 < report.profile.distance_m.size(); ++i) {
    const double h = height_above_chord_m(report.profile, i, tx, rx);
    if (h > worst) {
      worst = h;
      worst_at = i;
    }
  }
  text += "\nProfile\n" + chart(report);
  if (worst_at > 0) {
    text +=
        fmt::format("  {} points; the ground comes {} the straight ray by {:.1f} m at {:.2f} km\n",
                    report.profile.distance_m.size(), worst > 0 ? "above" : "no nearer to",
                    std::abs(worst), report.profile.distance_m[worst_at] / 1000.0);
  }
  if (pixel_status::has_value(report.sample.status)) {
    const auto row = [&](const char* what, double value, const char* unit) {
      text += fmt::format("  {:<44}{:>10.2f} {}\n", what, value, unit);
    };
    text += "\nLink budget, downlink SS-RSRP\n";
    row("energy per resource element (EPRE)", report.cell->epre_dbm, "dBm");
    row("+ antenna gain in this direction", report.antenna_gain_dbi, "dBi");
    if (report.cell->broadcast_offset_db != 0.0) {
      row("+ SSB beam over the antenna", report.cell->broadcast_offset_db, "dB");
    }
    row("- feeder loss", 0.0 - report.cell->feeder_loss_db, "dB");
    const auto* with_additions = dynamic_cast<const propagation::WithAdditions*>(plan.model.get());
    if (with_additions == nullptr) {
      row("- basic transmission loss", -static_cast<double>(report.sample.loss_db), "dB");
    } else {
      const auto term_row = [&](const std::string& what, std::string_view key) {
        const Term* term = report.terms.find(key);
        if (term != nullptr) row(what.c_str(), 0.0 - std::get<double>(term->value), "dB");
      };
      term_row("- basic transmission loss", propagation::kModelLossKey);
      for (const propagation::AppliedAddition& applied : with_additions->additions()) {
        const propagation::AdditionInfo& added = applied.addition->info();
        term_row("- " + std::string(added.label), added.term_key);
      }
      term_row("- joint deviation of the additions", propagation::kDeviationKey);
    }
    row("+ receiver antenna gain", receiver.gain_dbi, "dBi");
    row("- body loss", 0.0 - receiver.body_loss_db, "dB");
    row("- penetration loss", 0.0 - receiver.penetration_loss_db, "dB");
    row("= SS-RSRP", static_cast<double>(report.rsrp_dbm), "dBm");
    text += fmt::format(
        "  direction seen from the antenna: {:+.1f} deg off boresight, {:+.2f} deg up\n",
        rad_to_deg(report.in_antenna_frame.azimuth_rad),
        rad_to_deg(report.in_antenna_frame.elevation_rad));
  }
  text += member_text(report, model);
  text += fmt::format("\nTerms of {} ({})\n", model.id, model.source);
  for (const Term& term : report.terms.list()) {
    text += fmt::format("  {:<28}{:>14}  {}  [{}]\n", term.key, term_value(term), term.meaning,
                        term.source);
  }
  return text;
}

}  // namespace yonder::scenarios
