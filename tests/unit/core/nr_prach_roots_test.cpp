#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/nr/prach_roots.h"
#include "core/path_loss_model.h"

namespace yonder::nr {
namespace {

constexpr int kL = 839;

/// d_u by trial, from its definition.
int doppler_shift(int u) {
  int q = 0;
  while (q * u % kL != 1) ++q;
  return std::min(q, kL - q);
}

/// The samples of one root, and which preamble may show up where.
class Samples {
 public:
  /// Takes those on which a preamble of shift `c` may show up: its window and, at `order`
  /// subcarriers of Doppler shift either way, the windows d_u apart. False, taking none, when any
  /// of them is another's, or its own of another Doppler shift.
  bool take(int c, int d, int n_cs, int order) {
    ++stamp_;
    for (int k = -order; k <= order; ++k) {
      for (int n = 0; n < n_cs; ++n) {
        const int s = sample(c, k * d, n);
        if (owner_[at(s)] != 0 || seen_[at(s)] == stamp_) return false;
        seen_[at(s)] = stamp_;
      }
    }
    for (int k = -order; k <= order; ++k) {
      for (int n = 0; n < n_cs; ++n) owner_[at(sample(c, k * d, n))] = stamp_;
    }
    return true;
  }

 private:
  static int sample(int c, int doppler, int n) { return (c + doppler + n + 2 * kL) % kL; }
  static std::size_t at(int s) { return static_cast<std::size_t>(s); }
  std::array<int, kL> owner_{};
  std::array<int, kL> seen_{};
  int stamp_ = 0;
};

/// How many shifts a search from 0 upwards finds room for.
int room_for(int d, int n_cs, int order) {
  Samples samples;
  int found = 0;
  for (int c = 0; c < kL; ++c) found += samples.take(c, d, n_cs, order);
  return found;
}

PrachConfig restricted(PrachFormat format, RestrictedSet set, int row) {
  return {.format = format,
          .subcarrier_spacing_hz = *own_subcarrier_spacing_hz(format),
          .restricted_set = set,
          .zero_correlation_zone_config = row};
}

class RestrictedSets : public testing::TestWithParam<RestrictedSet> {};

// What a restricted set is for: no preamble, shifted by Doppler, is taken for another of its root.
TEST_P(RestrictedSets, KeepPreamblesApartUnderDoppler) {
  const int order = GetParam() == RestrictedSet::type_a ? 1 : 2;
  for (const PrachFormat format : {PrachFormat::f0, PrachFormat::f3}) {
    const auto table = n_cs_table(format, GetParam());
    for (std::size_t row = 0; row < table.size(); ++row) {
      const PrachConfig config = restricted(format, GetParam(), static_cast<int>(row));
      for (int root = 0; root < root_count(format); root += 2) {
        const int d = doppler_shift(sequence_number(format, root));
        Samples all;
        for (const int c : cyclic_shifts(config, root)) {
          ASSERT_TRUE(all.take(c, d, table[row], order))
              << "N_CS " << table[row] << ", root " << root << ", shift " << c;
        }
      }
    }
  }
}

// ... and none that would have room is left out.
TEST_P(RestrictedSets, OfferAsManyPreamblesAsThereIsRoomFor) {
  const int order = GetParam() == RestrictedSet::type_a ? 1 : 2;
  for (const int row : {0, 5, 9, 12}) {
    const PrachConfig config = restricted(PrachFormat::f0, GetParam(), row);
    const int n_cs = n_cs_table(PrachFormat::f0, GetParam())[static_cast<std::size_t>(row)];
    for (int root = 0; root < 838; root += 6) {
      const int d = doppler_shift(sequence_number(PrachFormat::f0, root));
      ASSERT_EQ(static_cast<int>(cyclic_shifts(config, root).size()), room_for(d, n_cs, order))
          << "N_CS " << n_cs << ", root " << root;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Types, RestrictedSets,
                         testing::Values(RestrictedSet::type_a, RestrictedSet::type_b),
                         [](const auto& type) {
                           return std::string(
                               kRestrictedSetNames[static_cast<std::size_t>(type.param)]);
                         });

TEST(PrachRoots, TablesHoldEverySequenceOnce) {
  for (const PrachFormat format : {PrachFormat::f0, PrachFormat::b4}) {
    std::set<int> numbers;
    for (int i = 0; i < root_count(format); ++i) numbers.insert(sequence_number(format, i));
    EXPECT_EQ(static_cast<int>(numbers.size()), root_count(format));
    EXPECT_EQ(*numbers.begin(), 1);
    EXPECT_EQ(*numbers.rbegin(), root_count(format));
  }
}

// Entries read off TS 38.211 tables 6.3.3.1-3 and -4.
TEST(PrachRoots, TablesAgreeWithTheStandard) {
  for (const auto& [index, u] : {std::pair{0, 129},
                                 {1, 710},
                                 {20, 2},
                                 {59, 765},
                                 {199, 690},
                                 {418, 111},
                                 {600, 312},
                                 {837, 610}}) {
    EXPECT_EQ(sequence_number(PrachFormat::f1, index), u) << index;
  }
  for (const auto& [index, u] : {std::pair{0, 1}, {1, 138}, {20, 11}, {119, 79}, {137, 70}}) {
    EXPECT_EQ(sequence_number(PrachFormat::c2, index), u) << index;
  }
}

TEST(PrachRoots, UnrestrictedDemandIsSixtyFourOverShiftsARoot) {
  for (int row = 0; row <= 15; ++row) {
    const PrachConfig config{.format = PrachFormat::b4,
                             .subcarrier_spacing_hz = 30e3,
                             .zero_correlation_zone_config = row};
    const int shifts = static_cast<int>(cyclic_shifts(config, 7).size());
    const int roots = *roots_for_64_preambles(config, 7);
    EXPECT_GE(roots * shifts, 64);
    EXPECT_LT((roots - 1) * shifts, 64);
  }
}

// Preambles are counted from the cell's own first root on, past the end of the table.
TEST(PrachRoots, RestrictedDemandCountsPreamblesFromTheFirstRoot) {
  for (const int first : {0, 100, 830}) {
    const PrachConfig config = restricted(PrachFormat::f0, RestrictedSet::type_b, 3);
    const auto roots = roots_for_64_preambles(config, first);
    ASSERT_TRUE(roots.has_value());
    std::size_t before = 0;
    for (int k = 0; k + 1 < *roots; ++k) {
      before += cyclic_shifts(config, (first + k) % 838).size();
    }
    EXPECT_LT(before, 64U);
    EXPECT_GE(before + cyclic_shifts(config, (first + *roots - 1) % 838).size(), 64U);
    EXPECT_FALSE(preambles_per_root(config).has_value());
  }
}

TEST(PrachRoots, RefusesAnIndexOutsideTheTable) {
  EXPECT_THROW(sequence_number(PrachFormat::f0, 838), ParameterError);
  EXPECT_THROW(sequence_number(PrachFormat::f0, -1), ParameterError);
  try {
    sequence_number(PrachFormat::b4, 138);
    FAIL();
  } catch (const ParameterError& error) {
    EXPECT_EQ(error.parameter(), "root_sequence_index");
    EXPECT_THAT(error.what(), testing::HasSubstr("valid: 0 to 137"));
  }
}

}  // namespace
}  // namespace yonder::nr
