#include "core/nr/transport_block.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/contracts.h"
#include "core/nr/numerology.h"

namespace yonder::nr {
namespace {

// TS 38.214 table 5.1.3.2-1.
constexpr auto kSmallBlocks = std::to_array<int>(
    {24,   32,   40,   48,   56,   64,   72,   80,   88,   96,   104,  112,  120,  128,  136,  144,
     152,  160,  168,  176,  184,  192,  208,  224,  240,  256,  272,  288,  304,  320,  336,  352,
     368,  384,  408,  432,  456,  480,  504,  528,  552,  576,  608,  640,  672,  704,  736,  768,
     808,  848,  888,  928,  984,  1032, 1064, 1128, 1160, 1192, 1224, 1256, 1288, 1320, 1352, 1416,
     1480, 1544, 1608, 1672, 1736, 1800, 1864, 1928, 2024, 2088, 2152, 2216, 2280, 2408, 2472, 2536,
     2600, 2664, 2728, 2792, 2856, 2976, 3104, 3240, 3368, 3496, 3624, 3752, 3824});
static_assert(kSmallBlocks.size() == 93);

/// floor(log2(value)) of a value >= 1, exactly.
int floor_log2(double value) { return std::ilogb(value); }

/// 8 C ceil((info + 24) / (8 C)) - 24, both integers.
int into_code_blocks(int info, int blocks) {
  return 8 * blocks * ((info + 24 + 8 * blocks - 1) / (8 * blocks)) - 24;
}

/// Step 3: N_info <= 3824.
int small_block(double info) {
  const double step = std::ldexp(1.0, std::max(3, floor_log2(std::max(info, 1.0)) - 6));
  const double quantized = std::max(24.0, step * std::floor(info / step));
  return *std::lower_bound(kSmallBlocks.begin(), kSmallBlocks.end(), static_cast<int>(quantized));
}

/// Step 4: N_info > 3824.
int large_block(double info, double code_rate_x1024) {
  const double step = std::ldexp(1.0, floor_log2(info - 24.0) - 5);
  // Ties go up, as std::round does for positive numbers.
  const int quantized = static_cast<int>(std::max(3840.0, step * std::round((info - 24.0) / step)));
  const auto pieces = [&](int largest) { return (quantized + 24 + largest - 1) / largest; };
  if (code_rate_x1024 <= 256.0) return into_code_blocks(quantized, pieces(3816));
  if (quantized > 8424) return into_code_blocks(quantized, pieces(8424));
  return into_code_blocks(quantized, 1);
}

}  // namespace

int resource_elements(const SlotAllocation& allocation) {
  const int per_prb = kSubcarriersPerBlock * allocation.symbols - allocation.dmrs_re_per_prb -
                      allocation.overhead_re_per_prb;
  return std::clamp(per_prb, 0, kMostElementsPerPrb) * allocation.prbs;
}

int transport_block_bits(int resource_elements, double code_rate_x1024, int modulation_order,
                         int layers) {
  YONDER_EXPECTS(resource_elements >= 0 && resource_elements <= kMostElementsPerPrb * 275);
  YONDER_EXPECTS(code_rate_x1024 > 0.0 && code_rate_x1024 < 1024.0);
  YONDER_EXPECTS(modulation_order >= 1 && modulation_order <= 10);
  YONDER_EXPECTS(layers >= 1 && layers <= 4);
  if (resource_elements == 0) return 0;
  // Exact in binary: the rates are multiples of 1/2048.
  const double info = resource_elements * (code_rate_x1024 / 1024.0) * modulation_order * layers;
  return info <= 3824.0 ? small_block(info) : large_block(info, code_rate_x1024);
}

}  // namespace yonder::nr
