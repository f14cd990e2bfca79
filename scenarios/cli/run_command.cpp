#include <fmt/format.h>

#include "scenarios/analysis_grid.h"
#include "scenarios/cli/command.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/progress_line.h"
#include "scenarios/run.h"
#include "scenarios/variant_run.h"

namespace yonder::cli {
namespace {

struct Arguments {
  ScenarioArguments scenario;
  std::string output;
  std::string cache;
  int threads = 0;
  bool quiet = false;
};

void run_all(const std::vector<scenarios::Scenario>& all, const scenarios::RunOptions& run_options,
             bool quiet, ProgressLine& progress) {
  scenarios::VariantOptions options;
  options.run = run_options;
  options.variant = [&](std::size_t number, std::size_t count, const std::string& name) {
    progress.end();
    if (!quiet) fmt::print(stderr, "Variant {} of {}: {}\n", number, count, name);
  };
  const scenarios::VariantsResult result = scenarios::run_variants(all, options);
  progress.end();
  for (std::size_t i = 0; i < all.size(); ++i) {
    fmt::print("{}\n", scenarios::summary_text(all[i], result.runs[i]));
  }
  if (result.comparison) {
    fmt::print("{}\nComparison: {} files in {}\n", scenarios::comparison_text(*result.comparison),
               result.files.size(), result.directory.string());
  }
}

int run(const Arguments& arguments) {
  const std::stop_token stop = stop_on_interrupt();
  std::vector<scenarios::Scenario> all = arguments.scenario.load_all();
  const scenarios::Scenario& scenario = all.front();
  for (scenarios::Scenario& one : all) {
    if (arguments.output.empty()) break;
    one.outputs.directory = std::filesystem::absolute(arguments.output);
  }
  if (!arguments.quiet) {
    const scenarios::AnalysisGrid analysis = scenarios::make_analysis_grid(scenario);
    fmt::print(
        stderr, "About {:.0f} MiB of memory for {} x {} pixels\n",
        static_cast<double>(scenarios::estimated_memory_bytes(scenario, analysis)) / (1 << 20),
        analysis.area.columns, analysis.area.rows);
  }
  ProgressLine progress(!arguments.quiet);
  scenarios::RunOptions options;
  options.control.threads = arguments.threads;
  if (!arguments.cache.empty()) options.field_cache = arguments.cache;
  options.control.stop = stop;
  options.control.progress = [&](std::size_t done, std::size_t total) {
    progress.update(done, total);
  };
  options.stage = [&](std::string_view stage) {
    progress.begin(stage == "terrain"       ? "Reading terrain"
                   : stage == "propagation" ? "Calculating"
                   : stage == "comparison"  ? "Comparing"
                   : stage == "shapes"      ? "Judging shapes"
                   : stage == "report"      ? "Writing the report"
                                            : "Writing results");
  };
  if (scenario.variant) {
    run_all(all, options, arguments.quiet, progress);
    return 0;
  }
  const scenarios::RunResult result = scenarios::run_scenario(scenario, options);
  progress.end();
  fmt::print("{}", scenarios::summary_text(scenario, result));
  return 0;
}

}  // namespace

void add_run(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("run", "compute the coverage map of a scenario and write its files");
  arguments->scenario.add_to(*command);
  command->add_option("-o,--output", arguments->output, "output folder (instead of the scenario's)")
      ->type_name("DIR");
  command
      ->add_option("--cache", arguments->cache,
                   "folder where path-loss fields are kept, or 'off' (default: the environment "
                   "variable YONDER_FIELD_CACHE, the scenario's, ~/.cache/yonder/fields)")
      ->type_name("DIR|off");
  command->add_option("--threads", arguments->threads, "threads (default: all cores)")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--quiet", arguments->quiet, "no progress on standard error");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace yonder::cli
