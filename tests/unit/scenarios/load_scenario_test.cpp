#include <algorithm>
#include <cmath>

#include "tests/unit/scenarios/scenario_fixture.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using LoadScenario = ScenarioTest;

TEST_F(LoadScenario, DecodesEverySectionIntoSiUnits) {
  const Scenario s = load(kGoodScenario);
  EXPECT_EQ(s.file, folder_ / "demo.yaml");
  EXPECT_EQ(s.id, "demo");
  EXPECT_EQ(s.title.en, "Desert highway");
  EXPECT_EQ(s.title.zh, "沙漠公路");
  EXPECT_FALSE(s.area.bounding_box);
  EXPECT_EQ(s.area.around_sites_m, 30000.0);
  EXPECT_EQ(s.area.pixel_m, 200.0);
  EXPECT_EQ(s.area.crs, "");
  EXPECT_EQ(s.calculation.radius_m, 30000.0);
  ASSERT_EQ(s.terrain.sources.size(), 1u);
  EXPECT_THAT(s.terrain.sources[0].files, ElementsAre(folder_ / "dem.tif"));
  ASSERT_EQ(s.carriers.size(), 1u);
  EXPECT_EQ(s.carriers[0].frequency_hz, 773e6);
  EXPECT_EQ(s.carriers[0].subcarrier_spacing_hz, 15e3);
  EXPECT_EQ(s.carriers[0].resource_blocks, 160);
  ASSERT_EQ(s.antennas.size(), 2u);
  const auto& panel = std::get<Sector3gppConfig>(s.antennas[0].pattern);
  EXPECT_EQ(panel.gain_dbi, 15.0);
  EXPECT_EQ(panel.horizontal_beamwidth_deg, 65.0);
  EXPECT_EQ(panel.vertical_beamwidth_deg, 7.0);
  EXPECT_EQ(panel.front_to_back_db, 30.0);
  EXPECT_EQ(panel.side_lobe_db, 30.0);
  const auto& whip = std::get<OmniConfig>(s.antennas[1].pattern);
  EXPECT_DOUBLE_EQ(whip.gain_dbi, 8.15);
  EXPECT_EQ(whip.vertical_beamwidth_deg, 0.0);
  EXPECT_EQ(whip.side_lobe_db, 20.0);
  ASSERT_EQ(s.sites.size(), 1u);
  EXPECT_EQ(s.sites[0].name.zh, "轮台");
  EXPECT_EQ(s.sites[0].position.lon_deg, 84.25);
  EXPECT_EQ(s.sites[0].position.lat_deg, 41.78);
  ASSERT_EQ(s.sites[0].cells.size(), 2u);
  const CellConfig& cell = s.sites[0].cells[0];
  EXPECT_EQ(cell.id, "S01-1");
  EXPECT_EQ(cell.carrier, 0);
  EXPECT_EQ(cell.antenna, 0);
  EXPECT_EQ(cell.height_agl_m, 40.0);
  EXPECT_EQ(cell.azimuth_deg, 120.0);
  EXPECT_EQ(cell.electrical_tilt_deg, 2.0);
  EXPECT_NEAR(cell.total_power_dbm, 53.802, 0.001);
  EXPECT_EQ(cell.feeder_loss_db, 0.5);
  EXPECT_EQ(cell.mark.line, line_of(kGoodScenario, "- id: S01-1"));
  EXPECT_EQ(s.sites[0].cells[1].antenna, 1);
  EXPECT_EQ(s.sites[0].cells[1].total_power_dbm, 46.0);
  EXPECT_EQ(s.receiver.height_agl_m, 1.5);
  EXPECT_EQ(s.propagation.model, "free_space");
  EXPECT_EQ(s.propagation.polarization, Polarization::vertical);
  EXPECT_EQ(s.propagation.short_range, ShortRange::free_space);
  ASSERT_EQ(s.thresholds.size(), 2u);
  EXPECT_EQ(s.thresholds[0].id, "good") << "strongest first";
  EXPECT_EQ(s.thresholds[1].name.en, "fair");
  EXPECT_EQ(s.outputs.directory, fs::current_path() / "out" / "demo");
  EXPECT_TRUE(s.outputs.rsrp && s.outputs.best_server && s.outputs.status && s.outputs.sites &&
              s.outputs.picture);
  EXPECT_THAT(s.input_files, ElementsAre(folder_ / "demo.yaml", folder_ / "dem.tif"));
}

}  // namespace
}  // namespace yonder::scenarios
