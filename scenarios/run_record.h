#pragma once

#include <nlohmann/json_fwd.hpp>

#include "scenarios/input_hashes.h"
#include "scenarios/run.h"

namespace yonder::scenarios {

/// The manifest run.json: versions, commit, scenario as given, SHA-256 of each input, grid,
/// statuses, KPIs, timings.
nlohmann::ordered_json run_record(const Scenario& scenario, const Plan& plan,
                                  const RunResult& result, const nlohmann::ordered_json& inputs);

/// Size and SHA-256 of every input file; of those in `hashes` as it knows them. Throws
/// std::runtime_error when one cannot be read.
nlohmann::ordered_json inputs_record(const Scenario& scenario, InputHashes& hashes);

/// Names of the files that an earlier run.json lists; empty when there is none that can be read.
std::vector<std::string> recorded_files(const std::filesystem::path& record);

}  // namespace yonder::scenarios
