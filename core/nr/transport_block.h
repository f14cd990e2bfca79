#pragma once

/// Transport block size of TS 38.214 section 5.1.3.2 (PDSCH) and 6.1.4.2 (PUSCH, the same rule).
namespace yonder::nr {

/// What a slot gives a transport block.
struct SlotAllocation {
  int prbs = 1;                 ///< 1..275
  int symbols = 14;             ///< 1..14
  int dmrs_re_per_prb = 12;     ///< N_DMRS^PRB, with CDM groups without data
  int overhead_re_per_prb = 0;  ///< N_oh^PRB: 0, 6, 12 or 18 (xOverhead)
};

/// Cap on what counts of a resource block, step 1.
inline constexpr int kMostElementsPerPrb = 156;

/// N_RE = min(156, 12 symbols - dmrs - overhead) * prbs, never below 0.
int resource_elements(const SlotAllocation& allocation);

/// Size in bits of the transport block of `resource_elements` elements (steps 2 to 4); 0 where
/// there are none. Code rate as tabulated (times 1024), modulation order 1, 2, 4, 6, 8 or 10,
/// layers 1 to 4 (one codeword carries at most four).
int transport_block_bits(int resource_elements, double code_rate_x1024, int modulation_order,
                         int layers);

}  // namespace yonder::nr
