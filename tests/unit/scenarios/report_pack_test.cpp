#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "scenarios/report/layer_pack.h"

namespace yonder::scenarios {
namespace {

using testing::ElementsAre;

constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();

TEST(ReportPack, Base64HasTheVectorsOfRfc4648) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("\xff\xfe\xfd"), "//79");
}

TEST(ReportPack, EveryCodeComesBack) {
  std::mt19937 random(3);
  std::uniform_int_distribution<int> any(-32768, 32767);
  std::vector<std::int16_t> codes(97 * 31);
  for (std::int16_t& code : codes) code = static_cast<std::int16_t>(any(random));
  codes[0] = -32768;
  codes[1] = 32767;
  codes[97] = 32767;
  codes[98] = -32768;
  EXPECT_EQ(unpack_codes(pack_codes(codes, 97), codes.size(), 97), codes);
  // One row, one column, one pixel.
  const std::vector<std::int16_t> few = {5, -7, 5};
  EXPECT_EQ(unpack_codes(pack_codes(few, 3), 3, 3), few);
  EXPECT_EQ(unpack_codes(pack_codes(few, 1), 3, 1), few);
  EXPECT_EQ(unpack_codes(pack_codes({few.data(), 1}, 1), 1, 1), std::vector<std::int16_t>{5});
}

TEST(ReportPack, SmoothLayersPackIntoLessThanAByteAPixel) {
  std::vector<std::int16_t> codes;
  for (int row = 0; row < 200; ++row) {
    for (int column = 0; column < 200; ++column) {
      const double distance = std::hypot(column - 100.3, row - 90.7);
      codes.push_back(static_cast<std::int16_t>(-1000 - std::lround(200.0 * std::log10(distance))));
    }
  }
  EXPECT_LT(pack_codes(codes, 200).size(), codes.size());
}

TEST(ReportPack, RefusesWhatItDidNotPack) {
  const std::string packed = pack_codes(std::vector<std::int16_t>{1, 2, 3, 4}, 2);
  EXPECT_THROW(unpack_codes(packed, 5, 1), std::invalid_argument);
  EXPECT_THROW(unpack_codes("????", 2, 2), std::invalid_argument);
  EXPECT_THROW(unpack_codes("AAAA", 2, 2), std::invalid_argument);
}

TEST(ReportPack, ValuesComeBackWithinHalfAStep) {
  const std::vector<float> values = {
      -97.34F, -130.0F, 12.05F, kNothing, 0.0F, -0.04F, std::numeric_limits<float>::infinity()};
  const NumberScale scale = number_scale(-130.0, 12.05, 0.1);
  EXPECT_DOUBLE_EQ(scale.scale, 0.1);
  EXPECT_DOUBLE_EQ(scale.offset, 0.0);
  const std::vector<std::int16_t> codes = encode_numbers(values, scale);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      EXPECT_EQ(codes[i], kNoValue);
      continue;
    }
    EXPECT_NEAR(scale.offset + scale.scale * codes[i], static_cast<double>(values[i]), 0.05001);
  }
}

TEST(ReportPack, TheStepGrowsOnlyWhereTheCodesDoNotHoldTheRange) {
  // Heights of Tibet in 0.2 m: beyond 6553 m only with an offset, which stays a whole step.
  const NumberScale high = number_scale(2000.0, 8000.0, 0.2);
  EXPECT_DOUBLE_EQ(high.scale, 0.2);
  EXPECT_NEAR(std::remainder(high.offset, 0.2), 0.0, 1e-9);
  EXPECT_EQ(encode_numbers(std::vector<float>{8000.0F}, high).front(),
            std::lround((8000.0 - high.offset) / 0.2));
  // Rates to 10 Gbit/s in 0.1 Mbit/s do not fit by any offset.
  EXPECT_DOUBLE_EQ(number_scale(0.0, 10000.0, 0.1).scale, 1.0);
}

TEST(ReportPack, ThinningTakesValuesAsTheyAre) {
  const std::vector<float> values = {0,  1,  2,  3,  4,   //
                                     10, 11, 12, 13, 14,  //
                                     20, 21, 22, 23, 24,  //
                                     30, 31, 32, 33, 34};
  EXPECT_THAT(thinned(values, 5, 4, 1), testing::ElementsAreArray(values));
  EXPECT_THAT(thinned(values, 5, 4, 2), ElementsAre(11, 13, 31, 33));
  EXPECT_EQ(thinned_side(5, 2), 2);
  EXPECT_EQ(thinned_side(4, 2), 2);
  EXPECT_THAT(thinned(values, 5, 4, 3), ElementsAre(11, 14));
  EXPECT_EQ(thinned_side(5, 3), 2);
  EXPECT_EQ(thinned_side(4, 3), 1);
}

}  // namespace
}  // namespace yonder::scenarios
