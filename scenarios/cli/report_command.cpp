#include <fmt/format.h>

#include "geodata/checked_file.h"
#include "scenarios/cli/command.h"
#include "scenarios/report/report.h"

namespace yonder::cli {
namespace {

struct Arguments {
  std::string directory;
  std::string output;
};

int report(const Arguments& arguments) {
  const std::filesystem::path directory = arguments.directory;
  const std::filesystem::path file = arguments.output.empty()
                                         ? directory / scenarios::kReportFile
                                         : std::filesystem::path(arguments.output);
  const std::string page = scenarios::make_report(directory);
  geodata::write_whole_file(file, page.data(), page.size());
  fmt::print("{} ({:.1f} MB)\n", file.string(), static_cast<double>(page.size()) * 1e-6);
  return 0;
}

}  // namespace

void add_report(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "report", "write the HTML report of a finished run or of its variants anew");
  command->add_option("DIRECTORY", arguments->directory, "folder that `yonder run` has written")
      ->required()
      ->check(CLI::ExistingDirectory);
  command->add_option("-o,--output", arguments->output, "file (default: DIRECTORY/report.html)")
      ->type_name("FILE");
  command->callback([arguments, &exit_code] { exit_code = report(*arguments); });
}

}  // namespace yonder::cli
