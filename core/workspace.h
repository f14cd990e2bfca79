#pragma once

#include <cstddef>
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
  /// Takes all blocks back; each model's evaluate() calls it first.
  void reset() { used_ = 0; }

 private:
  std::vector<std::vector<double>> blocks_;
  std::size_t used_ = 0;
};

}  // namespace yonder
