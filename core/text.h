#pragma once

#include <span>
#include <string>
#include <string_view>

namespace yonder {

/// The candidate with the smallest edit distance to `word`, or empty when none is near enough to be
/// what was meant.
std::string_view nearest_word(std::string_view word, std::span<const std::string_view> candidates);

/// A number as a person would write it: shortest form that reads back within 1e-9 relative ("250",
/// "0.005").
std::string number_text(double value);

}  // namespace yonder
