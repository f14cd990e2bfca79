#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace yonder::cli {

/// Progress on standard error: one line that is rewritten on a terminal, a line every tenth
/// otherwise.
class ProgressLine {
 public:
  explicit ProgressLine(bool enabled);
  ~ProgressLine();
  void begin(std::string what);
  void update(std::size_t done, std::size_t total);
  void end();

 private:
  bool enabled_;
  bool terminal_;
  bool line_open_ = false;
  int last_tenth_ = 0;
  std::string what_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point shown_;
};

}  // namespace yonder::cli
