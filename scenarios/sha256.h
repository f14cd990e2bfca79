#pragma once

#include <filesystem>
#include <string>

namespace yonder::scenarios {

/// SHA-256 of a file's bytes as 64 hexadecimal digits. Throws std::runtime_error when it cannot be
/// read.
std::string sha256_of_file(const std::filesystem::path& file);

}  // namespace yonder::scenarios
