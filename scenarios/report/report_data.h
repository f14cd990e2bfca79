#pragma once

#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

/// What a report shows, gathered from a finished run's folder.
namespace yonder::scenarios {

/// A packed layer (layer_pack.h), which the page holds beside its JSON.
struct ReportBlob {
  std::string id;
  std::string base64;
};

struct ReportData {
  nlohmann::ordered_json page;  ///< what web/src/ reads; described in docs/report.md
  std::vector<ReportBlob> blobs;
};

struct ReportLimits {
  std::size_t packed_bytes = 13'500'000;  ///< of all layers together; about
  std::size_t layer_pixels = 6'000'000;   ///< a browser holds this much a layer with ease
};

/// A finished run's folder.
struct ReportRun {
  std::string id;  ///< of the variant; empty: a run without variants
  std::filesystem::path folder;
};

/// Where a report's content lies.
struct ReportSources {
  std::vector<ReportRun> runs;                      ///< one, or the variants in their order
  std::optional<std::filesystem::path> comparison;  ///< compare.json
  /// A case's expect.yaml: its claims are shown beside what was computed.
  std::optional<std::filesystem::path> claims;
};

/// The expect.yaml beside a scenario's file; nullopt where there is none.
std::optional<std::filesystem::path> claims_beside(const std::filesystem::path& scenario_file);

/// What is claimed of the runs, each entry with its value (claims.h); null without claims. Throws
/// ScenarioErrors.
nlohmann::ordered_json gather_claims(const ReportSources& sources);

/// The run that a reader sees first: of variants the one that the first claim is of, else the
/// second, since the first is what others are compared with.
const ReportRun& first_shown(const ReportSources& sources, const nlohmann::ordered_json& claims);

/// The sources in a folder, with the claims beside the scenario that was run: its own run, or the
/// variants that its compare.json names. Throws ScenarioErrors where there is neither.
ReportSources find_report_sources(const std::filesystem::path& directory);

/// Reads records, tables and layers. Throws ScenarioErrors where a folder holds no finished run,
/// and geodata::GeodataError for a layer that cannot be read.
ReportData gather_report(const ReportSources& sources, const ReportLimits& limits = {});

}  // namespace yonder::scenarios
