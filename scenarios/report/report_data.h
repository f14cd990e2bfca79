#pragma once

#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
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

/// Reads run.json, tables and layers of `directory`, or compare.json and its variants' folders.
/// Throws ScenarioErrors where it holds no finished run, and geodata::GeodataError for a layer that
/// cannot be read.
ReportData gather_report(const std::filesystem::path& directory, const ReportLimits& limits = {});

}  // namespace yonder::scenarios
