#include "core/server_stack.h"

#include <cmath>

#include "core/contracts.h"

namespace yonder {
namespace {

constexpr double kUnitsPerMw = 0x1p56;

/// Strongest first; of equal signals the lower number. Any signal goes before none.
bool ranks_before(const ServerSignal& a, const ServerSignal& b) {
  if (b.cell == 0) return true;
  return a.rsrp_dbm > b.rsrp_dbm || (a.rsrp_dbm == b.rsrp_dbm && a.cell < b.cell);
}

std::uint64_t units(float rsrp_dbm) {
  const double power = std::pow(10.0, 0.1 * static_cast<double>(rsrp_dbm)) * kUnitsPerMw;
  return power < 0x1p64 ? static_cast<std::uint64_t>(power + 0.5)
                        : std::numeric_limits<std::uint64_t>::max();
}

void add_up(std::uint64_t& sum, std::uint64_t more) {
  sum += more;
  if (sum < more) sum = std::numeric_limits<std::uint64_t>::max();
}

}  // namespace

ServerStack::ServerStack(PixelWindow window, int depth) : window_(window), depth_(depth) {
  YONDER_EXPECTS(depth >= 1);
  servers_.resize(window.size() * static_cast<std::size_t>(depth));
  rest_.resize(window.size());
}

void ServerStack::add(std::size_t pixel, ServerSignal signal) {
  YONDER_EXPECTS(depth_ > 0 && pixel < rest_.size());
  YONDER_EXPECTS(signal.cell != 0 && !std::isnan(signal.rsrp_dbm));
  const auto depth = static_cast<std::size_t>(depth_);
  const std::span<ServerSignal> servers = std::span(servers_).subspan(pixel * depth, depth);
  if (!ranks_before(signal, servers.back())) {
    add_up(rest_[pixel], units(signal.rsrp_dbm));
    return;
  }
  if (servers.back().cell != 0) add_up(rest_[pixel], units(servers.back().rsrp_dbm));
  std::size_t rank = depth - 1;
  for (; rank > 0 && ranks_before(signal, servers[rank - 1]); --rank) {
    servers[rank] = servers[rank - 1];
  }
  servers[rank] = signal;
}

std::span<const ServerSignal> ServerStack::at(std::size_t pixel) const {
  YONDER_EXPECTS(depth_ > 0 && pixel < rest_.size());
  const auto depth = static_cast<std::size_t>(depth_);
  const auto servers = std::span(servers_).subspan(pixel * depth, depth);
  std::size_t count = 0;
  while (count < depth && servers[count].cell != 0) ++count;
  return servers.first(count);
}

double ServerStack::rest_mw(std::size_t pixel) const {
  YONDER_EXPECTS(depth_ > 0 && pixel < rest_.size());
  return static_cast<double>(rest_[pixel]) / kUnitsPerMw;
}

}  // namespace yonder
