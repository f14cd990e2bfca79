#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "scenarios/loss_cases.h"

namespace yonder::scenarios {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json prach_case(json changes) {
  json one = {{"id", "x"},
              {"model", "nr_prach_range"},
              {"format", 0},
              {"restricted_set", "unrestricted"},
              {"zero_correlation_zone_config", 0},
              {"delay_spread_us", 5}};
  one.update(changes);
  return one;
}

TEST(NrPrachCases, TakeShortFormatsByName) {
  const json answer = evaluate_case(prach_case({{"format", "C2"}, {"subcarrier_spacing_khz", 30}}));
  EXPECT_EQ(answer["n_cs"], 0);
  EXPECT_EQ(answer["binding"], "cyclic_prefix");
  EXPECT_TRUE(answer["n_cs_limit_m"].is_null());
  // Format 1 by name is format 1 by number.
  EXPECT_EQ(evaluate_case(prach_case({{"format", "1"}})),
            evaluate_case(prach_case({{"format", 1}})));
}

TEST(NrPrachCases, RefuseImpossibleCombinations) {
  json answer = evaluate_case(prach_case({{"format", 1}, {"subcarrier_spacing_khz", 15}}));
  EXPECT_EQ(answer["error"], "conflict");
  EXPECT_EQ(answer["parameter"], "subcarrier_spacing_khz");
  answer = evaluate_case(prach_case({{"format", "B4"}}));
  EXPECT_EQ(answer["error"], "missing");
  EXPECT_EQ(answer["parameter"], "subcarrier_spacing_khz");
  answer = evaluate_case(prach_case({{"format", "A4"}}));
  EXPECT_EQ(answer["parameter"], "format");
  EXPECT_THAT(answer["message"], HasSubstr("A1, A2, A3, B1"));
  answer = evaluate_case(prach_case({{"zero_correlation_zone_config", 1.5}}));
  EXPECT_EQ(answer["error"], "wrong_value");
  answer = evaluate_case(prach_case({{"root_sequence_index", 838}}));
  EXPECT_EQ(answer["error"], "out_of_range");
}

TEST(NrPrachCases, RestrictedDemandNeedsTheFirstRoot) {
  const json without = evaluate_case(prach_case({{"restricted_set", "type_a"}}));
  EXPECT_FALSE(without.contains("roots_for_64_preambles"));
  const json with =
      evaluate_case(prach_case({{"restricted_set", "type_a"}, {"root_sequence_index", 0}}));
  EXPECT_GT(with["roots_for_64_preambles"], 1);
}

}  // namespace
}  // namespace yonder::scenarios
