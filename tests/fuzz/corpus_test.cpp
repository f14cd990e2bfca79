#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>

#include "targets.h"

// The fuzzers' inputs as ordinary tests: seeds, and what fuzzing has found (files named found-*).
namespace yonder::fuzz {
namespace {

std::vector<std::filesystem::path> inputs_of(const Target& target) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(YONDER_SOURCE_DIR) / "tests/fuzz/corpus" / target.name)) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::string read_bytes(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class FuzzCorpus : public testing::TestWithParam<Target> {};

TEST_P(FuzzCorpus, IsTakenOrRefusedInWords) {
  const std::vector<std::filesystem::path> files = inputs_of(GetParam());
  ASSERT_FALSE(files.empty());
  for (const std::filesystem::path& file : files) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_NO_THROW(GetParam().run(read_bytes(file))) << file;
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20)) << file;
  }
}

TEST_P(FuzzCorpus, CutAnywhereOrWithAByteTurnedIsTakenOrRefusedInWords) {
  for (const std::filesystem::path& file : inputs_of(GetParam())) {
    const std::string whole = read_bytes(file);
    if (whole.size() > 20000) continue;  // the fuzzers' own work
    const std::size_t step = whole.size() / 12 + 1;
    for (std::size_t at = 0; at < whole.size(); at += step) {
      EXPECT_NO_THROW(GetParam().run(whole.substr(0, at))) << file << " cut at " << at;
      std::string turned = whole;
      turned[at] = static_cast<char>(turned[at] ^ 0x80);
      EXPECT_NO_THROW(GetParam().run(turned)) << file << " turned at " << at;
      turned[at] = '\0';
      EXPECT_NO_THROW(GetParam().run(turned)) << file << " null at " << at;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, FuzzCorpus, testing::ValuesIn(targets().begin(), targets().end()),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace yonder::fuzz
