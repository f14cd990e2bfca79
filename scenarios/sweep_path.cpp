#include "scenarios/sweep_path.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/text.h"
#include "core/units.h"
#include "scenarios/scenario_error.h"

namespace yonder::scenarios {
namespace {

constexpr std::string_view kPolarization = "polarization";
constexpr auto kKeys = std::to_array<std::string_view>(
    {"frequency_mhz", "distance_m", "tx.height_agl_m", "rx.height_agl_m", "tx.lat_deg",
     "tx.lon_deg", "rx.lat_deg", "rx.lon_deg", "tx.distance_to_coast_m", "rx.distance_to_coast_m",
     kPolarization});

[[noreturn]] void refuse(const std::string& option, const std::string& problem,
                         const std::string& valid) {
  throw ScenarioErrors({{{}, option, problem, valid}});
}

}  // namespace

PathLossInput SweepPath::input() const {
  PathLossInput input;
  input.frequency_hz = mhz_to_hz(frequency_mhz.value_or(0.0));
  input.polarization = polarization;
  input.distance_m = distance_m.value_or(0.0);
  input.tx = {tx_height_agl_m.value_or(0.0), tx, tx_distance_to_coast_m};
  input.rx = {rx_height_agl_m.value_or(0.0), rx, rx_distance_to_coast_m};
  return input;
}

std::span<const std::string_view> sweep_path_keys() { return kKeys; }

bool is_path_key(std::string_view key) {
  return std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end();
}

bool is_numeric_path_key(std::string_view key) { return is_path_key(key) && key != kPolarization; }

void set_path_key(SweepPath& path, const SweepSetting& setting, const std::string& option) {
  const std::string& key = setting.key;
  if (key == kPolarization) {
    const std::string* word = std::get_if<std::string>(&setting.value);
    if (word == nullptr || (*word != "horizontal" && *word != "vertical")) {
      refuse(option, "is no polarization", "polarization=horizontal, polarization=vertical");
    }
    path.polarization = *word == "horizontal" ? Polarization::horizontal : Polarization::vertical;
    return;
  }
  const double* number = std::get_if<double>(&setting.value);
  if (number == nullptr) refuse(option, "is not a number", key + "=40");
  const auto within = [&](double limit) {
    if (std::abs(*number) > limit) {
      refuse(option, "is not between -" + number_text(limit) + " and " + number_text(limit),
             key + "=40");
    }
    return *number;
  };
  const auto not_negative = [&] {
    if (*number < 0.0) refuse(option, "is negative", key + "=20000");
    return *number;
  };
  if (key == "frequency_mhz") path.frequency_mhz = *number;
  if (key == "distance_m") path.distance_m = not_negative();
  if (key == "tx.height_agl_m") path.tx_height_agl_m = *number;
  if (key == "rx.height_agl_m") path.rx_height_agl_m = *number;
  if (key == "tx.lat_deg") path.tx.lat_deg = within(90.0);
  if (key == "tx.lon_deg") path.tx.lon_deg = within(180.0);
  if (key == "rx.lat_deg") path.rx.lat_deg = within(90.0);
  if (key == "rx.lon_deg") path.rx.lon_deg = within(180.0);
  if (key == "tx.distance_to_coast_m") path.tx_distance_to_coast_m = not_negative();
  if (key == "rx.distance_to_coast_m") path.rx_distance_to_coast_m = not_negative();
}

}  // namespace yonder::scenarios
