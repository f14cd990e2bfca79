#include "scenarios/scenario_files.h"

#include <glob.h>

#include <algorithm>

namespace yonder::scenarios {

namespace fs = std::filesystem;

bool is_virtual_path(const std::string& path) { return path.starts_with("/vsi"); }

fs::path resolve_path(const fs::path& base, const std::string& path) {
  if (is_virtual_path(path)) return path;
  return fs::absolute(base / path).lexically_normal();
}

bool is_glob(const std::string& pattern) {
  return pattern.find_first_of("*?[") != std::string::npos;
}

std::vector<fs::path> expand_glob(const fs::path& base, const std::string& pattern) {
  const fs::path whole = resolve_path(base, pattern);
  std::error_code ignored;
  if (is_virtual_path(pattern) || fs::exists(whole, ignored)) return {whole};
  if (!is_glob(pattern)) return {};

  // Only the part as written is a pattern: a folder above it may be called "data [old]".
  std::string escaped;
  if (!fs::path(pattern).is_absolute()) {
    for (const char c : fs::absolute(base).lexically_normal().string()) {
      if (c == '*' || c == '?' || c == '[' || c == '\\') escaped += '\\';
      escaped += c;
    }
    escaped += '/';
  }
  escaped += pattern;
  std::vector<fs::path> files;
  glob_t found{};
  if (::glob(escaped.c_str(), 0, nullptr, &found) == 0) {
    for (std::size_t i = 0; i < found.gl_pathc; ++i) {
      fs::path file = fs::path(found.gl_pathv[i]).lexically_normal();
      if (!fs::is_directory(file, ignored)) files.push_back(std::move(file));
    }
  }
  ::globfree(&found);
  std::ranges::sort(files);
  return files;
}

}  // namespace yonder::scenarios
