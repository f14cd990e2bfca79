#include "scenarios/file_name.h"

#include "scenario_fixture.h"
#include "scenarios/scenario_error.h"
#include "scenarios/staged_output.h"

// What a scenario calls things becomes names of files and folders: none may lead elsewhere.
namespace yonder::scenarios {
namespace {

using namespace std::string_literals;

const std::vector<std::string> kBad = {"..",
                                       ".",
                                       "../up",
                                       "/etc/x",
                                       "a/b",
                                       "a\\b",
                                       ".hidden",
                                       "a\0b"s,
                                       "a\tb",
                                       "a\nb",
                                       "a\x7f"
                                       "b",
                                       "./a",
                                       "a/../../b",
                                       std::string(300, 'x')};

/// As a YAML scalar in double quotes.
std::string in_yaml(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    switch (c) {
      case '\0':
        quoted += "\\0";
        break;
      case '\t':
        quoted += "\\t";
        break;
      case '\n':
        quoted += "\\n";
        break;
      case '\x7f':
        quoted += "\\x7f";
        break;
      case '\\':
        quoted += "\\\\";
        break;
      default:
        quoted += c;
    }
  }
  return quoted + "\"";
}

TEST(FileName, PlainOnesAreThoseOfOneEntryOfAFolder) {
  for (const char* good : {"a", "rsrp.tif", "轮台", "two words", "a..b", "-", "~", "a."}) {
    EXPECT_TRUE(is_plain_file_name(good)) << good;
    EXPECT_EQ(file_name_problem(good), "") << good;
  }
  EXPECT_FALSE(is_plain_file_name(""));
  EXPECT_TRUE(is_plain_file_name(std::string(255, 'x')));
  for (const std::string& bad : kBad) {
    EXPECT_FALSE(is_plain_file_name(bad)) << bad;
    EXPECT_NE(file_name_problem(bad), "") << bad;
  }
}

class FileNames : public ScenarioTest {
 protected:
  void expect_refused(const std::string& text, const std::string& key, const std::string& id) {
    write("dem.tif", "");
    try {
      load_variants(write("scenario.yaml", text), {});
      ADD_FAILURE() << key << " may be " << in_yaml(id);
    } catch (const ScenarioErrors& errors) {
      EXPECT_THAT(errors.what(), testing::HasSubstr(key)) << in_yaml(id);
      EXPECT_THAT(errors.what(), testing::HasSubstr("name")) << in_yaml(id);
    }
  }
};

TEST_F(FileNames, NoIdThatBecomesOneLeadsOutOfTheOutputFolder) {
  for (const std::string& id : kBad) {
    const std::string one = in_yaml(id);
    std::string own = kGoodScenario;
    own.replace(own.find("id: demo"), 8, "id: " + one);
    expect_refused(own, "id", id);
    expect_refused(kGoodScenario + "variants: [{id: " + one + "}]\n", "variants[0].id", id);
    expect_refused(kGoodScenario + "terminals: [{id: " + one + "}]\n", "terminals[0].id", id);
    for (const char* shape :
         {"routes: [{waypoints: [[84.25, 41.78], [84.2, 41.3]], id: ",
          "points: [{file: points.csv, id: ", "zones: [{bands_km: [0, 20], id: ",
          "areas: [{polygon: [[84, 41], [85, 41], [85, 42]], id: "}) {
      write("points.csv", "id,lon,lat\nP,84.25,41.78\n");
      const std::string section(shape, std::string(shape).find(':'));
      expect_refused(kGoodScenario + "shapes: {" + shape + one + "}]}\n",
                     "shapes." + section + "[0].id", id);
    }
  }
}

TEST_F(FileNames, OfResultsAreCheckedAgainWhereTheyAreWritten) {
  const std::filesystem::path folder = write("out/notes.txt", "").parent_path();
  const StagedOutput output(folder);
  for (const std::string& bad : kBad) {
    EXPECT_THROW(output.path(bad), OutputError) << in_yaml(bad);
    EXPECT_THROW(output.write_text(bad, "x"), OutputError) << in_yaml(bad);
  }
  EXPECT_EQ(output.path("a.tif").parent_path().parent_path(), folder);
}

TEST_F(FileNames, OfAnEarlierResultAreNotTrusted) {
  const std::filesystem::path victim = write("victim.txt", "mine");
  const std::filesystem::path folder = write("out/notes.txt", "").parent_path();
  const StagedOutput output(folder);
  output.remove_superseded({"../victim.txt", victim.string(), "./notes.txt", "..", ""}, {});
  EXPECT_TRUE(std::filesystem::exists(victim));
  EXPECT_TRUE(std::filesystem::exists(folder / "notes.txt"));
  output.remove_superseded({"notes.txt"}, {});
  EXPECT_FALSE(std::filesystem::exists(folder / "notes.txt"));
}

}  // namespace
}  // namespace yonder::scenarios
