#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "core/path_loss_model.h"

/// Files of numbers behind models' table parameters (ParameterSpec::table).
namespace yonder::scenarios {

/// Reads what `spec` wants from a file or folder. One read file is kept and handed out again as
/// long as it stays as it is. Throws ScenarioErrors with file and line: missing, unreadable, rows
/// of unequal width, a field that is no number.
std::shared_ptr<const NumberTables> read_tables(const ParameterSpec& spec,
                                                const std::filesystem::path& path);

/// The files that read_tables() reads.
std::vector<std::filesystem::path> table_files(const ParameterSpec& spec,
                                               const std::filesystem::path& path);

/// A CSV file of numbers (form: read_csv). The first column may hold words.
NumberTable read_number_csv(const std::filesystem::path& file);

/// Numbers between blanks, every line as many.
NumberTable read_number_grid(const std::filesystem::path& file);

}  // namespace yonder::scenarios
