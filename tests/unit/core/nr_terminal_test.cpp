#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "core/nr/terminal.h"

namespace yonder::nr {
namespace {

TerminalRadio at(std::string_view id, double frequency_mhz) {
  const TerminalProfile* profile = find_terminal_profile(id);
  if (profile == nullptr) throw std::logic_error("no profile " + std::string(id));
  return terminal_at(*profile, frequency_mhz * 1e6);
}

// Planners' defaults at 700 MHz and 2.6 GHz; losses into trains at 1.8, 2.1 and 3.5 GHz.
TEST(Terminal, ProfilesHoldThePlannersDefaults) {
  EXPECT_DOUBLE_EQ(at("handset_outdoors", 773).gain_dbi, -3.0);
  EXPECT_DOUBLE_EQ(at("handset_outdoors", 773).body_loss_voice_db, 3.0);
  EXPECT_DOUBLE_EQ(at("handset_outdoors", 773).body_loss_data_db, 0.0);
  EXPECT_DOUBLE_EQ(at("handset_outdoors", 773).max_power_dbm, 23.0);
  EXPECT_EQ(at("handset_outdoors", 773).rx_antennas, 2);
  EXPECT_DOUBLE_EQ(at("handset_outdoors", 2565).gain_dbi, 0.0);
  EXPECT_DOUBLE_EQ(at("handset_outdoors", 2565).max_power_dbm, 26.0);
  EXPECT_EQ(at("handset_outdoors", 2565).rx_antennas, 4);
  EXPECT_DOUBLE_EQ(at("test_terminal", 773).gain_dbi, 0.0);
  EXPECT_DOUBLE_EQ(at("car", 773).penetration_loss_db, 9.0);
  EXPECT_DOUBLE_EQ(at("car", 4900).penetration_loss_db, 9.0);
  EXPECT_DOUBLE_EQ(at("car", 773).penetration_sigma_db, 5.0);
  EXPECT_DOUBLE_EQ(at("car_metallised_glass", 773).penetration_loss_db, 20.0);
  EXPECT_DOUBLE_EQ(at("train_high_speed", 773).penetration_loss_db, 21.0);
  EXPECT_DOUBLE_EQ(at("train_high_speed", 1800).penetration_loss_db, 26.0);
  EXPECT_DOUBLE_EQ(at("train_high_speed", 2100).penetration_loss_db, 30.0);
  EXPECT_DOUBLE_EQ(at("train_high_speed", 3500).penetration_loss_db, 33.0);
  EXPECT_DOUBLE_EQ(at("train_conventional", 2600).penetration_loss_db, 22.0);
  EXPECT_DOUBLE_EQ(at("ship_cabin", 773).penetration_loss_db, 15.0);
  EXPECT_DOUBLE_EQ(at("ship_cabin", 2600).penetration_loss_db, 20.0);
  EXPECT_DOUBLE_EQ(at("deck", 773).height_agl_m, 3.0);
  EXPECT_DOUBLE_EQ(at("ship_cpe", 773).height_agl_m, 10.0);
  EXPECT_DOUBLE_EQ(at("ship_cpe", 773).gain_dbi, 8.0);
  EXPECT_DOUBLE_EQ(at("ship_cpe", 2600).gain_dbi, 11.0);
}

TEST(Terminal, EveryProfileIsNamedAndKnownByItsId) {
  std::set<std::string_view> ids;
  for (const TerminalProfile& profile : terminal_profiles()) {
    EXPECT_TRUE(ids.insert(profile.id).second) << profile.id;
    EXPECT_EQ(find_terminal_profile(profile.id), &profile);
    EXPECT_FALSE(profile.name_en.empty());
    EXPECT_FALSE(profile.name_zh.empty());
    EXPECT_FALSE(profile.source.empty());
    EXPECT_GT(terminal_at(profile, 773e6).height_agl_m, 0.0);
  }
  EXPECT_EQ(find_terminal_profile("submarine"), nullptr);
}

TEST(Terminal, KnowsNoTrainLossBeyondItsFigures) {
  EXPECT_THROW(at("train_high_speed", 4900), std::invalid_argument);
  EXPECT_THROW(at("ship_cabin", 450), std::invalid_argument);
  EXPECT_THROW(at("handset_outdoors", 28000), std::invalid_argument);
  const double between = at("train_high_speed", 2600).penetration_loss_db;
  EXPECT_GT(between, 30.0);
  EXPECT_LT(between, 33.0);
}

}  // namespace
}  // namespace yonder::nr
