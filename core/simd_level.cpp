#include "core/simd_level.h"

#include <cstdlib>
#include <string_view>

namespace yonder {
namespace {

SimdLevel widest() {
#if YONDER_X86_LEVELS
  if (__builtin_cpu_supports("x86-64-v4")) return SimdLevel::v4;
  if (__builtin_cpu_supports("x86-64-v3")) return SimdLevel::v3;
#endif
  return SimdLevel::baseline;
}

SimdLevel chosen() {
  const SimdLevel most = widest();
  const char* wish = std::getenv("YONDER_SIMD");
  for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::v3, SimdLevel::v4}) {
    if (wish != nullptr && std::string_view(wish) == simd_level_name(level) && level < most) {
      return level;
    }
  }
  return most;
}

}  // namespace

SimdLevel simd_level() {
  static const SimdLevel level = chosen();
  return level;
}

const char* simd_level_name(SimdLevel level) {
  switch (level) {
    case SimdLevel::v4:
      return "v4";
    case SimdLevel::v3:
      return "v3";
    case SimdLevel::baseline:
      break;
  }
  return "baseline";
}

}  // namespace yonder
