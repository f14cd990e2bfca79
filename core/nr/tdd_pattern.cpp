#include "core/nr/tdd_pattern.h"

#include <algorithm>
#include <array>
#include <climits>
#include <optional>

#include "core/nr/numerology.h"
#include "core/text.h"

namespace yonder::nr {
namespace {

constexpr SlotSymbols kDownlinkSlot{.downlink = kSymbolsPerSlot};
constexpr SlotSymbols kUplinkSlot{.uplink = kSymbolsPerSlot};
constexpr const char* kExample = "DDDDDDDSUU with a special slot of 6:4:4 at 30 kHz";

std::string split_text(const SlotSymbols& slot) {
  return std::to_string(slot.downlink) + ":" + std::to_string(slot.guard) + ":" +
         std::to_string(slot.uplink);
}

/// Whether slots are downlink, then at most one special slot, then uplink: all that one pattern of
/// tdd-UL-DL-ConfigurationCommon can say (TS 38.213 section 11.1).
bool is_one_pattern(std::string_view slots) {
  std::size_t i = slots.find_first_not_of('D');
  if (i == std::string_view::npos) return true;
  if (slots[i] == 'S') ++i;
  return slots.find_first_not_of('U', i) == std::string_view::npos;
}

/// dl-UL-TransmissionPeriodicity of TS 38.331, in microseconds.
bool is_period(long us) {
  static constexpr auto kPeriodsUs =
      std::to_array<long>({500, 625, 1000, 1250, 2000, 2500, 3000, 4000, 5000, 10000});
  return std::find(kPeriodsUs.begin(), kPeriodsUs.end(), us) != kPeriodsUs.end();
}

/// Whether one pattern, or two after each other, make the slots; the whole repeats within 20 ms.
bool has_period(std::string_view slots, long slot_us) {
  const long whole_us = slot_us * static_cast<long>(slots.size());
  if (20000 % whole_us != 0) return false;
  if (is_period(whole_us) && is_one_pattern(slots)) return true;
  for (std::size_t first = 1; first < slots.size(); ++first) {
    const long first_us = slot_us * static_cast<long>(first);
    if (is_period(first_us) && is_period(whole_us - first_us) &&
        is_one_pattern(slots.substr(0, first)) && is_one_pattern(slots.substr(first))) {
      return true;
    }
  }
  return false;
}

std::optional<Refusal> refuse_special(const SlotSymbols& special) {
  const int sum = special.downlink + special.guard + special.uplink;
  if (special.downlink < 0 || special.guard < 0 || special.uplink < 0 || sum != kSymbolsPerSlot) {
    return Refusal{"special_slot",
                   "downlink:guard:uplink symbols " + split_text(special) + " are " +
                       std::to_string(sum) + " in all; a slot has 14",
                   "6:4:4"};
  }
  if (special.guard == 0) {
    return Refusal{"special_slot", "a special slot without guard symbols cannot switch to uplink",
                   "10:2:2"};
  }
  return std::nullopt;
}

std::optional<Refusal> refuse_slots(const TddPatternRequest& request) {
  const std::string& slots = request.slots;
  if (slots.empty() || slots.find_first_not_of("DSU") != std::string::npos) {
    return Refusal{"slots", "'" + slots + "' is not a row of D, S and U", kExample};
  }
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots[i] == 'D' && slots[(i + 1) % slots.size()] == 'U') {
      return Refusal{
          "slots", "'" + slots + "' goes from downlink to uplink without a special slot: no guard",
          kExample};
    }
  }
  const bool special = slots.find('S') != std::string::npos;
  if (special) {
    if (auto refusal = refuse_special(request.special)) return refusal;
  }
  const bool has_uplink =
      slots.find('U') != std::string::npos || (special && request.special.uplink > 0);
  const bool has_downlink =
      slots.find('D') != std::string::npos || (special && request.special.downlink > 0);
  if (!has_uplink || !has_downlink) {
    return Refusal{"slots", "'" + slots + "' has no " + (has_uplink ? "downlink" : "uplink"),
                   kExample};
  }
  return std::nullopt;
}

// TS 36.211 table 4.2-2.
constexpr auto kLteSlots =
    std::to_array<std::string_view>({"DSUUUDSUUU", "DSUUDDSUUD", "DSUDDDSUDD", "DSUUUDDDDD",
                                     "DSUUDDDDDD", "DSUDDDDDDD", "DSUUUDSUUD"});

// TS 36.211 table 4.2-1, normal cyclic prefixes: DwPTS and UpPTS of 14 symbols.
constexpr auto kLteSpecial = std::to_array<SlotSymbols>({{3, 10, 1},
                                                         {9, 4, 1},
                                                         {10, 3, 1},
                                                         {11, 2, 1},
                                                         {12, 1, 1},
                                                         {3, 9, 2},
                                                         {9, 3, 2},
                                                         {10, 2, 2},
                                                         {11, 1, 2},
                                                         {6, 6, 2}});

std::vector<SlotSymbols> spell(std::string_view slots, const SlotSymbols& special) {
  std::vector<SlotSymbols> out;
  for (const char letter : slots) {
    out.push_back(letter == 'D' ? kDownlinkSlot : letter == 'U' ? kUplinkSlot : special);
  }
  return out;
}

}  // namespace

double TddPattern::period_s() const {
  return static_cast<double>(slots_.size()) * slot_duration_s(subcarrier_spacing_hz_);
}

double TddPattern::downlink_share() const {
  int symbols = 0;
  for (const SlotSymbols& slot : slots_) symbols += slot.downlink;
  return symbols / (static_cast<double>(slots_.size()) * kSymbolsPerSlot);
}

double TddPattern::uplink_share() const {
  int symbols = 0;
  for (const SlotSymbols& slot : slots_) symbols += slot.uplink;
  return symbols / (static_cast<double>(slots_.size()) * kSymbolsPerSlot);
}

int TddPattern::guard_symbols() const {
  int least = INT_MAX;
  for (const SlotSymbols& slot : slots_) {
    if (slot.guard > 0) least = std::min(least, slot.guard);
  }
  return least;
}

double TddPattern::guard_s() const {
  return guard_symbols() * symbol_duration_s(subcarrier_spacing_hz_);
}

std::variant<TddPattern, Refusal> make_tdd_pattern(const TddPatternRequest& request) {
  const std::optional<int> mu = numerology(request.subcarrier_spacing_hz);
  if (!mu) {
    return Refusal{
        "subcarrier_spacing",
        number_text(request.subcarrier_spacing_hz * 1e-3) + " kHz is no subcarrier spacing of NR",
        "15, 30, 60 or 120 kHz"};
  }
  if (auto refusal = refuse_slots(request)) return *refusal;
  const long slot_us = 1000L >> *mu;
  if (!has_period(request.slots, slot_us)) {
    return Refusal{"slots",
                   "'" + request.slots + "', " +
                       number_text(static_cast<double>(slot_us) * 1e-3 *
                                   static_cast<double>(request.slots.size())) +
                       " ms at " + number_text(request.subcarrier_spacing_hz * 1e-3) +
                       " kHz, is neither one pattern of TS 38.213 nor two after each other "
                       "(each D, then at most one S, then U; periods of 0.5, 0.625, 1, 1.25, 2, "
                       "2.5, 3, 4, 5 or 10 ms; the whole repeated within 20 ms)",
                   kExample};
  }
  TddPattern pattern;
  pattern.slots_ = spell(request.slots, request.special);
  pattern.subcarrier_spacing_hz_ = request.subcarrier_spacing_hz;
  return pattern;
}

std::variant<TddPattern, Refusal> make_lte_tdd_pattern(int configuration, int special) {
  if (configuration < 0 || configuration >= static_cast<int>(kLteSlots.size())) {
    return Refusal{"configuration",
                   std::to_string(configuration) + " is no uplink-downlink configuration of LTE",
                   "0 to 6; 2 is DSUDDDSUDD"};
  }
  if (special < 0 || special >= static_cast<int>(kLteSpecial.size())) {
    return Refusal{"special",
                   std::to_string(special) + " is no special subframe configuration of LTE",
                   "0 to 9; 7 is 10:2:2"};
  }
  TddPattern pattern;
  pattern.slots_ = spell(kLteSlots[static_cast<std::size_t>(configuration)],
                         kLteSpecial[static_cast<std::size_t>(special)]);
  pattern.subcarrier_spacing_hz_ = 15e3;
  return pattern;
}

}  // namespace yonder::nr
