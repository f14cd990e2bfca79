#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/temporary_folder.h"

namespace yonder::test {

/// What a finished process left behind.
struct Outcome {
  int exit_code = -1;  ///< -1 when a signal ended it
  std::string out;
  std::string err;
};

/// How to start a process beside its arguments.
struct ProcessSettings {
  int signal = 0;  ///< sent once signal_when() is true, if the process still runs
  std::function<bool()> signal_when;
  std::string out_file;            ///< where its standard output goes, unless empty
  bool as_nobody = false;          ///< gives up root's rights, which no permission stops
  long long file_size_limit = -1;  ///< bytes; >= 0 makes longer files fail like a full disk
  /// Set in its environment. Without a cache unless asked for: a field kept by another test, or by
  /// whoever runs the tests, would stand in for the one to be tested.
  std::map<std::string, std::string> environment = {{"YONDER_FIELD_CACHE", "off"}};
};

/// Runs the yonder executable and waits for it.
Outcome yonder(const std::vector<std::string>& arguments, const ProcessSettings& settings = {});

std::string read_file(const std::filesystem::path& file);

/// Names of the entries of a folder, hidden ones included, sorted.
std::vector<std::string> names_in(const std::filesystem::path& folder);

}  // namespace yonder::test
