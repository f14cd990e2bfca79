#pragma once

#include <functional>
#include <vector>

#include "core/run_control.h"

namespace yonder::scenarios {

/// Files to be written side by side. Each task makes its own GDAL dataset and touches no other's
/// file, so that every file has the same bytes whatever the number of threads.
class OutputTasks {
 public:
  void add(std::function<void()> task);
  /// Does all of them. Rethrows the first exception when all threads have ended.
  void run(const RunControl& control);

 private:
  std::vector<std::function<void()>> tasks_;
};

}  // namespace yonder::scenarios
