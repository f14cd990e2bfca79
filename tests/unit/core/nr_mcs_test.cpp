#include <gtest/gtest.h>

#include <vector>

#include "core/nr/mcs.h"

namespace yonder::nr {
namespace {

// The tables of TS 38.214 print a column of spectral efficiencies beside modulation and code rate:
// held here against what the code makes of the other two.
struct Printed {
  McsTable table;
  std::vector<double> efficiency;
};

void PrintTo(const Printed& printed, std::ostream* out) { *out << mcs_table_name(printed.table); }

class McsTables : public testing::TestWithParam<Printed> {};

TEST_P(McsTables, HaveThePrintedEfficiencies) {
  const auto entries = mcs_entries(GetParam().table);
  ASSERT_EQ(entries.size(), GetParam().efficiency.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(entries[i].index, static_cast<int>(i));
    EXPECT_NEAR(entries[i].spectral_efficiency(), GetParam().efficiency[i], 0.51e-4) << i;
    // Orders never fall along a table.
    if (i == 0) continue;
    EXPECT_GE(entries[i].modulation_order, entries[i - 1].modulation_order) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, McsTables,
    testing::Values(
        Printed{McsTable::qam64,
                {0.2344, 0.3066, 0.3770, 0.4902, 0.6016, 0.7402, 0.8770, 1.0273, 1.1758, 1.3262,
                 1.3281, 1.4766, 1.6953, 1.9141, 2.1602, 2.4063, 2.5703, 2.5664, 2.7305, 3.0293,
                 3.3223, 3.6094, 3.9023, 4.2129, 4.5234, 4.8164, 5.1152, 5.3320, 5.5547}},
        Printed{McsTable::qam256,
                {0.2344, 0.3770, 0.6016, 0.8770, 1.1758, 1.4766, 1.6953, 1.9141, 2.1602, 2.4063,
                 2.5703, 2.7305, 3.0293, 3.3223, 3.6094, 3.9023, 4.2129, 4.5234, 4.8164, 5.1152,
                 5.3320, 5.5547, 5.8906, 6.2266, 6.5703, 6.9141, 7.1602, 7.4063}},
        Printed{McsTable::qam64_low_se,
                {0.0586, 0.0781, 0.0977, 0.1250, 0.1523, 0.1934, 0.2344, 0.3066, 0.3770, 0.4902,
                 0.6016, 0.7402, 0.8770, 1.0273, 1.1758, 1.3281, 1.4766, 1.6953, 1.9141, 2.1602,
                 2.4063, 2.5664, 2.7305, 3.0293, 3.3223, 3.6094, 3.9023, 4.2129, 4.5234}},
        Printed{McsTable::precoded_qam64,
                {0.2344, 0.3066, 0.3770, 0.4902, 0.6016, 0.7402, 0.8770, 1.0273, 1.1758, 1.3262,
                 1.3281, 1.4766, 1.6953, 1.9141, 2.1602, 2.4063, 2.5703, 2.7305, 3.0293, 3.3223,
                 3.6094, 3.9023, 4.2129, 4.5234, 4.8164, 5.1152, 5.3320, 5.5547}},
        Printed{McsTable::precoded_qam64_low_se,
                {0.0586, 0.0781, 0.0977, 0.1250, 0.1523, 0.1934, 0.2344, 0.3066, 0.3770, 0.4902,
                 0.6016, 0.7402, 0.8770, 1.0273, 1.1758, 1.3262, 1.4766, 1.6953, 1.9141, 2.1602,
                 2.4063, 2.5703, 2.7305, 3.0156, 3.3223, 3.6094, 3.9023, 4.5234}}),
    [](const auto& test) { return "Table" + std::string(mcs_table_name(test.param.table)); });

// Where the modulation changes: the first index of 16QAM, 64QAM and 256QAM.
TEST(McsTables, ChangeModulationWhereTheStandardDoes) {
  const auto orders_at = [](McsTable table, std::size_t index) {
    return mcs_entries(table)[index].modulation_order * 10 +
           mcs_entries(table)[index - 1].modulation_order;
  };
  EXPECT_EQ(orders_at(McsTable::qam64, 10), 42);
  EXPECT_EQ(orders_at(McsTable::qam64, 17), 64);
  EXPECT_EQ(orders_at(McsTable::qam256, 5), 42);
  EXPECT_EQ(orders_at(McsTable::qam256, 11), 64);
  EXPECT_EQ(orders_at(McsTable::qam256, 20), 86);
  EXPECT_EQ(orders_at(McsTable::qam64_low_se, 15), 42);
  EXPECT_EQ(orders_at(McsTable::qam64_low_se, 21), 64);
}

TEST(McsTables, AreFoundByTheirNames) {
  for (int i = 0; i < 5; ++i) {
    const auto table = static_cast<McsTable>(i);
    EXPECT_EQ(find_mcs_table(mcs_table_name(table)), table);
  }
  EXPECT_FALSE(find_mcs_table("1024qam").has_value());
}

}  // namespace
}  // namespace yonder::nr
