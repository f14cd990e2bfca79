#include "scenarios/cli/loss_sweep_command.h"

#include <fmt/format.h>

#include <map>
#include <memory>

#include "scenarios/loss_sweep.h"
#include "scenarios/scenario_error.h"
#include "scenarios/staged_output.h"

namespace yonder::cli {
namespace {

namespace fs = std::filesystem;

/// Files of one run, in one or several folders: all are staged before the first takes its place.
class OutputFiles {
 public:
  fs::path stage(const std::string& option, const std::string& file, std::string_view ending) {
    const fs::path path = fs::absolute(file);
    const std::string name = path.filename().string();
    if (fs::is_directory(path) || name.empty()) {
      refuse(option, file, "is a folder, not a file", ending);
    }
    if (path.extension() != ending) {
      refuse(option, file, "does not end in " + std::string(ending), ending);
    }
    std::unique_ptr<scenarios::StagedOutput>& folder = folders_[path.parent_path()];
    if (!folder) folder = std::make_unique<scenarios::StagedOutput>(path.parent_path());
    last_[path.parent_path()] = name;
    return folder->path(name);
  }
  void write(const std::string& option, const std::string& file, std::string_view ending,
             const std::string& text) {
    stage(option, file, ending);
    const fs::path path = fs::absolute(file);
    folders_[path.parent_path()]->write_text(path.filename().string(), text);
  }
  void commit() {
    for (const auto& [folder, output] : folders_) output->commit(last_[folder]);
  }

 private:
  [[noreturn]] static void refuse(const std::string& option, const std::string& file,
                                  const std::string& problem, std::string_view ending) {
    throw scenarios::ScenarioErrors(
        {{{}, option + " " + file, problem, option + " comparison" + std::string(ending)}});
  }
  std::map<fs::path, std::unique_ptr<scenarios::StagedOutput>> folders_;
  std::map<fs::path, std::string> last_;
};

}  // namespace

int loss_sweep(const LossSweepArguments& arguments) {
  scenarios::SweepRequest request;
  request.axis = scenarios::parse_sweep(arguments.sweep);
  std::string models;
  for (const std::string& one : arguments.models) models += (models.empty() ? "" : ",") + one;
  if (models.empty()) {
    throw scenarios::ScenarioErrors(
        {{{}, "--sweep", "needs models to compare", "--model free_space,itu_p1812"}});
  }
  request.models = scenarios::parse_sweep_models(models);
  request.settings = arguments.set;
  if (!arguments.surface.empty()) request.surface = arguments.surface;
  request.reference = !arguments.no_reference;
  const scenarios::LossSweep sweep = scenarios::run_loss_sweep(request);
  OutputFiles files;
  if (!arguments.csv.empty()) {
    files.write("--csv", arguments.csv, ".csv", scenarios::sweep_csv(sweep));
  }
  if (!arguments.json.empty()) {
    files.write("--json", arguments.json, ".json", scenarios::sweep_json(sweep).dump(1) + "\n");
  }
  if (!arguments.picture.empty()) {
    scenarios::write_sweep_picture(sweep, arguments.title,
                                   files.stage("--picture", arguments.picture, ".png"));
  }
  files.commit();
  fmt::print("{}", scenarios::sweep_table(sweep));
  return 0;
}

}  // namespace yonder::cli
