#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "scenarios/run.h"

/// Parts of run.json that a run and a batch have in common.
namespace yonder::scenarios {

/// "2026-05-04T12:00:00Z".
std::string utc_now();

/// What begins a record: its format, what wrote it and when.
nlohmann::ordered_json record_head(const std::string& format);
nlohmann::ordered_json input_json(const std::filesystem::path& file, const FileDigest& digest);
nlohmann::ordered_json grid_json(const geodata::Projection& projection, const Grid& grid,
                                 double pixel_area_km2);
nlohmann::ordered_json scenario_json(const Scenario& scenario);
nlohmann::ordered_json model_json(const Scenario& scenario, const RunResult& result,
                                  const ModelInfo& info);
/// Pixels by status.
nlohmann::ordered_json status_json(const CoverageKpis& kpis, const ModelInfo& model);
nlohmann::ordered_json kpis_json(const Scenario& scenario, const RunResult& result);
/// By terminal; null when availability was not judged.
nlohmann::ordered_json availability_json(const Scenario& scenario, const RunResult& result);

}  // namespace yonder::scenarios
