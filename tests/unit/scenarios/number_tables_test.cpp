#include "scenarios/number_tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>

#include "scenarios/scenario_error.h"
#include "tests/temporary_folder.h"

/// Files of numbers for table parameters.
namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class NumberTableFiles : public testing::Test {
 protected:
  fs::path write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  template <typename Read>
  static std::string problem(Read read) {
    try {
      read();
    } catch (const ScenarioErrors& errors) {
      std::string all;
      for (const ScenarioError& error : errors.list()) all += error.text() + "\n";
      return all;
    }
    return "";
  }

  const test::TemporaryFolder own_;
  const fs::path folder_ = own_.path();
};

TEST_F(NumberTableFiles, CsvHasItsColumnsWordsAndLines) {
  const NumberTable table = read_number_csv(
      write("a.csv", "# made up\nsurface,distance_km,h1_37.5_m\nland,1,92.5\nsea,1e1,-3\n"));
  EXPECT_THAT(table.columns, ElementsAre("distance_km", "h1_37.5_m"));
  EXPECT_THAT(table.labels, ElementsAre("land", "sea"));
  EXPECT_THAT(table.numbers, ElementsAre(1.0, 92.5, 10.0, -3.0));
  EXPECT_EQ(table.rows(), 2U);
  EXPECT_THAT(table.place(1), HasSubstr("a.csv:4"));
}

TEST_F(NumberTableFiles, CsvOfNumbersAloneHasNoWords) {
  const NumberTable table = read_number_csv(write("a.csv", "x;y\n1;2\n3;4\n"));
  EXPECT_TRUE(table.labels.empty());
  EXPECT_EQ(table.at(1, 0), 3.0);
}

TEST_F(NumberTableFiles, FieldThatIsNoNumberIsNamedByLineAndColumn) {
  const fs::path file = write("a.csv", "surface,distance_km\nland,1\nland,2 km\n");
  EXPECT_THAT(problem([&] { read_number_csv(file); }),
              HasSubstr("a.csv:3: row 3, column distance_km: '2 km' is no number"));
  EXPECT_THAT(problem([&] { read_number_csv(write("b.csv", "surface,x\nland,nan\n")); }),
              HasSubstr("'nan' is no number"));
  EXPECT_THAT(problem([&] { read_number_csv(write("c.csv", "surface,x\n")); }),
              HasSubstr("has no rows"));
}

TEST_F(NumberTableFiles, GridIsRowsOfNumbersBetweenBlanks) {
  const NumberTable table = read_number_grid(write("g.txt", "  1.5 -2\t3e0\r\n\r\n4 5 6\n"));
  EXPECT_EQ(table.width, 3U);
  EXPECT_THAT(table.numbers, ElementsAre(1.5, -2, 3, 4, 5, 6));
  EXPECT_THAT(table.place(1), HasSubstr("g.txt:3"));
}

TEST_F(NumberTableFiles, GridOfUnequalRowsNamesTheLine) {
  EXPECT_THAT(problem([&] { read_number_grid(write("g.txt", "1 2 3\n4 5\n")); }),
              HasSubstr("g.txt:2: has 2 numbers, but the first line has 3"));
  EXPECT_THAT(problem([&] { read_number_grid(write("h.txt", "1 x 3\n")); }),
              HasSubstr("'x' is no number"));
  EXPECT_THAT(problem([&] { read_number_grid(write("i.txt", "\n")); }),
              HasSubstr("holds no numbers"));
}

constexpr auto kFiles = std::to_array<std::string_view>({"a.txt", "b.txt"});
constexpr ParameterSpec kFolder = {.name = "maps", .table = TableForm::folder, .files = kFiles};

TEST_F(NumberTableFiles, FolderNamesEveryFileThatItLacks) {
  const std::string text = problem([&] { read_tables(kFolder, folder_); });
  EXPECT_THAT(text, HasSubstr("a.txt: maps: there is no such file"));
  EXPECT_THAT(text, HasSubstr("b.txt: maps: there is no such file"));
  EXPECT_THAT(problem([&] { read_tables(kFolder, folder_ / "none"); }), HasSubstr("is no folder"));
}

TEST_F(NumberTableFiles, ChangedFileIsReadAgain) {
  write("a.txt", "1 2\n");
  write("b.txt", "3 4\n");
  const auto first = read_tables(kFolder, folder_);
  EXPECT_EQ(read_tables(kFolder, folder_), first);
  write("b.txt", "3 44\n");
  EXPECT_EQ(read_tables(kFolder, folder_)->tables.at(1).at(0, 1), 44.0);
  EXPECT_EQ(first->tables.at(1).at(0, 1), 4.0);
}

}  // namespace
}  // namespace yonder::scenarios
