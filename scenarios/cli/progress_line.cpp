#include "scenarios/cli/progress_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace yonder::cli {
namespace {

using Clock = std::chrono::steady_clock;

double seconds(Clock::duration d) { return std::chrono::duration<double>(d).count(); }

std::string duration_text(double s) {
  if (s < 60.0) return fmt::format("{:.0f} s", s);
  if (s < 3600.0) return fmt::format("{:.0f} min {:02.0f} s", std::floor(s / 60), std::fmod(s, 60));
  return fmt::format("{:.0f} h {:02.0f} min", std::floor(s / 3600), std::fmod(s / 60, 60));
}

}  // namespace

ProgressLine::ProgressLine(bool enabled) : enabled_(enabled), terminal_(isatty(2) == 1) {}
ProgressLine::~ProgressLine() { end(); }

void ProgressLine::begin(std::string what) {
  end();
  what_ = std::move(what);
  start_ = shown_ = Clock::now();
  last_tenth_ = 0;
  if (enabled_ && terminal_) {
    fmt::print(stderr, "\r\033[K{} ...", what_);
    line_open_ = true;
  }
}

void ProgressLine::update(std::size_t done, std::size_t total) {
  if (!enabled_ || total == 0) return;
  const Clock::time_point now = Clock::now();
  const double share = static_cast<double>(done) / static_cast<double>(total);
  const int tenth = static_cast<int>(share * 10.0);
  const bool due =
      terminal_ ? seconds(now - shown_) > 0.2 : tenth > last_tenth_ && seconds(now - start_) > 5.0;
  if (!due) return;
  shown_ = now;
  last_tenth_ = tenth;
  const double left_s = seconds(now - start_) * (1.0 - share) / share;
  fmt::print(stderr, "{}{}: {:.0f} %, about {} left{}", terminal_ ? "\r\033[K" : "", what_,
             100.0 * share, duration_text(left_s), terminal_ ? "" : "\n");
  line_open_ = terminal_;
}

void ProgressLine::end() {
  if (line_open_) fmt::print(stderr, "\r\033[K");
  line_open_ = false;
}

}  // namespace yonder::cli
