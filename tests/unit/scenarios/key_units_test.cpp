#include "scenarios/key_units.h"

#include <gtest/gtest.h>

namespace yonder::scenarios {
namespace {

TEST(KeyUnits, TellsTheUnitByTheKeysLastWord) {
  EXPECT_EQ(unit_of_key("rsrp_p10_dbm"), "dBm");
  EXPECT_EQ(unit_of_key("spare_db"), "dB");
  EXPECT_EQ(unit_of_key("covered_km2"), "km2");
  EXPECT_EQ(unit_of_key("longest_hole_m"), "m");
  EXPECT_EQ(unit_of_key("downlink_mean_bps"), "bit/s");
  EXPECT_EQ(unit_of_key("handovers_per_km"), "1/km");
  EXPECT_EQ(unit_of_key("covered_share"), "1");
  EXPECT_EQ(unit_of_key("share"), "1");
  EXPECT_EQ(unit_of_key("terminals"), "");
}

TEST(KeyUnits, TellsTheUnitOfWhatStandsUnderAClassOrIsAProbability) {
  EXPECT_EQ(unit_at("/shapes/points/towns/terminals/phone/classes/continuous"), "1");
  EXPECT_EQ(unit_at("/shapes/routes/road/terminals/car/voice/connected_mean"), "1");
  EXPECT_EQ(unit_at("/shapes/routes/road/terminals/car/rsrp_mean_dbm"), "dBm");
  EXPECT_EQ(unit_at("/shapes/routes/road/terminals/car/servers"), "");
  EXPECT_EQ(unit_at("/service/terminals/0/classes/2/km2"), "km2");
}

}  // namespace
}  // namespace yonder::scenarios
