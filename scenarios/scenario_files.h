#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// Files that a scenario names.
namespace yonder::scenarios {

/// GDAL's virtual file systems ("/vsizip/…", "/vsicurl/…"): passed on as written.
bool is_virtual_path(const std::string& path);

/// `path` as absolute and tidy; relative ones are relative to `base`.
std::filesystem::path resolve_path(const std::filesystem::path& base, const std::string& path);

/// The files that a name or glob (`*`, `?`, `[…]`) stands for, absolute and sorted by name; empty
/// when there are none. A file that exists under the name exactly as written is taken as such.
std::vector<std::filesystem::path> expand_glob(const std::filesystem::path& base,
                                               const std::string& pattern);

/// Whether `pattern` has glob characters.
bool is_glob(const std::string& pattern);

}  // namespace yonder::scenarios
