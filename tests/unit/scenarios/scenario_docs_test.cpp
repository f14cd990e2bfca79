#include <cstdlib>
#include <regex>

#include "scenarios/scenario_keys.h"
#include "tests/unit/scenarios/scenario_fixture.h"

// docs/scenario-format.md: its table of keys is made from the parser's, its example is loaded.
namespace yonder::scenarios {
namespace {

const std::filesystem::path kPage =
    std::filesystem::path(YONDER_SOURCE_DIR) / "docs/scenario-format.md";

std::string read_page() {
  std::ifstream in(kPage);
  if (!in) throw std::runtime_error("cannot read " + kPage.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string kind_word(const ScenarioKey& key) {
  switch (key.kind) {
    case KeyKind::section:
      return "mapping";
    case KeyKind::list:
      return "list";
    case KeyKind::number:
      return "number";
    case KeyKind::integer:
      return "whole number";
    case KeyKind::boolean:
      return "`true`, `false`";
    case KeyKind::text:
      return "text";
    case KeyKind::label:
      return "text or `{en, zh}`";
    case KeyKind::path:
      return "path";
  }
  return "";
}

std::string valid_values(const ScenarioKey& key) {
  std::string words;
  for (const std::string_view word : key.choices) {
    words += (words.empty() ? "" : ", ") + ("`" + std::string(word) + "`");
  }
  if (!words.empty()) return words;
  const bool is_number = key.kind == KeyKind::number || key.kind == KeyKind::integer;
  return kind_word(key) + (is_number ? ", " + range_text(key.range) : "");
}

std::string table_of_keys() {
  std::string table = "\n| Key | Valid | Default | Meaning |\n|---|---|---|---|\n";
  for (const ScenarioKey& key : scenario_keys()) {
    table += "| `" + std::string(key.path) + "` | " + valid_values(key) + " | " +
             (key.required ? "**required**" : std::string(key.default_text)) + " | " +
             std::string(key.meaning) + " |\n";
  }
  return table + "\n";
}

TEST(ScenarioFormatPage, HasTheParsersTableOfKeys) {
  std::string page = read_page();
  const std::string begin = "scenarios_tests -->\n";
  const std::size_t from = page.find(begin);
  const std::size_t to = page.find("<!-- end of keys -->");
  ASSERT_NE(from, std::string::npos);
  ASSERT_NE(to, std::string::npos);
  const std::size_t start = from + begin.size();
  if (std::getenv("YONDER_UPDATE_DOCS") != nullptr) {
    page.replace(start, to - start, table_of_keys());
    std::ofstream(kPage) << page;
    return;
  }
  EXPECT_EQ(page.substr(start, to - start), table_of_keys())
      << "after a change of the keys: YONDER_UPDATE_DOCS=1 scenarios_tests";
}

TEST_F(ScenarioTest, ExampleOfTheFormatPageLoads) {
  const std::string page = read_page();
  const std::size_t from = page.find("```yaml\n") + 8;
  const std::string example = page.substr(from, page.find("```", from) - from);
  for (const char* name : {"terrain/best.tif", "tiles/a.tif", "coast.geojson", "landcover.tif"}) {
    write(name, "");
  }
  std::string pattern = "NAME flat\nGAIN 15 dBi\n";
  for (const char* cut : {"HORIZONTAL 360\n", "VERTICAL 360\n"}) {
    pattern += cut;
    for (int i = 0; i < 360; ++i) pattern += std::to_string(i) + " 0\n";
  }
  write("antenna.msi", pattern);
  const Scenario s = load(example);
  EXPECT_EQ(s.sites.at(0).cells.size(), 2u);
  EXPECT_EQ(s.antennas.size(), 3u);
  EXPECT_EQ(s.thresholds.size(), 2u);
}

TEST_F(ScenarioTest, TableOfTheFormatPageLoads) {
  const std::string page = read_page();
  const std::size_t from = page.find("```csv\n") + 7;
  write("sites.csv", page.substr(from, page.find("```", from) - from));
  const std::size_t sites = kGoodScenario.find("sites:");
  const std::size_t receiver = kGoodScenario.find("receiver:");
  const Scenario s = load(kGoodScenario.substr(0, sites) + "sites_csv: sites.csv\n" +
                          kGoodScenario.substr(receiver));
  EXPECT_EQ(s.sites.size(), 2u);
  EXPECT_EQ(s.sites[1].name.en, "Lunnan, oil field");
}

}  // namespace
}  // namespace yonder::scenarios
