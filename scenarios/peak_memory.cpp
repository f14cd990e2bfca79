#include "scenarios/peak_memory.h"

#include <sys/resource.h>

namespace yonder::scenarios {

double peak_rss_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

}  // namespace yonder::scenarios
