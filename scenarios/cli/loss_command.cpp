#include <fmt/format.h>

#include <fstream>
#include <iostream>

#include "propagation/models.h"
#include "scenarios/cli/command.h"
#include "scenarios/loss_cases.h"
#include "scenarios/staged_output.h"

namespace yonder::cli {
namespace {

struct Arguments {
  std::string cases;
  std::string model;
  std::string output;
  std::vector<std::string> files;
};

/// "curves=p1546-curves.csv" and the like.
scenarios::CaseFiles case_files(const Arguments& arguments) {
  scenarios::CaseFiles files;
  files.base = std::filesystem::absolute(arguments.cases).parent_path();
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
  std::ifstream in(arguments.cases);
  if (!in) {
    throw scenarios::ScenarioErrors(
        {{{arguments.cases}, "--cases", "cannot be read", "a file with one JSON case a line"}});
  }
  const scenarios::CaseFiles files = case_files(arguments);
  scenarios::CaseFileSummary summary;
  if (arguments.output.empty()) {
    summary = scenarios::evaluate_case_file(in, std::cout, arguments.model, files);
    std::cout.flush();
    if (!std::cout) throw scenarios::OutputError("cannot write to standard output");
  } else {
    std::ostringstream answers;
    summary = scenarios::evaluate_case_file(in, answers, arguments.model, files);
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
  CLI::App* command =
      app.add_subcommand("loss", "evaluate a file of cases, one JSON object a line");
  command->add_option("--cases", arguments->cases, "case file (JSON lines, docs/loss-cases.md)")
      ->required();
  command->add_option("--model", arguments->model, "model id for all cases, instead of their own");
  command->add_option("--file", arguments->files,
                      "PARAMETER=PATH: file of a table parameter, for cases that name none");
  command->add_option("-o,--output", arguments->output, "answer file (default: standard output)");
  command->callback([arguments, &exit_code] { exit_code = loss(*arguments); });
}

}  // namespace yonder::cli
