#include "core/nr/signal_stack.h"

#include <cmath>

#include "core/contracts.h"

namespace yonder::nr {
namespace {

constexpr double kUnitsPerMw = 0x1p56;

/// Strongest first; of equal signals the lower number. Any signal goes before none.
bool ranks_before(const CellSignal& a, const CellSignal& b) {
  if (b.cell == 0) return true;
  return a.rsrp_dbm > b.rsrp_dbm || (a.rsrp_dbm == b.rsrp_dbm && a.cell < b.cell);
}

std::uint64_t units(double power_mw) {
  const double power = power_mw * kUnitsPerMw;
  return power < 0x1p64 ? static_cast<std::uint64_t>(power + 0.5)
                        : std::numeric_limits<std::uint64_t>::max();
}

void add_up(std::uint64_t& sum, std::uint64_t more) {
  sum += more;
  if (sum < more) sum = std::numeric_limits<std::uint64_t>::max();
}

}  // namespace

SignalStack::SignalStack(PixelWindow window, int depth, std::vector<double> loads)
    : depth_(depth), loads_(std::move(loads)) {
  YONDER_EXPECTS(depth >= 1);
  signals_.resize(window.size() * static_cast<std::size_t>(depth));
  rest_.resize(2 * window.size());
}

void SignalStack::add_to_rest(std::size_t pixel, CellSignal signal) {
  const double power_mw = std::pow(10.0, 0.1 * static_cast<double>(signal.rsrp_dbm));
  add_up(rest_[2 * pixel], units(power_mw));
  add_up(rest_[2 * pixel + 1], units(power_mw * loads_[signal.cell - 1U]));
}

void SignalStack::add(std::size_t pixel, CellSignal signal) {
  YONDER_EXPECTS(2 * pixel < rest_.size());
  YONDER_EXPECTS(signal.cell != 0 && signal.cell <= loads_.size() && !std::isnan(signal.rsrp_dbm));
  const auto depth = static_cast<std::size_t>(depth_);
  const std::span<CellSignal> signals = std::span(signals_).subspan(pixel * depth, depth);
  if (!ranks_before(signal, signals.back())) {
    add_to_rest(pixel, signal);
    return;
  }
  if (signals.back().cell != 0) add_to_rest(pixel, signals.back());
  std::size_t rank = depth - 1;
  for (; rank > 0 && ranks_before(signal, signals[rank - 1]); --rank) {
    signals[rank] = signals[rank - 1];
  }
  signals[rank] = signal;
}

std::span<const CellSignal> SignalStack::at(std::size_t pixel) const {
  YONDER_EXPECTS(2 * pixel < rest_.size());
  const auto depth = static_cast<std::size_t>(depth_);
  const auto signals = std::span(signals_).subspan(pixel * depth, depth);
  std::size_t count = 0;
  while (count < depth && signals[count].cell != 0) ++count;
  return signals.first(count);
}

double SignalStack::rest_mw(std::size_t pixel) const {
  YONDER_EXPECTS(2 * pixel < rest_.size());
  return static_cast<double>(rest_[2 * pixel]) / kUnitsPerMw;
}

double SignalStack::loaded_rest_mw(std::size_t pixel) const {
  YONDER_EXPECTS(2 * pixel < rest_.size());
  return static_cast<double>(rest_[2 * pixel + 1]) / kUnitsPerMw;
}

}  // namespace yonder::nr
