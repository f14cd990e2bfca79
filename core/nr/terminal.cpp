#include "core/nr/terminal.h"

#include <array>
#include <cmath>
#include <stdexcept>

#include "core/text.h"
#include "core/units.h"

namespace yonder::nr {
namespace {

// Yonder's planning defaults unless the source of a profile says otherwise; the losses into
// vehicles are those of the addition vehicle_penetration.
constexpr auto kHandset = std::to_array<FrequencyPoint>({{1.0e9, -3.0}, {2.496e9, 0.0}});
constexpr auto kTest = std::to_array<FrequencyPoint>({{1.0e9, 0.0}});
constexpr auto kCpe = std::to_array<FrequencyPoint>({{1.0e9, 8.0}, {2.496e9, 11.0}});
constexpr auto kCar = std::to_array<FrequencyPoint>({{1.0e9, 9.0}});
constexpr auto kCarMetallised = std::to_array<FrequencyPoint>({{1.0e9, 20.0}});
constexpr auto kTrain = std::to_array<FrequencyPoint>({{773e6, 17.0}, {1.8e9, 22.0}});
constexpr auto kTrainHighSpeed =
    std::to_array<FrequencyPoint>({{773e6, 21.0}, {1.8e9, 26.0}, {2.1e9, 30.0}, {3.5e9, 33.0}});
constexpr auto kCabin = std::to_array<FrequencyPoint>({{773e6, 15.0}, {2.6e9, 20.0}});

constexpr std::string_view kPractice = "Yonder: planning practice, to be replaced by measurement";
constexpr std::string_view kCarSource = "TR 38.901 section 7.4.3.2; otherwise as handset";

constexpr auto kProfiles = std::to_array<TerminalProfile>({
    {.id = "handset_outdoors",
     .name_en = "handset outdoors",
     .name_zh = "室外手机",
     .height_agl_m = 1.5,
     .gain_dbi = kHandset,
     .body_loss_voice_db = 3.0,
     .source = kPractice},
    {.id = "test_terminal",
     .name_en = "test terminal",
     .name_zh = "测试终端",
     .height_agl_m = 1.5,
     .gain_dbi = kTest,
     .source = kPractice},
    {.id = "car",
     .name_en = "handset in a car",
     .name_zh = "车内手机",
     .height_agl_m = 1.5,
     .gain_dbi = kHandset,
     .body_loss_voice_db = 3.0,
     .penetration_loss_db = kCar,
     .penetration_sigma_db = 5.0,
     .source = kCarSource},
    {.id = "car_metallised_glass",
     .name_en = "handset in a car with metallised glass",
     .name_zh = "镀膜玻璃车内手机",
     .height_agl_m = 1.5,
     .gain_dbi = kHandset,
     .body_loss_voice_db = 3.0,
     .penetration_loss_db = kCarMetallised,
     .penetration_sigma_db = 5.0,
     .source = kCarSource},
    {.id = "train_conventional",
     .name_en = "handset in a conventional train",
     .name_zh = "普速列车内手机",
     .height_agl_m = 2.5,
     .gain_dbi = kHandset,
     .body_loss_voice_db = 3.0,
     .penetration_loss_db = kTrain,
     .min_frequency_hz = 0.7e9,
     .max_frequency_hz = 3.5e9,
     .source = kPractice},
    {.id = "train_high_speed",
     .name_en = "handset in a sealed high-speed train",
     .name_zh = "高铁车内手机",
     .height_agl_m = 2.5,
     .gain_dbi = kHandset,
     .body_loss_voice_db = 3.0,
     .penetration_loss_db = kTrainHighSpeed,
     .min_frequency_hz = 0.7e9,
     .max_frequency_hz = 3.5e9,
     .source = kPractice},
    {.id = "deck",
     .name_en = "handset on deck",
     .name_zh = "甲板手机",
     .height_agl_m = 3.0,
     .at_sea = true,
     .gain_dbi = kHandset,
     .body_loss_voice_db = 3.0,
     .source = kPractice},
    {.id = "ship_cabin",
     .name_en = "handset in a ship's cabin",
     .name_zh = "船舱内手机",
     .height_agl_m = 3.0,
     .at_sea = true,
     .gain_dbi = kHandset,
     .body_loss_voice_db = 3.0,
     .penetration_loss_db = kCabin,
     .min_frequency_hz = 0.7e9,
     .source = kPractice},
    {.id = "ship_cpe",
     .name_en = "ship terminal with antenna",
     .name_zh = "船载CPE",
     .height_agl_m = 10.0,
     .at_sea = true,
     .gain_dbi = kCpe,
     .source = kPractice},
    {.id = "fixed_cpe",
     .name_en = "fixed terminal with roof antenna",
     .name_zh = "固定CPE",
     .height_agl_m = 5.0,
     .gain_dbi = kCpe,
     .source = kPractice},
});

/// Bands from n41 upwards: four receive antennas (TS 38.101-1 section 7.2) and, as sold in China,
/// power class 2.
constexpr double kN41LowestHz = 2.496e9;

double value_at(std::span<const FrequencyPoint> points, double frequency_hz) {
  if (points.empty()) return 0.0;
  if (frequency_hz <= points.front().frequency_hz) return points.front().value;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const FrequencyPoint& low = points[i - 1];
    const FrequencyPoint& high = points[i];
    if (frequency_hz > high.frequency_hz) continue;
    const double t =
        std::log(frequency_hz / low.frequency_hz) / std::log(high.frequency_hz / low.frequency_hz);
    return low.value + t * (high.value - low.value);
  }
  return points.back().value;
}

}  // namespace

std::span<const TerminalProfile> terminal_profiles() { return kProfiles; }

const TerminalProfile* find_terminal_profile(std::string_view id) {
  for (const TerminalProfile& profile : kProfiles) {
    if (profile.id == id) return &profile;
  }
  return nullptr;
}

TerminalRadio terminal_at(const TerminalProfile& profile, double frequency_hz) {
  if (!(frequency_hz >= profile.min_frequency_hz && frequency_hz <= profile.max_frequency_hz)) {
    throw std::invalid_argument("terminal '" + std::string(profile.id) + "' knows no values at " +
                                number_text(hz_to_mhz(frequency_hz)) + " MHz, only from " +
                                number_text(hz_to_mhz(profile.min_frequency_hz)) + " to " +
                                number_text(hz_to_mhz(profile.max_frequency_hz)) + " MHz");
  }
  const bool high_band = frequency_hz >= kN41LowestHz;
  TerminalRadio radio;
  radio.height_agl_m = profile.height_agl_m;
  radio.gain_dbi = value_at(profile.gain_dbi, frequency_hz);
  radio.body_loss_voice_db = profile.body_loss_voice_db;
  radio.body_loss_data_db = profile.body_loss_data_db;
  radio.penetration_loss_db = value_at(profile.penetration_loss_db, frequency_hz);
  radio.penetration_sigma_db = profile.penetration_sigma_db;
  radio.max_power_dbm = high_band ? 26.0 : 23.0;
  radio.rx_antennas = high_band ? 4 : 2;
  return radio;
}

}  // namespace yonder::nr
