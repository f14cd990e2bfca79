#include "core/nr/throughput.h"

#include <algorithm>
#include <cmath>

#include "core/contracts.h"
#include "core/nr/numerology.h"
#include "core/nr/transport_block.h"

namespace yonder::nr {
namespace {

/// How many symbols of its direction the slots of a period have, and how long the period is.
struct Slots {
  std::vector<int> symbols;
  double period_s = 0.0;
};

Slots data_slots(const RateRequest& request) {
  if (request.tdd == nullptr) {
    return {{kSymbolsPerSlot}, slot_duration_s(request.subcarrier_spacing_hz)};
  }
  Slots slots{.symbols = {}, .period_s = request.tdd->period_s()};
  for (const SlotSymbols& slot : request.tdd->slots()) {
    const int symbols = request.direction == Direction::downlink ? slot.downlink : slot.uplink;
    if (symbols >= request.least_symbols) slots.symbols.push_back(symbols);
  }
  return slots;
}

/// Elements that carry data in `symbols` symbols of `blocks` blocks; as in step 1 of TS 38.214
/// section 5.1.3.2 no more than 156 a block.
int data_elements(int blocks, int symbols, double overhead) {
  const double elements = blocks * kSubcarriersPerBlock * symbols * (1.0 - overhead);
  return std::min(static_cast<int>(elements + 1e-9), kMostElementsPerPrb * blocks);
}

bool is_precoded(McsTable table) {
  return table == McsTable::precoded_qam64 || table == McsTable::precoded_qam64_low_se;
}

std::vector<int> allocations(const RateRequest& request) {
  if (request.direction == Direction::downlink) return {request.resource_blocks};
  std::vector<int> sizes;
  for (int blocks = 1; blocks <= request.resource_blocks; ++blocks) {
    if (!is_precoded(request.table) || is_transform_size(blocks)) sizes.push_back(blocks);
  }
  return sizes;
}

RateStep make_step(const RateRequest& request, const Slots& slots, const Mcs& mcs, int layers,
                   int blocks) {
  RateStep step{.mcs = mcs, .layers = layers, .resource_blocks = blocks};
  double bits = 0.0;
  // What each element carries in truth: short blocks are rounded up to 24 bits at least, far above
  // the table's efficiency; the densest slot decides.
  double efficiency = 0.0;
  for (const int symbols : slots.symbols) {
    const int elements = data_elements(blocks, symbols, request.overhead);
    const int block_bits =
        transport_block_bits(elements, mcs.code_rate_x1024, mcs.modulation_order, layers);
    bits += block_bits;
    if (block_bits == 0) continue;
    step.block_bits = std::max(step.block_bits, block_bits);
    efficiency = std::max(efficiency, static_cast<double>(block_bits) / elements / layers);
  }
  step.peak_bps = bits / slots.period_s;
  step.rate_bps = step.peak_bps * (1.0 - request.assumptions.bler_target) * request.resource_share;
  if (step.block_bits == 0) return step;
  step.required = required_sinr({.spectral_efficiency = efficiency,
                                 .modulation_order = mcs.modulation_order,
                                 .block_bits = static_cast<double>(step.block_bits),
                                 .rx_branches = request.rx_branches,
                                 .layers = layers},
                                request.assumptions);
  step.sinr_db = step.required.per_branch_db();
  if (request.direction == Direction::uplink) step.sinr_db += 10.0 * std::log10(blocks);
  return step;
}

}  // namespace

RateCurve::RateCurve(const RateRequest& request) {
  YONDER_EXPECTS(numerology(request.subcarrier_spacing_hz).has_value());
  YONDER_EXPECTS(request.resource_blocks >= 1 && request.resource_blocks <= 275);
  YONDER_EXPECTS(request.max_layers >= 1 && request.max_layers <= std::min(4, request.rx_branches));
  YONDER_EXPECTS(request.overhead >= 0.0 && request.overhead < 1.0);
  YONDER_EXPECTS(request.resource_share >= 0.0 && request.resource_share <= 1.0);
  const Slots slots = data_slots(request);
  std::vector<RateStep> all;
  for (const int blocks : allocations(request)) {
    for (int layers = 1; layers <= request.max_layers; ++layers) {
      for (const Mcs& mcs : mcs_entries(request.table)) {
        RateStep step = make_step(request, slots, mcs, layers, blocks);
        if (step.block_bits > 0) all.push_back(step);
      }
    }
  }
  std::sort(all.begin(), all.end(), [](const RateStep& a, const RateStep& b) {
    if (a.sinr_db != b.sinr_db) return a.sinr_db < b.sinr_db;
    return a.peak_bps > b.peak_bps;
  });
  for (const RateStep& step : all) {
    if (steps_.empty() || step.peak_bps > steps_.back().peak_bps) steps_.push_back(step);
  }
}

const RateStep* RateCurve::at(double sinr_db) const {
  // A SINR that is no number allows nothing.
  const auto next = std::partition_point(
      steps_.begin(), steps_.end(), [&](const RateStep& step) { return step.sinr_db <= sinr_db; });
  return next == steps_.begin() ? nullptr : &*(next - 1);
}

const RateStep* RateCurve::for_rate(double rate_bps) const {
  const auto step =
      std::lower_bound(steps_.begin(), steps_.end(), rate_bps,
                       [](const RateStep& one, double rate) { return one.rate_bps < rate; });
  return step == steps_.end() ? nullptr : &*step;
}

double data_slots_per_second(Direction direction, double subcarrier_spacing_hz,
                             const TddPattern* tdd) {
  const Slots slots = data_slots(
      {.direction = direction, .subcarrier_spacing_hz = subcarrier_spacing_hz, .tdd = tdd});
  double symbols = 0.0;
  for (const int of_slot : slots.symbols) symbols += of_slot;
  return symbols / kSymbolsPerSlot / slots.period_s;
}

double peak_rate_bps(int resource_blocks, double subcarrier_spacing_hz, int layers,
                     int modulation_order, double overhead, double symbol_share) {
  constexpr double kMostCodeRate = 948.0 / 1024.0;
  // T_s of TS 38.306 is the average symbol, 1 ms / (14 * 2^mu).
  const double symbols_per_s = kSymbolsPerSlot / slot_duration_s(subcarrier_spacing_hz);
  return layers * modulation_order * kMostCodeRate * resource_blocks * kSubcarriersPerBlock *
         symbols_per_s * (1.0 - overhead) * symbol_share;
}

}  // namespace yonder::nr
