#include <fmt/format.h>

#include <fstream>
#include <iostream>

#include "propagation/models.h"
#include "scenarios/cli/command.h"
#include "scenarios/cli/loss_sweep_command.h"
#include "scenarios/loss_cases.h"
#include "scenarios/staged_output.h"

namespace yonder::cli {
namespace {

struct Arguments {
  std::string cases;
  std::string output;
  std::vector<std::string> files;
  LossSweepArguments sweep;
};

/// The two modes share a name and no option but --model.
void refuse_mixture(const Arguments& arguments) {
  const LossSweepArguments& sweep = arguments.sweep;
  const auto refuse = [](const std::string& option, const std::string& problem,
                         const std::string& valid) {
    throw scenarios::ScenarioErrors({{{}, option, problem, valid}});
  };
  if (arguments.cases.empty() == sweep.sweep.empty()) {
    refuse("yonder loss", "takes either --cases or --sweep",
           "yonder loss --cases my.jsonl, or yonder loss --model itu_p1812 --sweep "
           "distance_m=1000:100000:log50 --set frequency_mhz=700 --set tx.height_agl_m=40 --set "
           "rx.height_agl_m=1.5");
  }
  if (arguments.cases.empty()) {
    if (!arguments.output.empty()) {
      refuse("--output", "belongs to --cases", "--csv FILE, --json FILE or --picture FILE.png");
    }
    return;
  }
  const bool sweeps = !sweep.set.empty() || !sweep.surface.empty() || !sweep.csv.empty() ||
                      !sweep.json.empty() || !sweep.picture.empty() || !sweep.title.empty() ||
                      sweep.no_reference;
  if (sweeps) {
    refuse(
        "--cases",
        "goes with --model, --file and --output only; --set, --surface, --csv, --json, --picture, "
        "--title and --no-reference belong to --sweep",
        "yonder loss --cases my.jsonl -o answers.jsonl");
  }
  if (sweep.models.size() > 1) {
    refuse("--model", "is given twice; --cases takes one model for all cases",
           "--model " + sweep.models[0]);
  }
}

/// "curves=p1546-curves.csv" and the like.
scenarios::CaseFiles case_files(const Arguments& arguments) {
  scenarios::CaseFiles files;
  files.base = std::filesystem::absolute(arguments.cases).parent_path();
  const std::string stem = std::filesystem::path(arguments.cases).stem().string();
  if (scenarios::is_case_model(stem)) files.model = stem;
  for (const std::string& file : arguments.files) {
    const std::size_t equals = file.find('=');
    if (equals == 0 || equals == std::string::npos || equals + 1 == file.size()) {
      throw scenarios::ScenarioErrors({{{},
                                        "--file",
                                        "'" + file + "' is not of the form PARAMETER=PATH",
                                        "--file curves=p1546-curves.csv"}});
    }
    files.defaults[file.substr(0, equals)] = std::filesystem::absolute(file.substr(equals + 1));
  }
  return files;
}

int loss(const Arguments& arguments) {
  refuse_mixture(arguments);
  if (!arguments.sweep.sweep.empty()) return loss_sweep(arguments.sweep);
  const std::string model = arguments.sweep.models.empty() ? "" : arguments.sweep.models[0];
  std::ifstream in(arguments.cases);
  if (!in) {
    throw scenarios::ScenarioErrors(
        {{{arguments.cases}, "--cases", "cannot be read", "a file with one JSON case a line"}});
  }
  const scenarios::CaseFiles files = case_files(arguments);
  scenarios::CaseFileSummary summary;
  if (arguments.output.empty()) {
    summary = scenarios::evaluate_case_file(in, std::cout, model, files);
    std::cout.flush();
    if (!std::cout) throw scenarios::OutputError("cannot write to standard output");
  } else {
    std::ostringstream answers;
    summary = scenarios::evaluate_case_file(in, answers, model, files);
    const std::filesystem::path file = std::filesystem::absolute(arguments.output);
    scenarios::StagedOutput output(file.parent_path());
    output.write_text(file.filename().string(), answers.str());
    output.commit(file.filename().string());
  }
  fmt::print(stderr, "{} cases, {} with an error\n", summary.cases, summary.errors);
  return summary.errors > 0 ? 1 : 0;
}

}  // namespace

void add_loss(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  LossSweepArguments& sweep = arguments->sweep;
  CLI::App* command = app.add_subcommand(
      "loss", "loss of single paths: a file of cases, or models compared along one quantity");
  const auto text_list = [&](const std::string& name, std::vector<std::string>& list,
                             const std::string& meaning) {
    return command->add_option(name, list, meaning)->allow_extra_args(false);
  };
  command->add_option("--cases", arguments->cases, "case file (JSON lines, docs/loss-cases.md)")
      ->type_name("FILE");
  command->add_option("-o,--output", arguments->output, "answers of --cases (default: terminal)")
      ->type_name("FILE");
  text_list("--model", sweep.models,
            "model for all cases; or the models to compare: ID,ID[KEY=VALUE,...],...")
      ->type_name("ID");
  command
      ->add_option("--sweep", sweep.sweep,
                   "quantity to vary: distance_m=1000:100000:log50 (docs/loss-sweep.md)")
      ->type_name("NAME=FROM:TO:linN|logN");
  text_list("--file", arguments->files, "file of a table parameter, for cases that name none")
      ->type_name("PARAMETER=PATH");
  text_list("--set", sweep.set, "quantity or parameter that stays: frequency_mhz=700")
      ->type_name("[MODEL.]KEY=VALUE");
  command->add_option("--surface", sweep.surface, "what lies below the paths (default: flat)")
      ->type_name("flat|sea|FILE.csv|FILE.jsonl#ID");
  command->add_option("--csv", sweep.csv, "write the table as CSV")->type_name("FILE.csv");
  command->add_option("--json", sweep.json, "write everything as JSON")->type_name("FILE.json");
  command->add_option("--picture", sweep.picture, "draw the curves")->type_name("FILE.png");
  command->add_option("--title", sweep.title, "title of the picture");
  command->add_flag("--no-reference", sweep.no_reference, "leave out the line of free space");
  command->callback([arguments, &exit_code] { exit_code = loss(*arguments); });
}

}  // namespace yonder::cli
