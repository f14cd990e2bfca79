#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

namespace yonder::scenarios {

/// What a case claims beside what was computed: the entries of an expect.yaml (docs/cases.md), each
/// with the `value` that its pointer finds in `records` (null: nothing there). `records` is a run's
/// record, or {"variants": {ID: record}, "compare": ...}. Throws ScenarioErrors for a file that is
/// no list of such entries.
nlohmann::ordered_json read_claims(const std::filesystem::path& file,
                                   const nlohmann::ordered_json& records);

}  // namespace yonder::scenarios
