#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/unit/repository/source_text.h"

/// The dependency table of docs/architecture.md, held against every #include and call in the
/// layers.
namespace yonder::repository {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const std::map<std::string, std::set<std::string>> kMayInclude = {
    {"core", {"core"}},
    {"propagation", {"propagation", "core"}},
    {"geodata", {"geodata", "core"}},
    {"scenarios", {"scenarios", "core", "propagation", "geodata"}},
};

/// Beyond the standard library, core and propagation see only these: they must build alone.
const std::set<std::string> kPlatformHeaders = {"omp.h", "immintrin.h"};

/// Boost.Geometry is headers alone: core's sources may use it, its headers bring it to nobody.
bool is_geometry_of_core(const std::string& path, const std::string& header) {
  return path.starts_with("core/") && path.ends_with(".cpp") &&
         header.starts_with("boost/geometry/");
}

std::string layer_of(const std::string& path) { return path.substr(0, path.find('/')); }

bool is_gdal_header(const std::string& header) {
  for (const char* prefix : {"gdal", "ogr", "cpl_", "vrt"}) {
    if (header.starts_with(prefix)) return true;
  }
  return false;
}

/// The files that talk to the user: the executable's main and its command line.
bool is_command_line(const std::string& path) {
  return path == "scenarios/main.cpp" || path.starts_with("scenarios/cli");
}

/// One sentence for each broken rule of a source `path` with content `text`.
std::vector<std::string> broken_rules(const std::string& path, const std::string& text) {
  std::vector<std::string> broken;
  const std::string layer = layer_of(path);
  const auto complain = [&](const std::string& what) { broken.push_back(path + " " + what); };
  for (const auto& [header, quoted] : includes_of(text)) {
    if (is_gdal_header(header)) {
      if (layer != "geodata") complain("includes GDAL's " + header + "; only geodata may");
      if (layer == "geodata" && path.ends_with(".h") && !path.starts_with("geodata/gdal/")) {
        complain("includes GDAL's " + header +
                 " in a public header; GDAL stays inside geodata/*.cpp and geodata/gdal/");
      }
    } else if (layer != "geodata" && header.starts_with("geodata/gdal/")) {
      complain("includes " + header + ", which is internal to geodata");
    } else if (layer == "geodata" && path.ends_with(".h") && !path.starts_with("geodata/gdal/") &&
               header.starts_with("geodata/gdal/")) {
      complain("includes " + header + " in a public header; that brings GDAL to its users");
    } else if (quoted && header.find('/') == std::string::npos) {
      complain("includes \"" + header + "\" without its folder");
    } else if (quoted && !kMayInclude.at(layer).contains(layer_of(header))) {
      complain("includes " + header + ", which " + layer + " may not see");
    } else if (!quoted && (layer == "core" || layer == "propagation") &&
               header.find_first_of("./") != std::string::npos &&
               !kPlatformHeaders.contains(header) && !is_geometry_of_core(path, header)) {
      complain("includes <" + header +
               ">; core and propagation use the standard library only, and core's sources "
               "Boost.Geometry");
    }
  }
  if (!is_command_line(path)) {
    const std::string code = code_only(text);
    for (const char* word :
         {"cout", "cerr", "clog", "printf", "fprintf", "vprintf", "puts", "putchar", "fputs",
          "exit", "_exit", "quick_exit", "abort", "terminate"}) {
      if (has_word(code, word))
        complain(std::string("uses ") + word + "; libraries never print or exit");
    }
  }
  return broken;
}

TEST(LayerRules, AreKeptByEverySource) {
  int files = 0;
  for (const auto& [layer, allowed] : kMayInclude) {
    for (const std::string& path : sources_in(layer)) {
      ++files;
      EXPECT_THAT(broken_rules(path, read_text(root() / path)), IsEmpty());
    }
  }
  EXPECT_GT(files, 10) << "the sources were not found";
}

TEST(LayerRules, EveryQuotedHeaderExistsFromTheRoot) {
  for (const auto& [layer, allowed] : kMayInclude) {
    for (const std::string& path : sources_in(layer)) {
      for (const auto& [header, quoted] : includes_of(read_text(root() / path))) {
        if (!quoted || header.ends_with(".inc")) continue;
        EXPECT_TRUE(std::filesystem::exists(root() / header)) << path << " includes " << header;
      }
    }
  }
}

TEST(LayerRules, RefuseAnUpwardInclude) {
  EXPECT_THAT(broken_rules("core/x.cpp", "#include \"propagation/models.h\"\n"),
              testing::ElementsAre(HasSubstr("which core may not see")));
  EXPECT_THAT(broken_rules("propagation/x.h", "# include \"geodata/terrain.h\"\n"),
              testing::ElementsAre(HasSubstr("which propagation may not see")));
  EXPECT_THAT(broken_rules("scenarios/x.h", "#include \"geodata/terrain.h\"\n"), IsEmpty());
}

TEST(LayerRules, RefuseGdalOutsideGeodataSources) {
  EXPECT_THAT(broken_rules("scenarios/x.cpp", "#include <gdal_priv.h>\n").size(), 1);
  EXPECT_THAT(broken_rules("geodata/x.h", "#include <ogrsf_frmts.h>\n").size(), 1);
  EXPECT_THAT(broken_rules("geodata/x.cpp", "#include <cpl_vsi.h>\n"), IsEmpty());
  EXPECT_THAT(broken_rules("geodata/gdal/x.h", "#include <gdal_priv.h>\n"), IsEmpty());
  EXPECT_THAT(broken_rules("geodata/x.h", "#include \"geodata/gdal/support.h\"\n").size(), 1);
  EXPECT_THAT(broken_rules("scenarios/x.cpp", "#include \"geodata/gdal/support.h\"\n").size(), 1);
}

TEST(LayerRules, RefuseFileFormatsInCore) {
  EXPECT_THAT(broken_rules("core/x.h", "#include <nlohmann/json.hpp>\n").size(), 1);
  EXPECT_THAT(broken_rules("propagation/x.cpp", "#include <vector>\n#include <omp.h>\n"),
              IsEmpty());
}

TEST(LayerRules, RefusePrintingAndExitingButNotTheirNamesInWords) {
  EXPECT_THAT(broken_rules("core/x.cpp", "void f() { std::cout << 1'000; }").size(), 1);
  EXPECT_THAT(broken_rules("geodata/x.cpp", "void f() { std::exit(1); }").size(), 1);
  EXPECT_THAT(broken_rules("core/x.cpp", "// exit\nconst char* s = \"printf\"; snprintf(s);"),
              IsEmpty());
  EXPECT_THAT(broken_rules("scenarios/main.cpp", "std::cout << 1;"), IsEmpty());
}

}  // namespace
}  // namespace yonder::repository
