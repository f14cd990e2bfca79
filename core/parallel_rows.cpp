#include "core/parallel_rows.h"

#include <omp.h>

#include <atomic>
#include <exception>

namespace yonder {

int thread_count(const RunControl& control) {
  return control.threads > 0 ? control.threads : omp_get_max_threads();
}

void parallel_rows(int rows, const RunControl& control, std::size_t done_before, std::size_t total,
                   const std::function<void(int row, int thread)>& body) {
  std::atomic<std::size_t> done{0};
  std::atomic<bool> ended{false};
  std::exception_ptr failure;
#pragma omp parallel for schedule(dynamic, 1) num_threads(thread_count(control))
  for (int row = 0; row < rows; ++row) {
    if (ended.load(std::memory_order_relaxed)) continue;
    try {
      if (control.stop.stop_requested()) throw Stopped();
      body(row, omp_get_thread_num());
      const std::size_t finished = done.fetch_add(1) + 1;
      // One thread reports, so that the callback needs no lock.
      if (control.progress && omp_get_thread_num() == 0) {
        control.progress(done_before + finished, total);
      }
    } catch (...) {
      if (!ended.exchange(true)) failure = std::current_exception();
    }
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace yonder
