#include "scenarios/sites_csv.h"

#include "scenarios/csv_table.h"
#include "tests/unit/scenarios/scenario_fixture.h"

namespace yonder::scenarios {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SitesCsv : public ScenarioTest {
 protected:
  /// The good scenario with its sites in a table instead.
  static std::string tabled(const std::string& more = "") {
    const std::size_t from = kGoodScenario.find("sites:");
    const std::size_t to = kGoodScenario.find("receiver:");
    return kGoodScenario.substr(0, from) + "sites_csv: sites.csv\n" + more +
           kGoodScenario.substr(to);
  }
  Scenario load_table(const std::string& table, const std::string& more = "") const {
    write("sites.csv", table);
    return load(tabled(more));
  }
  void expect_table_error(const std::string& table, int line, const std::string& key_path,
                          const std::string& words, const std::string& more = "") const {
    SCOPED_TRACE(table);
    write("sites.csv", table);
    const auto found = errors(tabled(more));
    std::string all;
    for (const ScenarioError& error : found) all += error.text() + "\n";
    ASSERT_EQ(found.size(), 1u) << all;
    EXPECT_EQ(found[0].mark.file, (folder_ / "sites.csv").string());
    EXPECT_EQ(found[0].mark.line, line);
    EXPECT_EQ(found[0].key_path, key_path);
    EXPECT_THAT(found[0].problem, HasSubstr(words));
  }

  const std::string header_ =
      "site_id,site_name,site_name_zh,lon_deg,lat_deg,cell_id,carrier,antenna,height_agl_m,azimuth_"
      "deg,"
      "power_w\n";
};

TEST_F(SitesCsv, HasOneRowACell) {
  const Scenario s = load_table(header_ +
                                "A,\"Luntai, north\",轮台,84.25,41.78,A-1,n28,panel,40,0,240\n"
                                "B,,,84.5,41.5,B-1,n28,whip,30,,100\n"
                                "A,,,,,A-2,n28,panel,41,120,240\n");
  ASSERT_EQ(s.sites.size(), 2u);
  EXPECT_EQ(s.sites[0].name.en, "Luntai, north");
  EXPECT_EQ(s.sites[0].name.zh, "轮台");
  EXPECT_EQ(s.sites[0].position.lon_deg, 84.25);
  ASSERT_EQ(s.sites[0].cells.size(), 2u);
  EXPECT_EQ(s.sites[0].cells[1].azimuth_deg, 120.0);
  EXPECT_EQ(s.sites[0].cells[1].mark.line, 4);
  EXPECT_EQ(s.sites[1].name.en, "B");
  EXPECT_NEAR(s.sites[1].cells[0].total_power_dbm, 50.0, 1e-9);
  EXPECT_THAT(s.input_files, testing::Contains(folder_ / "sites.csv"));
}

TEST_F(SitesCsv, MayComeWithSitesOfTheScenarioFile) {
  write("sites.csv", header_ + "A,,,84.25,41.78,A-1,n28,panel,40,0,240\n");
  EXPECT_EQ(load(good_but("receiver:", "sites_csv: sites.csv\nreceiver:")).sites.size(), 2u);
}

TEST_F(SitesCsv, TakesCellDefaultsForColumnsAndFieldsThatAreNotThere) {
  const std::string defaults =
      "cell_defaults: {carrier: n28, antenna: whip, height_agl_m: 40, power_w: 100}\n";
  const Scenario s = load_table(
      "site_id,lon_deg,lat_deg,cell_id,height_agl_m\nA,84,41,A-1,\nB,84.1,41,B-1,25\n", defaults);
  EXPECT_EQ(s.sites[0].cells[0].height_agl_m, 40.0);
  EXPECT_EQ(s.sites[1].cells[0].height_agl_m, 25.0);
}

TEST_F(SitesCsv, ErrorsNameRowAndColumn) {
  const auto with = [&](const std::string& row) { return header_ + row; };
  expect_table_error(with("A,,,84.25,41.78,A-1,n28,panel,forty,0,240\n"), 2,
                     "row 2, column height_agl_m", "must be a number, not 'forty'");
  expect_table_error(with("A,,,84.25,41.78,A-1,n28,panel,40,0,-240\n"), 2, "row 2, column power_w",
                     "is negative (-240)");
  expect_table_error(with("A,,,84.25,41.78,A-1,n28,panel,,0,240\n"), 2,
                     "row 2, column height_agl_m", "is missing");
  expect_table_error(with("A,,,84.25,41.78,A-1,n82,panel,40,0,240\n"), 2, "row 2, column carrier",
                     "did you mean 'n28'?");
  expect_table_error(with("A,,,41.78,84.25,A-1,n28,panel,40,0,240\n"), 2, "row 2, column lat_deg",
                     "swapped?");
  expect_table_error(
      with("A,,,84.25,41.78,A-1,n28,panel,40,0,240\n\nB,,,84.25,41.7,A-1,n28,panel,40,0,240\n"), 4,
      "row 3, column cell_id", "cell 'A-1' is defined twice, first in line 2");
  expect_table_error(
      with("A,,,84.25,41.78,A-1,n28,panel,40,0,240\nA,,,84.26,,A-2,n28,panel,40,0,240\n"), 3,
      "row 3, column lon_deg", "differs from line 2");
  expect_table_error(with("A,,,84.25,41.78,A-1,n28,panel,40,0\n"), 2, "row 2",
                     "has 10 fields, but the header has 11");
  expect_table_error(with("A,\"x\"y,,84.25,41.78,A-1,n28,panel,40,0,240\n"), 2, "row 2",
                     "text after a closing quote");
  expect_table_error(with("A,,,84.25,41.78,\"A-1,n28,panel,40,0,240\n").substr(0, 160), 2, "row 2",
                     "never closed");
  expect_table_error(with(""), 1, "", "no rows");
  expect_table_error("", 1, "", "has no header");
  expect_table_error(with("A,\xB0,,84.25,41.78,A-1,n28,panel,40,0,240\n"), 2, "", "not UTF-8");
}

TEST_F(SitesCsv, ColumnsAreKnownAndComplete) {
  const std::string tail = "A,84,41,A-1,n28,whip,40,5,5\n";
  const std::string head = "site_id,lon_deg,lat_deg,cell_id,carrier,antenna,height_agl_m,power_w,";
  expect_table_error(head + "power\n" + tail, 1, "row 1, column power", "power_w or power_dbm");
  expect_table_error(head + "feeder_los_db\n" + tail, 1, "row 1, column feeder_los_db",
                     "did you mean feeder_loss_db?");
  expect_table_error(head + "height_amsl_m\n" + tail, 1, "row 1, column height_amsl_m",
                     "not above the sea");
  expect_table_error(head + "power_w\n" + tail, 1, "row 1, column 9", "repeats the name power_w");
  expect_table_error(head + "\n" + tail, 1, "row 1, column 9", "has no name");
  expect_table_error("site_id,lon_deg,lat_deg,carrier,antenna,height_agl_m,power_w\n", 1, "row 1",
                     "no column cell_id");
}

TEST_F(SitesCsv, SiteIdMayNotRepeatOneOfTheScenarioFile) {
  write("sites.csv", header_ + "S01,,,84.25,41.78,A-1,n28,panel,40,0,240\n");
  const auto found = errors(good_but("receiver:", "sites_csv: sites.csv\nreceiver:"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].mark.file, (folder_ / "sites.csv").string());
  EXPECT_EQ(found[0].key_path, "row 2, column site_id");
  EXPECT_THAT(found[0].problem,
              AllOf(HasSubstr("defined twice, first in line "), HasSubstr("demo.yaml")));
}

TEST_F(SitesCsv, ExcelsFormsAreRead) {
  const auto ids = [&](const std::string& text) {
    const CsvTable table = read_csv(write("t.csv", text));
    EXPECT_THAT(table.header, ElementsAre("a", "b"));
    EXPECT_EQ(table.rows.size(), 1u);
    return table.rows.at(0).fields;
  };
  EXPECT_THAT(ids("\xEF\xBB\xBF"
                  "a,b\r\n1,2\r\n"),
              ElementsAre("1", "2"));
  EXPECT_THAT(ids("a;b\n1,5;2"), ElementsAre("1,5", "2"));
  EXPECT_THAT(ids("a\tb\n1\t2\n"), ElementsAre("1", "2"));
  EXPECT_THAT(ids("# a comment\n\na, b\n \"x \"\"y\"\"\" , 2 \n\n"), ElementsAre("x \"y\"", "2"));
  EXPECT_THAT(ids("a,b\n\"two\nlines\",2\n"), ElementsAre("two\nlines", "2"));
}

TEST_F(SitesCsv, RowsCountRecordsAndLinesCountLines) {
  const CsvTable table = read_csv(write("t.csv", "a,b\n\"two\nlines\",2\n3,4\n"));
  EXPECT_EQ(table.rows[1].row, 3);
  EXPECT_EQ(table.rows[1].line, 4);
}

TEST_F(SitesCsv, ADatabasesColumnsStandForWhatTheScenarioSays) {
  const std::string columns =
      "sites_csv_columns: {ENB: site_id, LON: lon_deg, LAT: \"sites[].lat_deg\", CELL: cell_id, "
      "SYS: carrier, ANT: antenna, H: \"sites[].cells[].height_agl_m\", AZ: azimuth_deg, W: "
      "power_w, "
      "VENDOR: null}\n";
  const std::string table =
      "ENB,VENDOR,LON,LAT,CELL,SYS,ANT,H,AZ,W\nA,somebody,84.25,41.78,A-1,n28,panel,40,120,240\n";
  const Scenario s = load_table(table, columns);
  ASSERT_EQ(s.sites.size(), 1u);
  EXPECT_EQ(s.sites[0].position.lat_deg, 41.78);
  EXPECT_EQ(s.sites[0].cells[0].azimuth_deg, 120.0);
  EXPECT_EQ(s.sites[0].cells[0].height_agl_m, 40.0);

  // All that is not named is left out.
  std::string others = columns;
  others.replace(others.find("VENDOR"), 6, "'*'");
  EXPECT_EQ(load_table(table, others).sites.size(), 1u);
  EXPECT_EQ(load_table("OSS," + table.substr(0, table.find('\n')) + "\nx," +
                           table.substr(table.find('\n') + 1),
                       others)
                .sites.size(),
            1u);
}

TEST_F(SitesCsv, ColumnNamesThatCannotBeAreRefusedInWords) {
  const std::string row = "A,,,84.25,41.78,A-1,n28,panel,40,0,240\n";
  expect_table_error("X," + header_ + "x," + row, 1, "row 1, column X", "not a column", "");
  expect_table_error("X," + header_ + "x," + row, 1, "row 1, column lon_deg",
                     "means lon_deg, as column X does", "sites_csv_columns: {X: lon_deg}\n");
  const auto wrong = [&](const std::string& columns, const std::string& words) {
    write("sites.csv", header_ + row);
    const auto found = errors(tabled(columns));
    ASSERT_EQ(found.size(), 1u) << columns;
    EXPECT_THAT(found[0].text(), HasSubstr(words));
  };
  wrong("sites_csv_columns: {site_name: lon_dge}\n", "did you mean lon_deg?");
  wrong("sites_csv_columns: {ABSENT: null}\n", "there is no such column in");
  wrong("sites_csv_columns: {'*': lon_deg}\n", "stands for all other columns");
  wrong("sites_csv_columns: [site_id]\n", "must be a mapping");
}

}  // namespace
}  // namespace yonder::scenarios
