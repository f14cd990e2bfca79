#pragma once

#include <filesystem>
#include <string>

#include "scenarios/report/report_data.h"

/// The HTML report of a finished run: one file that opens without any network.
namespace yonder::scenarios {

/// Name of the report in a run's folder.
inline constexpr const char* kReportFile = "report.html";

/// Whether this build holds the report's browser side (YONDER_REPORT).
bool report_available();

/// The page for runs, or for what a folder holds (find_report_sources()). Throws ScenarioErrors
/// where there is no finished run, geodata::GeodataError for a layer that cannot be read,
/// std::runtime_error in a build without the report.
std::string make_report(const ReportSources& sources);
std::string make_report(const std::filesystem::path& directory);

}  // namespace yonder::scenarios
