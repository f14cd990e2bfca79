#pragma once

#include <cstddef>

namespace yonder::scenarios {

/// What estimates allow for the program and its libraries.
inline constexpr std::size_t kProgramBytes = std::size_t{120} << 20;

/// The most memory this process has held so far.
double peak_rss_mib();

}  // namespace yonder::scenarios
