#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Terminals as planners name them: where they are, how they hear, what is in the way.
namespace yonder::nr {

/// A terminal's numbers at one frequency.
struct TerminalRadio {
  double height_agl_m = 1.5;
  double gain_dbi = 0.0;
  double body_loss_voice_db = 0.0;
  double body_loss_data_db = 0.0;
  double penetration_loss_db = 0.0;
  double penetration_sigma_db = 0.0;  ///< spread of the above over vehicles; 0: not stated
  double max_power_dbm =
      23.0;  ///< power class 3: 23, power class 2: 26 (TS 38.101-1 table 6.2.1-1)
  double noise_figure_db = 7.0;
  int tx_antennas = 1;
  int rx_antennas = 2;
};

/// A value known at a frequency.
struct FrequencyPoint {
  double frequency_hz = 0.0;
  double value = 0.0;
};

/// A named profile. Values between two frequencies lie on a straight line over log f, beyond the
/// first and last one they are level, within the profile's range of frequencies.
struct TerminalProfile {
  std::string_view id;  ///< "handset_outdoors", as scenarios write it
  std::string_view name_en;
  std::string_view name_zh;
  double height_agl_m = 1.5;
  bool at_sea = false;  ///< where it is used
  std::span<const FrequencyPoint> gain_dbi{};
  double body_loss_voice_db = 0.0;
  double body_loss_data_db = 0.0;
  std::span<const FrequencyPoint> penetration_loss_db{};  ///< empty: none
  double penetration_sigma_db = 0.0;
  double min_frequency_hz = 0.6e9;  ///< where the values hold
  double max_frequency_hz = 5.0e9;
  std::string_view source;
};

/// All profiles, in the order they are shown: handset_outdoors, test_terminal, car,
/// car_metallised_glass, train_conventional, train_high_speed, deck, ship_cabin, ship_cpe,
/// fixed_cpe.
std::span<const TerminalProfile> terminal_profiles();

/// The profile of that id, or nullptr.
const TerminalProfile* find_terminal_profile(std::string_view id);

/// A profile's numbers at a frequency. Receive antennas are 2 below 2.5 GHz and 4 from n41 upwards
/// (TS 38.101-1 section 7.2), power 23 dBm below and 26 dBm from there (power class 2). Throws
/// std::invalid_argument where the profile knows no value at that frequency.
TerminalRadio terminal_at(const TerminalProfile& profile, double frequency_hz);

}  // namespace yonder::nr
