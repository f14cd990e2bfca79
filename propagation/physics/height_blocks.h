#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>

namespace yonder::propagation {

/// Heights added one after the other with their maxima over blocks of two sizes, for searches that
/// can rule out a block by its highest point.
class HeightBlocks {
 public:
  static constexpr std::size_t kBlock = 16;
  static constexpr std::size_t kSuperblock = 256;

  static std::size_t block_count(std::size_t n) { return n / kBlock + 1; }
  static std::size_t superblock_count(std::size_t n) { return n / kSuperblock + 1; }

  /// Storage of block_count(n) and superblock_count(n) for n heights.
  HeightBlocks(std::span<double> blocks, std::span<double> superblocks)
      : blocks_(blocks), superblocks_(superblocks) {
    std::ranges::fill(blocks_, -std::numeric_limits<double>::infinity());
    std::ranges::fill(superblocks_, -std::numeric_limits<double>::infinity());
  }

  void add(std::size_t i, double height) {
    double& block = blocks_[i / kBlock];
    block = height > block ? height : block;
    double& superblock = superblocks_[i / kSuperblock];
    superblock = height > superblock ? height : superblock;
  }

  /// Visits points first..last (both included, all added before) block by block, in any order that
  /// depends on nothing but them: `possible(from, to, height)` says whether some point of
  /// from..to, none higher than `height`, could matter; `visit(from, to)` looks at each.
  template <typename Possible, typename Visit>
  void search(std::size_t first, std::size_t last, Possible&& possible, Visit&& visit) const {
    for (std::size_t s = first / kSuperblock; s <= last / kSuperblock; ++s) {
      const std::size_t from = std::max(first, s * kSuperblock);
      const std::size_t to = std::min(last, (s + 1) * kSuperblock - 1);
      if (!possible(from, to, superblocks_[s])) continue;
      for (std::size_t b = from / kBlock; b <= to / kBlock; ++b) {
        const std::size_t block_from = std::max(from, b * kBlock);
        const std::size_t block_to = std::min(to, (b + 1) * kBlock - 1);
        if (possible(block_from, block_to, blocks_[b])) visit(block_from, block_to);
      }
    }
  }

 private:
  std::span<double> blocks_;
  std::span<double> superblocks_;
};

}  // namespace yonder::propagation
