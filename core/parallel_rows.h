#pragma once

#include <functional>

#include "core/run_control.h"

namespace yonder {

/// Calls body(row, thread) for each row in [0, rows) from an OpenMP team, rows handed out
/// dynamically. Each row is done by one thread, so a body that writes only its row gives the same
/// result at any thread count. The first exception of a body, or Stopped, is rethrown when all
/// threads have ended. `done_before` and `total` (rows of the whole job) scale the progress
/// reports.
void parallel_rows(int rows, const RunControl& control, std::size_t done_before, std::size_t total,
                   const std::function<void(int row, int thread)>& body);

/// Threads that parallel_rows will use at most.
int thread_count(const RunControl& control);

}  // namespace yonder
