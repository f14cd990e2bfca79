#include "core/text.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <string>

namespace yonder {
namespace {

constexpr std::array<std::string_view, 4> kWords = {"frequency_mhz", "power_w", "id", "lon_deg"};

TEST(NearestWord, IsTheOneMeant) {
  EXPECT_EQ(nearest_word("frequency_mhZ", kWords), "frequency_mhz");
  EXPECT_EQ(nearest_word("frequency", kWords), "frequency_mhz");  // the unit is missing
  EXPECT_EQ(nearest_word("freqency_mhz_of_it", kWords), "frequency_mhz");
  EXPECT_EQ(nearest_word("pwr_w", kWords), "power_w");
  EXPECT_EQ(nearest_word("ld", kWords), "id");
  EXPECT_EQ(nearest_word("longitude_and_latitude", kWords), "");
}

// A table whose first line has no separator is one column with a name of megabytes: it took 15 s to
// find that no column is meant.
TEST(NearestWord, OfAWholeFileIsNoneAndFoundAtOnce) {
  const std::string file(50'000'000, 'x');
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(nearest_word(file, kWords), "");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(500));
}

}  // namespace
}  // namespace yonder
