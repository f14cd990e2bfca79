#pragma once

#include <stop_token>

namespace yonder::cli {

/// Turns the first Ctrl-C (SIGINT) or SIGTERM into a stop request, so that a run can clean up; a
/// second one ends the process at once. Call once, before any other thread exists.
std::stop_token stop_on_interrupt();

}  // namespace yonder::cli
