#include "scenarios/sweep_axis.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/text.h"
#include "scenarios/plain_number.h"
#include "scenarios/scenario_error.h"

namespace yonder::scenarios {
namespace {

constexpr const char* kExample = "--sweep distance_m=1000:100000:log50";

[[noreturn]] void refuse(std::string_view text, const std::string& problem) {
  throw ScenarioErrors({{{}, "--sweep " + std::string(text), problem, kExample}});
}

}  // namespace

SweepAxis parse_sweep(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    refuse(text, "is not NAME=FROM:TO:linN or NAME=FROM:TO:logN");
  }
  SweepAxis axis;
  axis.name = text.substr(0, equals);
  const std::string_view range = text.substr(equals + 1);
  const std::size_t first = range.find(':');
  const std::size_t second =
      first == std::string_view::npos ? std::string_view::npos : range.find(':', first + 1);
  if (second == std::string_view::npos) {
    refuse(text, "lacks a part: after '" + axis.name + "=' come FROM, TO and linN or logN");
  }
  const std::string_view from_text = range.substr(0, first);
  const std::string_view to_text = range.substr(first + 1, second - first - 1);
  const std::string_view spacing = range.substr(second + 1);
  const std::optional<double> from = plain_number(from_text);
  const std::optional<double> to = plain_number(to_text);
  if (!from) refuse(text, "'" + std::string(from_text) + "' is not a number");
  if (!to) refuse(text, "'" + std::string(to_text) + "' is not a number");
  const bool is_log = spacing.starts_with("log");
  const std::string_view count_text = spacing.substr(std::min<std::size_t>(3, spacing.size()));
  int count = 0;
  const auto [end, error] =
      std::from_chars(count_text.data(), count_text.data() + count_text.size(), count);
  if ((!is_log && !spacing.starts_with("lin")) || error != std::errc() ||
      end != count_text.data() + count_text.size()) {
    refuse(text, "'" + std::string(spacing) + "' is not linN or logN with N a number of points");
  }
  if (count < 2 || count > kMostSweepPoints) {
    refuse(text, "has " + std::string(count_text) + " points; 2 to " +
                     std::to_string(kMostSweepPoints) + " are possible");
  }
  if (!(*from < *to)) {
    refuse(text, "goes from " + number_text(*from) + " to " + number_text(*to) +
                     ", which is not more; FROM comes first and is less than TO");
  }
  if (is_log && *from <= 0.0) {
    refuse(text, "cannot go in equal ratios from " + number_text(*from) +
                     "; start above 0, or use lin" + std::string(count_text));
  }
  axis.logarithmic = is_log;
  for (int i = 0; i < count; ++i) {
    const double t = static_cast<double>(i) / (count - 1);
    const double exact = is_log ? *from * std::pow(*to / *from, t) : std::lerp(*from, *to, t);
    // As tables write it: halfway from 0.1 to 99.9 is 50, not a last digit above it.
    axis.values.push_back(plain_number(number_text(exact)).value_or(exact));
  }
  axis.values.front() = *from;
  axis.values.back() = *to;
  for (std::size_t i = 1; i < axis.values.size(); ++i) {
    if (!(axis.values[i] > axis.values[i - 1])) {
      refuse(text, "has more points than numbers between its ends");
    }
  }
  return axis;
}

}  // namespace yonder::scenarios
