#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "process.h"

// The manual page and the completions are made from the definition of the command line. Held here
// against what `--help` prints, which another hand (CLI11's) makes from it.
namespace yonder::test {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

struct Command {
  std::vector<std::string> words;
  std::string help;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// yonder, its commands and theirs, as `--help` names them.
void add_commands(const std::vector<std::string>& words, std::vector<Command>& all) {
  std::vector<std::string> arguments = words;
  arguments.push_back("--help");
  const Outcome help = yonder(arguments);
  ASSERT_EQ(help.exit_code, 0) << help.err;
  all.push_back({words, help.out});
  bool within = false;
  for (const std::string& line : lines_of(help.out)) {
    if (within && line.starts_with("  ") && line[2] != ' ') {
      std::vector<std::string> longer = words;
      longer.push_back(line.substr(2, line.find(' ', 2) - 2));
      add_commands(longer, all);
    }
    within = within || line == "Subcommands:";
  }
}

const std::vector<Command>& commands() {
  static const std::vector<Command> kAll = [] {
    std::vector<Command> all;
    add_commands({}, all);
    return all;
  }();
  return kAll;
}

std::set<std::string> long_options(const std::string& help) {
  std::set<std::string> found;
  static const std::regex kOption("^  (?:-[A-Za-z],)?(--[a-z][a-z0-9_-]*)");
  for (const std::string& line : lines_of(help)) {
    std::smatch match;
    if (std::regex_search(line, match, kOption)) found.insert(match[1]);
  }
  return found;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

bool is_installed(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

struct ShellOutcome {
  int status = -1;
  std::string out;
};

ShellOutcome shell(const std::string& command) {
  ShellOutcome outcome;
  FILE* pipe = popen(("{ " + command + "\n} 2>&1").c_str(), "r");
  if (pipe == nullptr) return outcome;
  char buffer[4096];
  for (std::size_t got = 0; (got = fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
    outcome.out.append(buffer, got);
  }
  outcome.status = pclose(pipe);
  return outcome;
}

/// What bash offers after `words`, the last of which is being typed.
std::vector<std::string> bash_offers(const std::filesystem::path& completion,
                                     const std::vector<std::string>& words,
                                     const std::string& folder = "/") {
  std::string list;
  for (const std::string& word : words) list += " '" + word + "'";
  const ShellOutcome outcome =
      shell("cd '" + folder + "' && bash -c 'source \"$0\"; COMP_WORDS=(\"$@\"); " +
            "COMP_CWORD=$(($# - 1)); _yonder; printf \"%s\\n\" \"${COMPREPLY[@]}\"' '" +
            completion.string() + "'" + list);
  EXPECT_EQ(outcome.status, 0) << outcome.out;
  std::vector<std::string> offers = lines_of(outcome.out);
  std::erase(offers, "");
  std::sort(offers.begin(), offers.end());
  return offers;
}

class Completion : public testing::Test {
 protected:
  std::filesystem::path completion(const std::string& shell) const {
    const Outcome outcome = yonder({"completion", shell});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return folder_.write("completion-" + shell, outcome.out);
  }
  TemporaryFolder folder_;
};

TEST_F(Completion, OfBashOffersEveryCommandAndOption) {
  if (!is_installed("bash")) GTEST_SKIP() << "there is no bash";
  const std::filesystem::path file = completion("bash");
  ASSERT_GT(commands().size(), 12U);
  for (const Command& command : commands()) {
    std::vector<std::string> typed = {"yonder"};
    typed.insert(typed.end(), command.words.begin(), command.words.end());
    if (!command.words.empty()) {
      const std::vector<std::string> before(typed.begin(), typed.end() - 1);
      std::vector<std::string> asked = before;
      asked.push_back("");
      EXPECT_THAT(bash_offers(file, asked), Contains(typed.back()));
    }
    typed.push_back("--");
    const std::set<std::string> options = long_options(command.help);
    EXPECT_THAT(options, Contains("--help")) << joined(command.words);
    EXPECT_THAT(bash_offers(file, typed), IsSupersetOf(options)) << joined(command.words);
  }
}

TEST_F(Completion, OfBashKnowsTheWordsFilesAndFoldersOfAnOption) {
  if (!is_installed("bash")) GTEST_SKIP() << "there is no bash";
  const std::filesystem::path file = completion("bash");
  folder_.write("a scenario.yaml", "");
  std::filesystem::create_directory(folder_.path() / "results");
  const std::string folder = folder_.path().string();
  EXPECT_THAT(bash_offers(file, {"yonder", "bench", "map", "--engine", ""}),
              ElementsAre("exact", "sweep"));
  EXPECT_THAT(bash_offers(file, {"yonder", "bench", "map", "--engine", "=", "ex"}),
              ElementsAre("exact"));
  EXPECT_THAT(bash_offers(file, {"yonder", "completion", "z"}), ElementsAre("zsh"));
  EXPECT_THAT(bash_offers(file, {"yonder", "run", "-o", ""}, folder), ElementsAre("results"));
  EXPECT_THAT(bash_offers(file, {"yonder", "run", "a"}, folder), ElementsAre("a scenario.yaml"));
  EXPECT_THAT(bash_offers(file, {"yonder", "run", "--threads", ""}, folder), IsEmpty());
  // A file that is called like a command is none.
  EXPECT_THAT(bash_offers(file, {"yonder", "run", "bench", "--thr"}), ElementsAre("--threads"));
  EXPECT_THAT(bash_offers(file, {"yonder", "--output", "x", "ru"}), ElementsAre("run"));
}

TEST_F(Completion, OfZshAndFishIsReadByThemAndNamesEveryOption) {
  for (const char* name : {"zsh", "fish"}) {
    const std::filesystem::path file = completion(name);
    const std::string text = read_file(file);
    for (const Command& command : commands()) {
      for (const std::string& option : long_options(command.help)) {
        const std::string written =
            name == std::string("zsh") ? "*" + option : " -l " + option.substr(2);
        EXPECT_THAT(text, HasSubstr(written)) << joined(command.words);
      }
    }
    if (!is_installed(name)) continue;
    const ShellOutcome outcome = shell(std::string(name) + " -n '" + file.string() + "'");
    EXPECT_EQ(outcome.status, 0) << outcome.out;
  }
}

TEST_F(Completion, OfFishOffersWhatFollows) {
  if (!is_installed("fish")) GTEST_SKIP() << "there is no fish";
  const std::filesystem::path file = completion("fish");
  const auto offers = [&](const std::string& typed) {
    return shell("HOME='" + folder_.path().string() + "' fish -c 'source " + file.string() +
                 "; complete -C \"" + typed + "\"'")
        .out;
  };
  EXPECT_THAT(offers("yonder "), AllOf(HasSubstr("run\t"), HasSubstr("terrain\t")));
  EXPECT_THAT(offers("yonder terrain "), AllOf(HasSubstr("sketch"), Not(HasSubstr("budget"))));
  EXPECT_THAT(offers("yonder bench map --engine "), AllOf(HasSubstr("exact"), HasSubstr("sweep")));
  EXPECT_THAT(offers("yonder run --thr"), HasSubstr("--threads"));
}

TEST(Manual, HasEveryCommandAndOptionOfTheHelp) {
  const Outcome manual = yonder({"manual"});
  ASSERT_EQ(manual.exit_code, 0) << manual.err;
  std::string page;  // hyphens are escaped in troff source
  for (const char c : manual.out) {
    if (c != '\\') page += c;
  }
  for (const Command& command : commands()) {
    const std::string name = joined(command.words);
    std::size_t from = page.find(name.empty() ? ".SH OPTIONS" : ".SS fByonder " + name + "fR");
    ASSERT_NE(from, std::string::npos) << name;
    const std::size_t end = page.find("\n.S", from + 1);
    const std::string section = page.substr(from, end - from);
    for (const std::string& option : long_options(command.help)) {
      if (option == "--help" && !name.empty()) continue;
      EXPECT_THAT(section, HasSubstr("fB" + option + "fR")) << name;
    }
  }
}

TEST(Manual, AsksManForNoPreprocessor) {
  // A first line that begins so names preprocessors, by letters; where one is not installed, as
  // refer in Debian's groff-base, man shows nothing.
  EXPECT_THAT(yonder({"manual"}).out, testing::StartsWith(".\\\" "));
}

TEST(Manual, IsCleanTroff) {
  if (!is_installed("groff")) GTEST_SKIP() << "there is no groff";
  const TemporaryFolder folder;
  const std::filesystem::path page = folder.write("yonder.1", yonder({"manual"}).out);
  const ShellOutcome outcome =
      shell("groff -man -Tutf8 -k -ww -rLL=78n '" + page.string() + "' >/dev/null");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(shell("groff -man -Tascii -k '" + page.string() + "'").out, HasSubstr("YONDER(1)"));
}

TEST(Manual, NamesEveryEnvironmentVariableThatTheSourcesRead) {
  const std::string page = yonder({"manual"}).out;
  std::set<std::string> read;
  for (const char* folder : {"core", "propagation", "geodata", "scenarios"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(
             std::filesystem::path(YONDER_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
      const std::string text = read_file(entry.path());
      static const std::regex kGetenv("getenv\\(\"([A-Z0-9_]+)\"\\)");
      for (auto it = std::sregex_iterator(text.begin(), text.end(), kGetenv);
           it != std::sregex_iterator(); ++it) {
        read.insert((*it)[1]);
      }
    }
  }
  EXPECT_THAT(read, Contains("YONDER_FIELD_CACHE"));
  for (const std::string& name : read) EXPECT_THAT(page, HasSubstr(name));
}

}  // namespace
}  // namespace yonder::test
