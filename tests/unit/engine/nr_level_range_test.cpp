#include <gtest/gtest.h>

#include <cmath>

#include "core/nr/level_range.h"
#include "core/units.h"
#include "propagation/models.h"

namespace yonder::nr {
namespace {

LevelPath path() {
  return {.frequency_hz = 773e6, .tx_height_agl_m = 40.0, .rx_height_agl_m = 1.5};
}

LevelRange range_of(std::string_view model, const LevelPath& path, double max_loss_db,
                    double search_to_m) {
  PathProfile profile;
  Workspace workspace;
  return level_range(*propagation::find_model(model)->make({}), path, max_loss_db, search_to_m,
                     profile, workspace);
}

TEST(LevelRange, OfFreeSpaceIsItsClosedForm) {
  const LevelPath p = path();
  for (const double loss_db : {90.0, 105.3, 119.9}) {
    const LevelRange range = range_of("free_space", p, loss_db, 100e3);
    EXPECT_EQ(range.end, RangeEnd::loss);
    // 20 log10(4 pi d / lambda) over the slant distance between 40 m and 1.5 m.
    const double slant_m =
        wavelength_m(p.frequency_hz) / (4.0 * kPi) * std::pow(10.0, loss_db / 20.0);
    EXPECT_NEAR(range.distance_m, std::sqrt(slant_m * slant_m - 38.5 * 38.5), 1.1) << loss_db;
  }
}

TEST(LevelRange, SaysWhatEndsIt) {
  EXPECT_EQ(range_of("free_space", path(), 300.0, 100e3).end, RangeEnd::searched);
  EXPECT_DOUBLE_EQ(range_of("free_space", path(), 300.0, 100e3).distance_m, 100e3);
  EXPECT_EQ(range_of("free_space", path(), 20.0, 100e3).end, RangeEnd::none);
  // Okumura-Hata is defined to 20 km, and from 30 m of mast.
  const LevelRange hata = range_of("okumura_hata", path(), 300.0, 100e3);
  EXPECT_EQ(hata.end, RangeEnd::model);
  EXPECT_NEAR(hata.distance_m, 20e3, 1.5);
  LevelPath low = path();
  low.tx_height_agl_m = 10.0;
  EXPECT_EQ(range_of("okumura_hata", low, 300.0, 100e3).end, RangeEnd::refused);
}

TEST(LevelRange, OverTheSeaReachesFartherThanOverLand) {
  LevelPath p = path();
  const double land_m = range_of("itu_p1812", p, 145.0, 100e3).distance_m;
  p.surface = Surface::sea;
  EXPECT_GT(range_of("itu_p1812", p, 145.0, 100e3).distance_m, land_m);
}

// The profile's spacing is no part of the answer over a level surface, to what P.1812's own
// diffraction makes of it.
TEST(LevelRange, HardlyDependsOnTheProfilesSpacing) {
  LevelPath p = path();
  const double fine_m = range_of("itu_p1812", p, 145.0, 100e3).distance_m;
  p.step_m = 50.0;
  EXPECT_NEAR(range_of("itu_p1812", p, 145.0, 100e3).distance_m, fine_m, 0.005 * fine_m);
}

}  // namespace
}  // namespace yonder::nr
