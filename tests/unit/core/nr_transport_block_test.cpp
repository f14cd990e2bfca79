#include <gtest/gtest.h>

#include "core/contracts.h"
#include "core/nr/transport_block.h"

namespace yonder::nr {
namespace {

// Sizes against a public reference: tests/reference/nr_tbs.jsonl. Here: what must hold of any.

TEST(TransportBlock, NeedsAtMost156ElementsAPrb) {
  EXPECT_EQ(resource_elements({.prbs = 10, .symbols = 14, .dmrs_re_per_prb = 6}), 1560);
  EXPECT_EQ(resource_elements({.prbs = 10, .symbols = 13, .dmrs_re_per_prb = 12}), 1440);
  EXPECT_EQ(resource_elements({.prbs = 10, .symbols = 1, .dmrs_re_per_prb = 12}), 0);
  EXPECT_EQ(
      resource_elements({.prbs = 1, .symbols = 1, .dmrs_re_per_prb = 12, .overhead_re_per_prb = 6}),
      0);
}

TEST(TransportBlock, OfNothingIsNothing) { EXPECT_EQ(transport_block_bits(0, 120, 2, 1), 0); }

TEST(TransportBlock, GrowsWithElementsAndStaysNearTheInformation) {
  for (const double rate : {30.0, 120.0, 308.0, 682.5, 948.0}) {
    for (const int order : {2, 4, 6, 8}) {
      int before = 0;
      for (int elements = 12; elements <= 42900; elements += 37) {
        const int bits = transport_block_bits(elements, rate, order, 2);
        ASSERT_GE(bits, before) << elements << " " << rate << " " << order;
        ASSERT_EQ(bits % 8, 0);
        const double info = elements * rate / 1024.0 * order * 2;
        // Steps are a thirty-second of the size; between table entries up to one part in 16.
        if (info > 400) {
          ASSERT_NEAR(bits / info, 1.0, 0.065) << elements << " " << rate;
        }
        before = bits;
      }
    }
  }
}

// With its 24 bits of CRC a large block falls into equal code blocks of 8 n bits, each with its own
// 24 bits, of at most 8448 bits, 3840 at rates to a quarter (TS 38.212 section 5.2.2).
TEST(TransportBlock, FallsIntoEqualCodeBlocks) {
  for (const double rate : {120.0, 256.0, 257.0, 948.0}) {
    const int largest = rate <= 256.0 ? 3840 : 8448;
    for (int elements = 4000; elements <= 42900; elements += 7) {
      const int bits = transport_block_bits(elements, rate, 6, 4) + 24;
      if (bits <= largest) continue;
      int pieces = 1;
      while ((bits + 24 * pieces) > largest * pieces) ++pieces;
      EXPECT_EQ(bits % (8 * pieces), 0) << bits << " at " << rate;
    }
  }
}

}  // namespace
}  // namespace yonder::nr
