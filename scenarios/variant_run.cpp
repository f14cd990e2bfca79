#include "scenarios/variant_run.h"

#include <algorithm>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "geodata/error.h"
#include "scenarios/file_name.h"
#include "scenarios/report/report.h"
#include "scenarios/run_record.h"
#include "scenarios/staged_output.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;

/// Variants that an earlier comparison in this folder speaks of.
std::vector<std::string> earlier_variants(const fs::path& directory) {
  std::ifstream in(directory / kComparisonFile);
  const nlohmann::json earlier = nlohmann::json::parse(in, nullptr, false);
  std::vector<std::string> ids;
  if (!earlier.is_object() || !earlier.contains("variants")) return ids;
  for (const auto& id : earlier["variants"]) {
    if (id.is_string()) ids.push_back(id.get<std::string>());
  }
  return ids;
}

/// What an earlier run has left of variants that the scenario no longer has.
void remove_dropped_variants(const fs::path& directory, const std::vector<std::string>& earlier,
                             const std::vector<VariantConfig>& variants) {
  for (const std::string& id : earlier) {
    if (!is_plain_file_name(id) ||
        std::ranges::find(variants, id, &VariantConfig::id) != variants.end())
      continue;
    remove_recorded_run(directory / id);
  }
}

}  // namespace

VariantsResult run_variants(const std::vector<Scenario>& scenarios, const VariantOptions& options) {
  const std::vector<VariantConfig>& variants = scenarios.front().variants;
  VariantsResult result;
  result.directory = scenarios.front().outputs.directory;
  for (const Scenario& one : scenarios) {
    if (one.outputs.directory != result.directory) {
      throw ScenarioErrors({{one.chosen_variant()->mark, "outputs.directory",
                             "differs between variants, whose results lie side by side in one "
                             "folder (variant " +
                                 one.chosen_variant()->id + ")",
                             "outputs.directory without variants[].set"}});
    }
  }
  StagedOutput top(result.directory);
  std::vector<std::unique_ptr<StagedOutput>> outputs;
  for (const Scenario& one : scenarios) {
    outputs.push_back(std::make_unique<StagedOutput>(result.directory / one.chosen_variant()->id));
  }
  RunOptions run_options = options.run;
  run_options.report_page = false;
  TerrainReuse terrain;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    const VariantConfig& variant = *scenarios[i].chosen_variant();
    if (options.variant) options.variant(i + 1, scenarios.size(), variant.name.en);
    result.runs.push_back(run_into(*outputs[i], scenarios[i], run_options, &terrain));
  }
  terrain = {};

  const bool with_report = scenarios.front().outputs.report;
  ReportSources report{.claims = claims_beside(scenarios.front().file)};
  std::vector<RunFolder> folders;
  for (const VariantConfig& variant : variants) {
    const auto now = std::ranges::find_if(
        scenarios, [&](const Scenario& one) { return one.chosen_variant()->id == variant.id; });
    const fs::path folder =
        now != scenarios.end()
            ? outputs[static_cast<std::size_t>(now - scenarios.begin())]->path("")
            : result.directory / variant.id;
    if (!fs::exists(folder / "run.json")) continue;
    folders.push_back(read_run_folder(folder, variant.id, variant.name));
    report.runs.push_back({variant.id, folder});
  }
  if (folders.size() > 1) {
    if (options.run.stage) options.run.stage("comparison");
    try {
      result.comparison = compare_runs(std::move(folders), top, scenarios.front().outputs.picture);
    } catch (const geodata::GeodataError& error) {
      throw OutputError(error.what());
    }
    write_comparison(
        *result.comparison, top,
        with_report ? std::vector<std::string>{kReportFile} : std::vector<std::string>{});
    report.comparison = top.path(std::string(kComparisonFile));
  }
  if (with_report) {
    if (options.run.stage) options.run.stage("report");
    top.write_text(kReportFile, make_report(report));
  }
  result.files = top.staged_names();
  if (options.run.control.stop.stop_requested()) throw Stopped();

  const std::vector<std::string> earlier = earlier_variants(result.directory);
  for (std::size_t i = 0; i < outputs.size(); ++i) commit_run(*outputs[i], result.runs[i]);
  std::vector<std::string> superseded = recorded_files(result.directory / "run.json");
  for (std::string& name : recorded_files(result.directory / kComparisonFile)) {
    superseded.push_back(std::move(name));
  }
  top.commit(std::string(kComparisonFile));
  top.remove_superseded(superseded, result.files);
  remove_dropped_variants(result.directory, earlier, variants);
  return result;
}

}  // namespace yonder::scenarios
