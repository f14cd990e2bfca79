#pragma once

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

namespace yonder::scenarios {

/// A finite number that fills the whole text; nullopt otherwise.
inline std::optional<double> plain_number(std::string_view text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

}  // namespace yonder::scenarios
