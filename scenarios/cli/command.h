#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "scenarios/scenario.h"

/// The commands of `yonder`. Each adds itself to the app and, when chosen, puts its exit code into
/// `exit_code`: 0 done, 1 failure while running, 2 invalid input. Exceptions are turned into
/// messages by main().
namespace yonder::cli {

void add_run(CLI::App& app, int& exit_code);
void add_batch(CLI::App& app, int& exit_code);
void add_bench(CLI::App& app, int& exit_code);
void add_budget(CLI::App& app, int& exit_code);
void add_check(CLI::App& app, int& exit_code);
void add_compare(CLI::App& app, int& exit_code);
void add_link(CLI::App& app, int& exit_code);
void add_loss(CLI::App& app, int& exit_code);
void add_models(CLI::App& app, int& exit_code);
void add_report(CLI::App& app, int& exit_code);
void add_terrain(CLI::App& app, int& exit_code);
/// `completion` and `manual`, which tell of all the others.
void add_self_description(CLI::App& app, int& exit_code);

/// Of `--set` KEY=VALUE. Throws ScenarioErrors.
std::vector<scenarios::Override> overrides_of(const std::vector<std::string>& settings);

/// SCENARIO, --set and --variant, shared by the commands that read one.
struct ScenarioArguments {
  std::string file;
  std::vector<std::string> set;
  std::string variant;

  void add_to(CLI::App& command);
  /// The scenario, or its variant asked for, or its first.
  scenarios::Scenario load(const scenarios::LoadOptions& options = {}) const;
  /// The scenario, or its variant asked for, or all of them.
  std::vector<scenarios::Scenario> load_all(const scenarios::LoadOptions& options = {}) const;
};

}  // namespace yonder::cli
