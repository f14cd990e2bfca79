#include "scenarios/scenario_area.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/text.h"
#include "core/units.h"

namespace yonder::scenarios {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kMaxLatitudeDeg = 80.0;

bool is_valid(const LonLat& p) { return !std::isnan(p.lon_deg) && !std::isnan(p.lat_deg); }

std::string text(const LonLat& p) {
  return "lon_deg: " + number_text(p.lon_deg) + ", lat_deg: " + number_text(p.lat_deg);
}

/// Great-circle distance on a sphere: within 0.6 % of the ellipsoid's, enough to judge a slip.
double distance_m(const LonLat& a, const LonLat& b) {
  const double lat_a = deg_to_rad(a.lat_deg);
  const double lat_b = deg_to_rad(b.lat_deg);
  const double half_lat = std::sin((lat_b - lat_a) / 2);
  const double half_lon = std::sin(deg_to_rad(b.lon_deg - a.lon_deg) / 2);
  const double h = half_lat * half_lat + std::cos(lat_a) * std::cos(lat_b) * half_lon * half_lon;
  return 2 * kEarthRadiusM * std::asin(std::min(1.0, std::sqrt(h)));
}

bool holds(const BoundingBox& box, const LonLat& p) {
  return p.lon_deg >= box.west_deg && p.lon_deg <= box.east_deg && p.lat_deg >= box.south_deg &&
         p.lat_deg <= box.north_deg;
}

/// Distance to the nearest point of the box; 0 inside.
double distance_to_box_m(const BoundingBox& box, const LonLat& p) {
  if (p.lon_deg >= box.west_deg && p.lon_deg <= box.east_deg) {
    return distance_m(p, {p.lon_deg, std::clamp(p.lat_deg, box.south_deg, box.north_deg)});
  }
  double nearest = std::numeric_limits<double>::infinity();
  for (const double edge_deg : {box.west_deg, box.east_deg}) {
    // The meridian's point nearest to p: where the great circle across it through p meets it.
    const double dlon = deg_to_rad(edge_deg - p.lon_deg);
    const double lat_deg = rad_to_deg(std::atan2(std::tan(deg_to_rad(p.lat_deg)), std::cos(dlon)));
    const double clamped = std::clamp(lat_deg, box.south_deg, box.north_deg);
    nearest = std::min(nearest, distance_m(p, {edge_deg, clamped}));
  }
  return nearest;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

std::string kilometres(double metres) {
  return number_text(std::round(metres / 100.0) / 10.0) + " km";
}

void check_sites_against_box(const Scenario& scenario, const BoundingBox& box,
                             const std::vector<std::string>& site_paths, Problems& problems) {
  for (std::size_t i = 0; i < scenario.sites.size(); ++i) {
    const SiteConfig& site = scenario.sites[i];
    const LonLat swapped{site.position.lat_deg, site.position.lon_deg};
    if (!is_valid(site.position) || holds(box, site.position)) continue;
    if (holds(box, swapped)) {
      problems.add(
          site.mark, site_paths[i],
          "site " + site.id +
              " is outside the area, but would be in it the other way round: longitude and "
              "latitude look swapped",
          text(swapped));
      continue;
    }
    const double away_m = distance_to_box_m(box, site.position);
    if (away_m > scenario.calculation.radius_m) {
      problems.add(site.mark, site_paths[i],
                   "site " + site.id + " is " + kilometres(away_m) +
                       " outside the area and does not reach it (calculation.radius_km is " +
                       number_text(scenario.calculation.radius_m / 1000.0) + ")",
                   "");
    }
  }
}

/// A site far from the others that would be near them with its numbers swapped.
void check_outliers(const Scenario& scenario, const std::vector<std::string>& site_paths,
                    Problems& problems) {
  std::vector<double> lons;
  std::vector<double> lats;
  for (const SiteConfig& site : scenario.sites) {
    if (!is_valid(site.position)) continue;
    lons.push_back(site.position.lon_deg);
    lats.push_back(site.position.lat_deg);
  }
  if (lons.size() < 3) return;  // two sites do not tell which of them is wrong
  const LonLat middle{median(lons), median(lats)};
  constexpr double kFarM = 1000e3;
  constexpr double kNearM = 500e3;
  for (std::size_t i = 0; i < scenario.sites.size(); ++i) {
    const SiteConfig& site = scenario.sites[i];
    const LonLat swapped{site.position.lat_deg, site.position.lon_deg};
    if (!is_valid(site.position) || std::abs(swapped.lat_deg) > 90) continue;
    const double as_given_m = distance_m(site.position, middle);
    if (as_given_m > kFarM && distance_m(swapped, middle) < kNearM) {
      problems.add(site.mark, site_paths[i],
                   "site " + site.id + " is " + kilometres(as_given_m) +
                       " from the middle of the sites: longitude and latitude look swapped",
                   text(swapped));
    }
  }
}

void check_extent_around_sites(const Scenario& scenario, Problems& problems) {
  double west = 180.0;
  double east = -180.0;
  double south = 90.0;
  double north = -90.0;
  const double reach_deg = rad_to_deg(scenario.area.around_sites_m / kEarthRadiusM);
  for (const SiteConfig& site : scenario.sites) {
    if (!is_valid(site.position)) continue;
    const LonLat& p = site.position;
    const double shrink = std::cos(deg_to_rad(std::min(std::abs(p.lat_deg) + reach_deg, 89.0)));
    west = std::min(west, p.lon_deg - reach_deg / shrink);
    east = std::max(east, p.lon_deg + reach_deg / shrink);
    south = std::min(south, p.lat_deg - reach_deg);
    north = std::max(north, p.lat_deg + reach_deg);
  }
  if (west > east || std::isnan(reach_deg)) return;  // no site is valid, or no reach
  const std::string path = "area.around_sites_km";
  if (south < -kMaxLatitudeDeg || north > kMaxLatitudeDeg) {
    problems.add(scenario.area.mark, path,
                 "the area reaches beyond 80° north or south, where Yonder does not work", "");
  }
  if (west < -180.0 || east > 180.0 || east - west > 180.0) {
    problems.add(scenario.area.mark, path,
                 "the area crosses the antimeridian (±180°), which is not supported: split the "
                 "scenario there",
                 "");
  }
}

}  // namespace

LonLat read_position(const SectionReader& section) {
  const auto read = [&](std::string_view key) {
    const FoundValue found = section.find(key);
    if (found.node == nullptr) {
      section.fail_missing(key);
      return kNaN;
    }
    std::string problem;
    const auto value = parse_number(*found.node, problem);
    if (!value) section.fail(key, problem);
    return value.value_or(kNaN);
  };
  LonLat p{read("lon_deg"), read("lat_deg")};
  const LonLat swapped{p.lat_deg, p.lon_deg};
  const bool swapped_fits = std::abs(p.lon_deg) <= kMaxLatitudeDeg && std::abs(p.lat_deg) <= 180.0;
  if (std::abs(p.lat_deg) > 90.0) {
    if (swapped_fits) {
      section.fail("lat_deg",
                   number_text(p.lat_deg) + " is no latitude: longitude and latitude look swapped",
                   text(swapped));
    } else {
      section.fail("lat_deg", number_text(p.lat_deg) + " is no latitude; it must be -80 to 80°");
    }
    p.lat_deg = kNaN;
  } else if (std::abs(p.lat_deg) > kMaxLatitudeDeg) {
    std::string problem =
        number_text(p.lat_deg) + " is beyond 80° north or south, where Yonder does not work";
    if (swapped_fits) problem += "; or are longitude and latitude swapped?";
    section.fail("lat_deg", problem, swapped_fits ? text(swapped) : std::string("lat_deg: 41.78"));
    p.lat_deg = kNaN;
  }
  if (std::abs(p.lon_deg) > 180.0) {
    section.fail("lon_deg", number_text(p.lon_deg) + " is no longitude; it must be -180 to 180°");
    p.lon_deg = kNaN;
  }
  return p;
}

std::optional<BoundingBox> decode_bounding_box(const SectionReader& area) {
  const auto section = area.section("bounding_box");
  if (!section) return std::nullopt;
  const auto latitude = [&](std::string_view key) {
    const FoundValue found = section->find(key);
    std::string unused;
    const auto raw = found.node == nullptr ? std::nullopt : parse_number(*found.node, unused);
    if (!raw || std::abs(*raw) <= kMaxLatitudeDeg) return section->number(key);
    section->fail(key, number_text(*raw) +
                           " is beyond 80° north or south, where Yonder does not work; or are "
                           "longitude and latitude swapped?");
    return kNaN;
  };
  BoundingBox box;
  box.west_deg = section->number("west_deg");
  box.south_deg = latitude("south_deg");
  box.east_deg = section->number("east_deg");
  box.north_deg = latitude("north_deg");
  if (box.west_deg == box.east_deg) {
    section->fail("west_deg", "the box is empty: west_deg equals east_deg", "");
  } else if (box.west_deg > box.east_deg) {
    section->fail(
        "west_deg",
        "west_deg " + number_text(box.west_deg) + " is not west of east_deg " +
            number_text(box.east_deg) +
            "; a box across the antimeridian (±180°) is not supported: split the scenario "
            "there",
        std::string(find_key("area.bounding_box")->example));
  }
  if (box.south_deg >= box.north_deg) {
    section->fail("south_deg",
                  "south_deg " + number_text(box.south_deg) + " is not south of north_deg " +
                      number_text(box.north_deg),
                  std::string(find_key("area.bounding_box")->example));
  }
  const bool usable = box.west_deg < box.east_deg && box.south_deg < box.north_deg;
  if (!usable) return std::nullopt;
  return box;
}

void check_area(const Scenario& scenario, const std::vector<std::string>& site_paths,
                Problems& problems) {
  if (scenario.area.bounding_box) {
    check_sites_against_box(scenario, *scenario.area.bounding_box, site_paths, problems);
  } else {
    check_outliers(scenario, site_paths, problems);
    check_extent_around_sites(scenario, problems);
  }
}

}  // namespace yonder::scenarios
