#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario.h"
#include "scenarios/scenario_reader.h"

/// Checks of positions and of the analysis area, before any raster is opened.
namespace yonder::scenarios {

/// `lon_deg` and `lat_deg` of a site; NaN where nothing valid is there. Says so when the two look
/// swapped, and refuses |lat| beyond 80 degrees in words.
LonLat read_position(const SectionReader& section);

/// `bounding_box` of the area section; refuses boxes across the antimeridian in words.
std::optional<BoundingBox> decode_bounding_box(const SectionReader& area);

/// How sites and area fit together: a site whose cells do not reach the area, a site that lies in
/// it only with longitude and latitude swapped, areas across the antimeridian or beyond 80 degrees.
/// `site_paths[i]` is the key path of sites[i].
void check_area(const Scenario& scenario, const std::vector<std::string>& site_paths,
                Problems& problems);

}  // namespace yonder::scenarios
