#include "scenarios/key_units.h"

#include <array>
#include <utility>

namespace yonder::scenarios {

std::string unit_of_key(std::string_view key) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kUnits = {
      {{"_per_km", "1/km"},  {"_dbm", "dBm"},      {"_dbi", "dBi"},
       {"_db", "dB"},        {"km2", "km2"},       {"_km", "km"},
       {"_mps", "m/s"},      {"_kmh", "km/h"},     {"_bps", "bit/s"},
       {"_mhz", "MHz"},      {"_hz", "Hz"},        {"_percent", "%"},
       {"_deg", "deg"},      {"_m", "m"},          {"_s", "s"},
       {"share", "1"},       {"probability", "1"}, {"probability_mean", "1"},
       {"_mean", "1"},  // of probabilities: others name their unit
       {"setup_least", "1"}, {"pixels", "pixels"}, {"_count", ""}}};
  for (const auto& [ending, unit] : kUnits) {
    if (key.ends_with(ending)) return std::string(unit);
  }
  return {};
}

std::string unit_at(std::string_view pointer) {
  const std::size_t last = pointer.rfind('/');
  if (last == std::string_view::npos) return unit_of_key(pointer);
  if (pointer.substr(0, last).ends_with("/classes")) return "1";
  return unit_of_key(pointer.substr(last + 1));
}

}  // namespace yonder::scenarios
