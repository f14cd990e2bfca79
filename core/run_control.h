#pragma once

#include <cstddef>
#include <functional>
#include <stdexcept>
#include <stop_token>

namespace yonder {

/// How a long calculation runs and how it is watched and stopped.
struct RunControl {
  int threads = 0;       ///< 0: all that OpenMP offers
  std::stop_token stop;  ///< checked between rows; a stop request ends the calculation with Stopped
  /// Called now and then from one thread at a time with work done and in all.
  std::function<void(std::size_t done, std::size_t total)> progress;
};

/// A calculation ended because it was asked to.
class Stopped : public std::runtime_error {
 public:
  Stopped() : std::runtime_error("stopped on request") {}
};

}  // namespace yonder
