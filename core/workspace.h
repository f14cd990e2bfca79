#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace yonder {

/// Scratch memory that one thread lends to model evaluations. It grows when first used at a size;
/// afterwards evaluations cost no heap allocation. Not shared between threads.
class Workspace {
 public:
  /// `count` doubles with unspecified content, valid until the next reset().
  std::span<double> doubles(std::size_t count) {
    if (used_ == blocks_.size()) blocks_.emplace_back();
    std::vector<double>& block = blocks_[used_++];
    if (block.size() < count) block.resize(count);
    return {block.data(), count};
  }
  /// The same for indices.
  std::span<std::uint32_t> indices(std::size_t count) {
    if (used_indices_ == index_blocks_.size()) index_blocks_.emplace_back();
    std::vector<std::uint32_t>& block = index_blocks_[used_indices_++];
    if (block.size() < count) block.resize(count);
    return {block.data(), count};
  }
  /// Takes all blocks back; each model's evaluate() calls it first.
  void reset() { used_ = used_indices_ = 0; }

 private:
  std::vector<std::vector<double>> blocks_;
  std::size_t used_ = 0;
  std::vector<std::vector<std::uint32_t>> index_blocks_;
  std::size_t used_indices_ = 0;
};

}  // namespace yonder
