#include "core/nr/band.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/text.h"
#include "core/units.h"

namespace yonder::nr {
namespace {

constexpr FrequencyRange mhz(double low, double high) { return {low * 1e6, high * 1e6}; }

constexpr Band fdd(std::string_view id, Technology technology, FrequencyRange uplink,
                   FrequencyRange downlink) {
  return {id, technology, Duplex::fdd, uplink, downlink};
}

constexpr Band tdd(std::string_view id, Technology technology, FrequencyRange range) {
  return {id, technology, Duplex::tdd, range, range};
}

constexpr Technology kNr = Technology::nr;
constexpr Technology kLte = Technology::lte;

// NR: TS 38.101-1 V17 table 5.2-1; LTE: TS 36.101 table 5.5-1.
constexpr auto kBands = std::to_array<Band>({
    fdd("n1", kNr, mhz(1920, 1980), mhz(2110, 2170)),
    fdd("n3", kNr, mhz(1710, 1785), mhz(1805, 1880)),
    fdd("n5", kNr, mhz(824, 849), mhz(869, 894)),
    fdd("n8", kNr, mhz(880, 915), mhz(925, 960)),
    fdd("n28", kNr, mhz(703, 748), mhz(758, 803)),
    tdd("n41", kNr, mhz(2496, 2690)),
    tdd("n78", kNr, mhz(3300, 3800)),
    tdd("n79", kNr, mhz(4400, 5000)),
    {"n83", kNr, Duplex::sul, mhz(703, 748), {}},
    fdd("B1", kLte, mhz(1920, 1980), mhz(2110, 2170)),
    fdd("B3", kLte, mhz(1710, 1785), mhz(1805, 1880)),
    fdd("B5", kLte, mhz(824, 849), mhz(869, 894)),
    fdd("B8", kLte, mhz(880, 915), mhz(925, 960)),
    fdd("B28", kLte, mhz(703, 748), mhz(758, 803)),
    tdd("B39", kLte, mhz(1880, 1920)),
    tdd("B40", kLte, mhz(2300, 2400)),
    tdd("B41", kLte, mhz(2496, 2690)),
});

/// Resource blocks of a bandwidth; 0 where the tables say N/A.
struct Width {
  double mhz;
  int at_15_khz;
  int at_30_khz;
  int at_60_khz;
};

// TS 38.101-1 V17 table 5.3.2-1.
constexpr auto kNrWidths = std::to_array<Width>({{5, 25, 11, 0},
                                                 {10, 52, 24, 11},
                                                 {15, 79, 38, 18},
                                                 {20, 106, 51, 24},
                                                 {25, 133, 65, 31},
                                                 {30, 160, 78, 38},
                                                 {35, 188, 92, 44},
                                                 {40, 216, 106, 51},
                                                 {45, 242, 119, 58},
                                                 {50, 270, 133, 65},
                                                 {60, 0, 162, 79},
                                                 {70, 0, 189, 93},
                                                 {80, 0, 217, 107},
                                                 {90, 0, 245, 121},
                                                 {100, 0, 273, 135}});

// TS 36.101 table 5.6-1.
constexpr auto kLteWidths = std::to_array<Width>({{1.4, 6, 0, 0},
                                                  {3, 15, 0, 0},
                                                  {5, 25, 0, 0},
                                                  {10, 50, 0, 0},
                                                  {15, 75, 0, 0},
                                                  {20, 100, 0, 0}});

std::span<const Width> widths(Technology technology) {
  if (technology == Technology::lte) return kLteWidths;
  return kNrWidths;
}

int blocks_at(const Width& width, double subcarrier_spacing_hz) {
  if (subcarrier_spacing_hz == 15e3) return width.at_15_khz;
  if (subcarrier_spacing_hz == 30e3) return width.at_30_khz;
  if (subcarrier_spacing_hz == 60e3) return width.at_60_khz;
  return 0;
}

std::string mhz_text(double hz) { return number_text(hz_to_mhz(hz)) + " MHz"; }
std::string khz_text(double hz) { return number_text(hz * 1e-3) + " kHz"; }

std::string band_names() {
  std::string names;
  for (const Band& band : kBands) names += (names.empty() ? "" : ", ") + std::string(band.id);
  return names;
}

/// "28", "N28" and "band 28" mean n28: the first band of that number. Band numbers that merely look
/// alike are different bands.
const Band* same_number(const std::string& name) {
  const std::size_t digits = name.find_first_of("0123456789");
  if (digits == std::string::npos) return nullptr;
  const bool lte = name.starts_with("b") && digits == 1;
  const auto it = std::find_if(kBands.begin(), kBands.end(), [&](const Band& band) {
    return band.id.substr(1) == name.substr(digits) && (!lte || band.technology == kLte);
  });
  return it == kBands.end() ? nullptr : &*it;
}

/// "758 to 803 MHz".
std::string range_text(const FrequencyRange& range) {
  return number_text(hz_to_mhz(range.low_hz)) + " to " + mhz_text(range.high_hz);
}

std::optional<Refusal> refuse_centre(const Band& band, const char* parameter,
                                     std::string_view direction, const FrequencyRange& range,
                                     double centre_hz, double bandwidth_hz) {
  if (range.holds(centre_hz, bandwidth_hz)) return std::nullopt;
  const double half_hz = bandwidth_hz / 2.0;
  std::string valid = "a wider band, or less bandwidth";
  if (bandwidth_hz <= range.high_hz - range.low_hz) {
    valid = "a centre from " + number_text(hz_to_mhz(range.low_hz + half_hz)) + " to " +
            mhz_text(range.high_hz - half_hz);
  }
  return Refusal{parameter,
                 mhz_text(bandwidth_hz) + " around " + mhz_text(centre_hz) + " leave the " +
                     std::string(direction) + " of band " + std::string(band.id) + ", " +
                     range_text(range),
                 valid};
}

/// Width, spacing and blocks.
std::variant<int, Refusal> blocks_of(const Band& band, const ChannelRequest& request) {
  const std::vector<double> possible =
      channel_bandwidths_hz(band.technology, request.subcarrier_spacing_hz);
  if (possible.empty()) {
    return Refusal{"subcarrier_spacing",
                   "band " + std::string(band.id) + " has no subcarrier spacing of " +
                       khz_text(request.subcarrier_spacing_hz),
                   band.technology == Technology::lte ? "15 kHz" : "15, 30 or 60 kHz"};
  }
  const std::optional<int> most =
      max_resource_blocks(band.technology, request.bandwidth_hz, request.subcarrier_spacing_hz);
  if (!most) {
    std::string listed;
    for (const double hz : possible) {
      listed += (listed.empty() ? "" : ", ") + number_text(hz_to_mhz(hz));
    }
    return Refusal{"bandwidth",
                   mhz_text(request.bandwidth_hz) + " is no channel bandwidth at " +
                       khz_text(request.subcarrier_spacing_hz),
                   listed + " MHz"};
  }
  const int blocks = request.resource_blocks.value_or(*most);
  if (blocks < 1 || blocks > *most) {
    return Refusal{
        "resource_blocks",
        std::to_string(blocks) +
            (blocks < 1 ? " resource blocks are no carrier"
                        : " resource blocks are more than " + mhz_text(request.bandwidth_hz) +
                              " hold at " + khz_text(request.subcarrier_spacing_hz)),
        "1 to " + std::to_string(*most)};
  }
  return blocks;
}

std::optional<Refusal> refuse_duplex(const Band& band, const ChannelRequest& request) {
  const std::string id(band.id);
  const std::string kind = "band " + id + " is " + std::string(duplex_name(band.duplex));
  if (band.duplex != Duplex::tdd && request.tdd_pattern_given) {
    return Refusal{"tdd_pattern", kind + ": it has no TDD pattern",
                   "no pattern, or a TDD band such as n41"};
  }
  if (band.duplex == Duplex::tdd && !request.tdd_pattern_given) {
    return Refusal{"tdd_pattern", kind + " and needs a TDD pattern",
                   "DDDDDDDSUU with a special slot of 6:4:4"};
  }
  if (band.duplex == Duplex::sul && request.downlink_hz) {
    return Refusal{"downlink", kind + ", a supplementary uplink: it has no downlink",
                   "an uplink centre in " + range_text(band.uplink)};
  }
  if (band.duplex == Duplex::tdd && request.downlink_hz && request.uplink_hz &&
      *request.downlink_hz != *request.uplink_hz) {
    return Refusal{"uplink",
                   kind + ": uplink and downlink share one centre, but " +
                       mhz_text(*request.uplink_hz) + " and " + mhz_text(*request.downlink_hz) +
                       " are given",
                   mhz_text(*request.downlink_hz) + " for both"};
  }
  if (!request.downlink_hz && !request.uplink_hz) {
    const bool sul = band.duplex == Duplex::sul;
    return Refusal{sul ? "uplink" : "downlink", "the carrier has no centre frequency",
                   "a centre in " + range_text(sul ? band.uplink : band.downlink)};
  }
  return std::nullopt;
}

}  // namespace

std::string_view duplex_name(Duplex duplex) {
  switch (duplex) {
    case Duplex::fdd:
      return "FDD";
    case Duplex::tdd:
      return "TDD";
    case Duplex::sul:
      return "SUL";
  }
  return "";
}

bool FrequencyRange::holds(double centre_hz, double bandwidth_hz) const {
  // A thousandth of a hertz for centres such as 718.00000000001 MHz; not(<) also refuses NaN.
  constexpr double kSlackHz = 1e-3;
  return centre_hz - bandwidth_hz / 2.0 >= low_hz - kSlackHz &&
         centre_hz + bandwidth_hz / 2.0 <= high_hz + kSlackHz;
}

double Band::duplex_spacing_hz() const {
  return duplex == Duplex::fdd ? downlink.low_hz - uplink.low_hz : 0.0;
}

std::span<const Band> bands() { return kBands; }

const Band* find_band(std::string_view id) {
  const auto it =
      std::find_if(kBands.begin(), kBands.end(), [&](const Band& band) { return band.id == id; });
  return it == kBands.end() ? nullptr : &*it;
}

std::vector<double> channel_bandwidths_hz(Technology technology, double subcarrier_spacing_hz) {
  std::vector<double> found;
  for (const Width& width : widths(technology)) {
    if (blocks_at(width, subcarrier_spacing_hz) > 0) found.push_back(mhz_to_hz(width.mhz));
  }
  return found;
}

std::optional<int> max_resource_blocks(Technology technology, double bandwidth_hz,
                                       double subcarrier_spacing_hz) {
  for (const Width& width : widths(technology)) {
    const int blocks = blocks_at(width, subcarrier_spacing_hz);
    if (blocks > 0 && std::abs(mhz_to_hz(width.mhz) - bandwidth_hz) < 1e-3) return blocks;
  }
  return std::nullopt;
}

std::variant<Channel, Refusal> make_channel(const ChannelRequest& request) {
  const Band* band = find_band(request.band);
  if (band == nullptr) {
    const Band* meant = same_number(request.band);
    std::string problem = "'" + request.band + "' is no band known here";
    if (meant != nullptr) problem += "; did you mean " + std::string(meant->id) + "?";
    return Refusal{"band", problem, band_names()};
  }
  const std::variant<int, Refusal> blocks = blocks_of(*band, request);
  if (const auto* refusal = std::get_if<Refusal>(&blocks)) return *refusal;
  if (auto refusal = refuse_duplex(*band, request)) return *refusal;

  Channel channel{.band = band,
                  .bandwidth_hz = request.bandwidth_hz,
                  .subcarrier_spacing_hz = request.subcarrier_spacing_hz,
                  .resource_blocks = std::get<int>(blocks)};
  if (band->duplex == Duplex::sul) {
    channel.uplink_hz = *request.uplink_hz;
  } else {
    const double spacing_hz = band->duplex_spacing_hz();
    channel.downlink_hz =
        request.downlink_hz ? *request.downlink_hz : *request.uplink_hz + spacing_hz;
    channel.uplink_hz = request.uplink_hz ? *request.uplink_hz : *request.downlink_hz - spacing_hz;
    if (auto refusal = refuse_centre(*band, request.downlink_hz ? "downlink" : "uplink", "downlink",
                                     band->downlink, *channel.downlink_hz, request.bandwidth_hz)) {
      return *refusal;
    }
  }
  if (auto refusal = refuse_centre(*band, request.uplink_hz ? "uplink" : "downlink", "uplink",
                                   band->uplink, channel.uplink_hz, request.bandwidth_hz)) {
    return *refusal;
  }
  return channel;
}

}  // namespace yonder::nr
