#include <fmt/format.h>

#include "scenarios/cli/command.h"
#include "scenarios/compare.h"

namespace yonder::cli {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::vector<std::string> folders;
  std::string output;
};

/// Runs of one folder go by their ids; of several folders, ids that are not unique by the folders'.
std::vector<scenarios::RunFolder> runs_of(const std::vector<std::string>& folders) {
  std::vector<scenarios::RunFolder> runs;
  for (const std::string& folder : folders) {
    for (scenarios::RunFolder& run : scenarios::find_runs(folder)) {
      for (const scenarios::RunFolder& known : runs) {
        if (known.id == run.id) run.id = folder + "/" + run.id;
      }
      runs.push_back(std::move(run));
    }
  }
  if (runs.size() < 2) {
    throw scenarios::ScenarioErrors({{{},
                                      folders.front(),
                                      "is one run; a comparison needs two",
                                      "yonder compare out/plan-a out/plan-b"}});
  }
  return runs;
}

int compare(const Arguments& arguments) {
  std::vector<scenarios::RunFolder> runs = runs_of(arguments.folders);
  const bool in_place = arguments.folders.size() == 1 && arguments.output.empty();
  const fs::path directory =
      in_place ? fs::absolute(arguments.folders.front())
      : !arguments.output.empty()
          ? fs::absolute(arguments.output)
          : fs::absolute(fs::path("out") / fmt::format("compare-{}-{}",
                                                       fs::path(runs[0].id).filename().string(),
                                                       fs::path(runs[1].id).filename().string()));
  scenarios::StagedOutput output(directory);
  const scenarios::Comparison comparison = scenarios::compare_runs(std::move(runs), output);
  scenarios::write_comparison(comparison, output);
  const std::size_t files = output.staged_names().size();
  output.commit(std::string(scenarios::kComparisonFile));
  fmt::print("{}\n{} files in {}\n", scenarios::comparison_text(comparison), files,
             directory.string());
  return 0;
}

}  // namespace

void add_compare(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "compare", "compare finished runs with the first: maps, figures, gain in km and %");
  command
      ->add_option("FOLDER", arguments->folders,
                   "folders of runs, or one folder with the variants of a scenario")
      ->required()
      ->expected(1, 20);
  command
      ->add_option("-o,--output", arguments->output,
                   "output folder (default: the folder of the variants, or out/compare-A-B)")
      ->type_name("DIR");
  command->callback([arguments, &exit_code] { exit_code = compare(*arguments); });
}

}  // namespace yonder::cli
