#include "scenarios/batch/tile_grid.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/path_loss_field.h"
#include "geodata/terrain_loader.h"

namespace yonder::scenarios {
namespace {

/// Sites scattered over some 200 km by a rule.
Scenario scattered(int count) {
  Scenario scenario;
  scenario.area.bounding_box = BoundingBox{110.9, 20.9, 112.6, 22.1};
  scenario.area.pixel_m = 500.0;
  scenario.calculation.radius_m = 20e3;
  for (int i = 0; i < count; ++i) {
    SiteConfig site;
    site.id = "S" + std::to_string(i);
    site.position = {110.7 + std::fmod(0.137 * i, 2.1), 20.7 + std::fmod(0.211 * i, 1.6)};
    scenario.sites.push_back(site);
  }
  return scenario;
}

TEST(TileGrid, TilesCoverEachPixelOnce) {
  const Scenario scenario = scattered(20);
  const TileGrid grid = make_tile_grid(scenario, 96);
  std::vector<int> seen(grid.area.size());
  std::set<std::string> ids;
  for (const Tile& tile : grid.tiles) {
    EXPECT_TRUE(ids.insert(tile.id).second) << tile.id;
    EXPECT_LE(std::max(tile.window.columns, tile.window.rows), 96);
    for (int row = 0; row < tile.window.rows; ++row) {
      for (int column = 0; column < tile.window.columns; ++column) {
        ++seen[grid.area.index({tile.window.column + column, tile.window.row + row})];
      }
    }
  }
  EXPECT_TRUE(std::ranges::all_of(seen, [](int n) { return n == 1; }));
}

TEST(TileGrid, ATileKnowsEverySiteThatReachesOneOfItsPixels) {
  const Scenario scenario = scattered(60);
  const TileGrid grid = make_tile_grid(scenario, 64);
  std::size_t pairs = 0;
  for (const Tile& tile : grid.tiles) {
    EXPECT_TRUE(std::ranges::is_sorted(tile.sites));
    for (std::size_t i = 0; i < scenario.sites.size(); ++i) {
      // Every pixel asked, as the engine does: distance on the plane over the scale at the site.
      const SiteConfig& site = scenario.sites[i];
      const MapPoint at = grid.projection.to_map(site.position);
      const double scale = grid.projection.distortion_at(site.position).scale;
      bool reached = false;
      for (int row = 0; row < tile.window.rows && !reached; ++row) {
        for (int column = 0; column < tile.window.columns && !reached; ++column) {
          const MapPoint center =
              grid.area.center({tile.window.column + column, tile.window.row + row});
          reached = std::hypot(center.x_m - at.x_m, center.y_m - at.y_m) <=
                    scale * scenario.calculation.radius_m;
        }
      }
      const bool known = std::ranges::binary_search(tile.sites, i);
      if (reached) {
        EXPECT_TRUE(known) << tile.id << " " << site.id;
      }
      pairs += known ? 1U : 0U;
    }
  }
  // And few that do not.
  EXPECT_LT(pairs, grid.tiles.size() * scenario.sites.size() / 4);
}

TEST(TileGrid, AnAreaThatGrowsKeepsItsTiles) {
  Scenario scenario = scattered(20);
  const TileGrid before = make_tile_grid(scenario, 96);
  scenario.area.bounding_box->east_deg += 0.05;  // less than a tile
  const TileGrid after = make_tile_grid(scenario, 96);
  ASSERT_EQ(before.projection.name(), after.projection.name());
  std::size_t same = 0;
  for (const Tile& tile : before.tiles) {
    const auto it = std::ranges::find(after.tiles, tile.id, &Tile::id);
    ASSERT_NE(it, after.tiles.end()) << tile.id;
    const Grid a = before.area.crop(tile.window);
    const Grid b = after.area.crop(it->window);
    if (a.top_left.x_m == b.top_left.x_m && a.top_left.y_m == b.top_left.y_m &&
        a.columns == b.columns && a.rows == b.rows) {
      ++same;
    }
  }
  EXPECT_GT(same, before.tiles.size() / 2);
}

TEST(TileGrid, AroundSitesOnlyTilesThatSomeSiteReachesAreThere) {
  Scenario scenario = scattered(2);
  scenario.sites[0].position = {110.8, 21.0};
  scenario.sites[1].position = {112.6, 22.0};
  scenario.area.bounding_box.reset();
  scenario.area.around_sites_m = 20e3;
  const TileGrid grid = make_tile_grid(scenario, 64);
  std::size_t pixels = 0;
  for (const Tile& tile : grid.tiles) {
    EXPECT_FALSE(tile.sites.empty()) << tile.id;
    pixels += tile.window.size();
  }
  EXPECT_LT(pixels, grid.area.size());
}

TEST(TileGrid, GridsOfAllTilesInterpolateBetweenTheSameNodes) {
  const Scenario scenario = scattered(60);
  const TileGrid grid = make_tile_grid(scenario, 64);
  Scenario siteless = scenario;
  siteless.sites.clear();
  const long long step = geodata::lattice_step_px(500.0);
  ASSERT_GT(step, 1);
  for (const Tile& tile : grid.tiles) {
    const Grid pixels =
        tile_analysis(tile_scenario(siteless, scenario.sites, tile), grid, tile).grid;
    EXPECT_EQ(std::llround(pixels.top_left.x_m / 500.0) % step, 0) << tile.id;
    EXPECT_EQ(std::llround(pixels.top_left.y_m / 500.0) % step, 0) << tile.id;
  }
}

TEST(TileGrid, APlaneMayStretchOverTheAreaButNotOverATile) {
  Scenario scenario = scattered(20);
  // The conic of China: 1 % between its parallels' middle and the south of this area.
  scenario.area.bounding_box = BoundingBox{100.0, 18.0, 116.0, 40.0};
  scenario.area.crs = "+proj=lcc +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +datum=WGS84 +units=m";
  scenario.area.pixel_m = 2000.0;
  const TileGrid grid = make_tile_grid(scenario, 64);
  double least = 2.0, most = 0.0;
  for (const Tile& tile : grid.tiles) {
    const Grid pixels = grid.area.crop(tile.window);
    const double scale =
        grid.projection.distortion_at(grid.projection.to_lonlat(pixels.center({0, 0}))).scale;
    least = std::min(least, scale);
    most = std::max(most, scale);
  }
  EXPECT_GT(most / least, 1.03);  // of the whole plan
  try {
    make_tile_grid(scenario, 1024);
    FAIL() << "a tile of 2000 km was taken";
  } catch (const ScenarioErrors& errors) {
    EXPECT_NE(std::string(errors.what()).find("over tile"), std::string::npos) << errors.what();
  }
}

TEST(TileGrid, TilesBeyondNumberAreRefused) {
  Scenario scenario = scattered(20);
  scenario.area.pixel_m = 5.0;
  EXPECT_THROW(make_tile_grid(scenario, 16), ScenarioErrors);
}

TEST(TileGrid, ATilesTerrainHoldsItsSitesAndTheCoastAroundThem) {
  Scenario scenario = scattered(60);
  scenario.area.around_sites_m = 0.0;
  const TileGrid grid = make_tile_grid(scenario, 64);
  const Tile& tile = grid.tiles[grid.tiles.size() / 2];
  ASSERT_FALSE(tile.sites.empty());
  Scenario siteless = scenario;
  siteless.sites.clear();
  const Scenario part = tile_scenario(siteless, scenario.sites, tile);
  ASSERT_EQ(part.sites.size(), tile.sites.size());
  const AnalysisGrid analysis = tile_analysis(part, grid, tile);
  EXPECT_EQ(analysis.area.columns, tile.window.columns);
  const Grid pixels = analysis.grid.crop(analysis.area);
  EXPECT_EQ(pixels.top_left.x_m, grid.area.crop(tile.window).top_left.x_m);
  EXPECT_EQ(pixels.top_left.y_m, grid.area.crop(tile.window).top_left.y_m);
  for (const SiteConfig& site : part.sites) {
    EXPECT_TRUE(
        analysis.grid.contains(analysis.grid.pixel_at(grid.projection.to_map(site.position))))
        << site.id;
  }
  Scenario coastal = part;
  coastal.terrain.land_polygons = "coast.geojson";
  const AnalysisGrid wider = tile_analysis(coastal, grid, tile);
  const double more_m = (analysis.grid.top_left.x_m - wider.grid.top_left.x_m);
  EXPECT_GE(more_m, 50e3 - 32 * 500.0);
  EXPECT_GE(wider.area.column * 500.0, 50e3);
}

}  // namespace
}  // namespace yonder::scenarios
