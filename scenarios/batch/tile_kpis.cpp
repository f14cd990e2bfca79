#include "scenarios/batch/tile_kpis.h"

#include <nlohmann/json.hpp>

#include "core/contracts.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;

/// Pixels that the mean rates are of.
std::size_t served_pixels(const ServiceKpis& kpis) {
  std::size_t pixels = 0;
  for (int c = static_cast<int>(nr::ServiceClass::effective); c < nr::kServiceClasses; ++c) {
    pixels += kpis.classes[static_cast<std::size_t>(c)].all();
  }
  return pixels;
}

double joint_mean(double a, std::size_t pixels_a, double b, std::size_t pixels_b) {
  if (pixels_b == 0) return a;
  if (pixels_a == 0) return b;
  return (a * static_cast<double>(pixels_a) + b * static_cast<double>(pixels_b)) /
         static_cast<double>(pixels_a + pixels_b);
}

void add_surface(SurfaceCount& to, const SurfaceCount& from) {
  to.pixels += from.pixels;
  to.covered += from.covered;
}

void add_pixels(SurfacePixels& to, const SurfacePixels& from) {
  to.land += from.land;
  to.sea += from.sea;
}

void add_coverage(CoverageKpis& to, const CoverageKpis& from) {
  YONDER_EXPECTS(to.thresholds.size() == from.thresholds.size());
  for (const auto& [status, pixels] : from.status_pixels) to.status_pixels[status] += pixels;
  for (std::size_t i = 0; i < to.thresholds.size(); ++i) {
    add_surface(to.thresholds[i].land, from.thresholds[i].land);
    add_surface(to.thresholds[i].sea, from.thresholds[i].sea);
    add_surface(to.thresholds[i].all, from.thresholds[i].all);
  }
  to.lack.pixels += from.lack.pixels;
  to.lack.obstructed += from.lack.obstructed;
  to.lack.power += from.lack.power;
  to.lack.not_evaluated += from.lack.not_evaluated;
  to.lack.beyond_radius += from.lack.beyond_radius;
  to.judged_pixels += from.judged_pixels;
}

void add_service(ServiceKpis& to, const ServiceKpis& from) {
  const std::size_t served_to = served_pixels(to);
  const std::size_t served_from = served_pixels(from);
  for (double ServiceKpis::*mean :
       {&ServiceKpis::mean_downlink_bps, &ServiceKpis::mean_loaded_downlink_bps,
        &ServiceKpis::mean_uplink_bps}) {
    to.*mean = joint_mean(to.*mean, served_to, from.*mean, served_from);
  }
  to.mean_probability =
      joint_mean(to.mean_probability, to.judged.all(), from.mean_probability, from.judged.all());
  add_pixels(to.judged, from.judged);
  for (std::size_t i = 0; i < to.classes.size(); ++i) add_pixels(to.classes[i], from.classes[i]);
  for (std::size_t i = 0; i < to.failing.size(); ++i) to.failing[i] += from.failing[i];
  for (std::size_t i = 0; i < to.nearest.size(); ++i) to.nearest[i] += from.nearest[i];
  for (std::size_t i = 0; i < to.voice.size(); ++i) to.voice[i] += from.voice[i];
  to.overlapping += from.overlapping;
  to.out_of_range += from.out_of_range;
}

void add_availability(AvailabilityKpis& to, const AvailabilityKpis& from) {
  YONDER_EXPECTS(to.served.size() == from.served.size() &&
                 to.served_at.size() == from.served_at.size());
  to.mean_percent =
      joint_mean(to.mean_percent, to.judged.all(), from.mean_percent, from.judged.all());
  add_pixels(to.judged, from.judged);
  for (std::size_t i = 0; i < to.served.size(); ++i) {
    add_pixels(to.served[i].pixels, from.served[i].pixels);
  }
  for (std::size_t i = 0; i < to.served_at.size(); ++i) {
    add_pixels(to.served_at[i].pixels, from.served_at[i].pixels);
  }
}

ordered_json surface_json(const SurfaceCount& count) { return {count.pixels, count.covered}; }
SurfaceCount surface_from(const ordered_json& json) {
  return {json.at(0).get<std::size_t>(), json.at(1).get<std::size_t>()};
}
ordered_json pixels_json(const SurfacePixels& pixels) { return {pixels.land, pixels.sea}; }
SurfacePixels pixels_from(const ordered_json& json) {
  return {json.at(0).get<std::size_t>(), json.at(1).get<std::size_t>()};
}

ordered_json coverage_json(const CoverageKpis& kpis) {
  ordered_json status = ordered_json::array();
  for (const auto& [code, pixels] : kpis.status_pixels) status.push_back({code, pixels});
  ordered_json thresholds = ordered_json::array();
  for (const ThresholdKpi& one : kpis.thresholds) {
    thresholds.push_back({{"rsrp_dbm", one.rsrp_dbm},
                          {"land", surface_json(one.land)},
                          {"sea", surface_json(one.sea)},
                          {"all", surface_json(one.all)}});
  }
  return {{"judged_pixels", kpis.judged_pixels},
          {"status", std::move(status)},
          {"thresholds", std::move(thresholds)},
          {"lack",
           {{"pixels", kpis.lack.pixels},
            {"obstructed", kpis.lack.obstructed},
            {"power", kpis.lack.power},
            {"not_evaluated", kpis.lack.not_evaluated},
            {"beyond_radius", kpis.lack.beyond_radius}}}};
}

CoverageKpis coverage_from(const ordered_json& json) {
  CoverageKpis kpis;
  kpis.judged_pixels = json.at("judged_pixels").get<std::size_t>();
  for (const ordered_json& one : json.at("status")) {
    kpis.status_pixels[one.at(0).get<PixelStatus>()] = one.at(1).get<std::size_t>();
  }
  for (const ordered_json& one : json.at("thresholds")) {
    kpis.thresholds.push_back({one.at("rsrp_dbm").get<double>(), surface_from(one.at("land")),
                               surface_from(one.at("sea")), surface_from(one.at("all"))});
  }
  const ordered_json& lack = json.at("lack");
  const auto count = [&](const char* key) { return lack.at(key).get<std::size_t>(); };
  kpis.lack = {count("pixels"), count("obstructed"), count("power"), count("not_evaluated"),
               count("beyond_radius")};
  return kpis;
}

ordered_json service_json(const ServiceKpis& kpis) {
  ordered_json classes = ordered_json::array();
  for (const SurfacePixels& one : kpis.classes) classes.push_back(pixels_json(one));
  return {{"judged", pixels_json(kpis.judged)},
          {"classes", std::move(classes)},
          {"failing", kpis.failing},
          {"nearest", kpis.nearest},
          {"mean_downlink_bps", kpis.mean_downlink_bps},
          {"mean_loaded_downlink_bps", kpis.mean_loaded_downlink_bps},
          {"mean_uplink_bps", kpis.mean_uplink_bps},
          {"mean_probability", kpis.mean_probability},
          {"voice", kpis.voice},
          {"overlapping", kpis.overlapping},
          {"out_of_range", kpis.out_of_range}};
}

ServiceKpis service_from(const ordered_json& json) {
  ServiceKpis kpis;
  kpis.judged = pixels_from(json.at("judged"));
  for (std::size_t i = 0; i < kpis.classes.size(); ++i) {
    kpis.classes[i] = pixels_from(json.at("classes").at(i));
  }
  json.at("failing").get_to(kpis.failing);
  json.at("nearest").get_to(kpis.nearest);
  json.at("mean_downlink_bps").get_to(kpis.mean_downlink_bps);
  json.at("mean_loaded_downlink_bps").get_to(kpis.mean_loaded_downlink_bps);
  json.at("mean_uplink_bps").get_to(kpis.mean_uplink_bps);
  json.at("mean_probability").get_to(kpis.mean_probability);
  json.at("voice").get_to(kpis.voice);
  json.at("overlapping").get_to(kpis.overlapping);
  json.at("out_of_range").get_to(kpis.out_of_range);
  return kpis;
}

using ServedList = std::vector<AvailabilityKpis::Served>;

ordered_json served_json(const ServedList& list) {
  ordered_json json = ordered_json::array();
  for (const auto& [percent, pixels] : list) json.push_back({percent, pixels.land, pixels.sea});
  return json;
}

ServedList served_from(const ordered_json& json) {
  ServedList list;
  for (const ordered_json& one : json) {
    list.push_back(
        {one.at(0).get<double>(), {one.at(1).get<std::size_t>(), one.at(2).get<std::size_t>()}});
  }
  return list;
}

}  // namespace

void TileKpis::add(const TileKpis& other) {
  if (coverage.thresholds.empty()) {
    *this = other;
    return;
  }
  YONDER_EXPECTS(services.size() == other.services.size() &&
                 availability.size() == other.availability.size() &&
                 served_pixels.size() == other.served_pixels.size());
  add_coverage(coverage, other.coverage);
  rim.pixels += other.rim.pixels;
  rim.above += other.rim.above;
  for (std::size_t i = 0; i < served_pixels.size(); ++i) served_pixels[i] += other.served_pixels[i];
  for (std::size_t i = 0; i < services.size(); ++i) add_service(services[i], other.services[i]);
  for (std::size_t i = 0; i < availability.size(); ++i) {
    add_availability(availability[i], other.availability[i]);
  }
}

ordered_json to_json(const TileKpis& kpis) {
  ordered_json services = ordered_json::array();
  for (const ServiceKpis& one : kpis.services) services.push_back(service_json(one));
  ordered_json availability = ordered_json::array();
  for (const AvailabilityKpis& one : kpis.availability) {
    availability.push_back({{"judged", pixels_json(one.judged)},
                            {"served", served_json(one.served)},
                            {"served_at", served_json(one.served_at)},
                            {"mean_percent", one.mean_percent}});
  }
  return {{"coverage", coverage_json(kpis.coverage)},
          {"rim", {kpis.rim.pixels, kpis.rim.above}},
          {"served_pixels", kpis.served_pixels},
          {"services", std::move(services)},
          {"availability", std::move(availability)}};
}

TileKpis tile_kpis_from_json(const ordered_json& json) {
  TileKpis kpis;
  kpis.coverage = coverage_from(json.at("coverage"));
  kpis.rim = {json.at("rim").at(0).get<std::size_t>(), json.at("rim").at(1).get<std::size_t>()};
  json.at("served_pixels").get_to(kpis.served_pixels);
  for (const ordered_json& one : json.at("services")) kpis.services.push_back(service_from(one));
  for (const ordered_json& one : json.at("availability")) {
    kpis.availability.push_back({pixels_from(one.at("judged")), served_from(one.at("served")),
                                 served_from(one.at("served_at")),
                                 one.at("mean_percent").get<double>()});
  }
  return kpis;
}

}  // namespace yonder::scenarios
