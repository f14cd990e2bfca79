#include "scenarios/report/layer_pack.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "core/contracts.h"

namespace yonder::scenarios {
namespace {

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Codes for a value are within +-kLargestCode, kNoValue apart.
constexpr double kLargestCode = 32767.0;

/// What the neighbours before pixel `i` let expect: at an edge the one across it, else their plane.
int expected(std::span<const std::int16_t> codes, std::size_t i, std::size_t columns) {
  const bool has_west = i % columns != 0;
  const bool has_north = i >= columns;
  const int west = has_west ? codes[i - 1] : 0;
  const int north = has_north ? codes[i - columns] : 0;
  const int corner = has_west && has_north ? codes[i - columns - 1] : 0;
  if (corner >= std::max(west, north)) return std::min(west, north);
  if (corner <= std::min(west, north)) return std::max(west, north);
  return west + north - corner;
}

/// 0, -1, 1, -2, ... as 0, 1, 2, 3, ...: small differences of either sign have a high byte of 0.
std::uint16_t folded(std::int16_t step) {
  return static_cast<std::uint16_t>((static_cast<std::uint16_t>(step) << 1) ^ (step < 0 ? -1 : 0));
}
std::int16_t unfolded(std::uint16_t bits) {
  return static_cast<std::int16_t>((bits >> 1) ^ (bits & 1U ? 0xffffU : 0U));
}

std::string deflated(const std::string& bytes) {
  uLongf size = compressBound(bytes.size());
  std::string packed(size, '\0');
  // 6 is zlib's own middle way; 9 takes three times as long here and gains 1 %.
  const int failed = compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                               reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 6);
  if (failed != Z_OK) throw std::runtime_error("zlib cannot pack a layer of the report");
  packed.resize(size);
  return packed;
}

std::string from_base64(std::string_view text) {
  std::array<int, 256> digit{};
  digit.fill(-1);
  for (std::size_t i = 0; i < kDigits.size(); ++i) {
    digit[static_cast<unsigned char>(kDigits[i])] = static_cast<int>(i);
  }
  std::string bytes;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text.substr(0, text.find('='))) {
    const int value = digit[static_cast<unsigned char>(c)];
    if (value < 0) throw std::invalid_argument("not base64");
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes += static_cast<char>(bits >> held & 255U);
    }
  }
  return bytes;
}

}  // namespace

NumberScale number_scale(double low, double high, double step) {
  YONDER_EXPECTS(step > 0.0 && low <= high);
  double scale = step;
  double offset = 0.0;
  const auto fits = [&] {
    // An offset that is a multiple of the scale keeps round values round.
    offset = 0.0;
    if (std::max(std::abs(low), std::abs(high)) / scale < kLargestCode) return true;
    offset = std::round(0.5 * (low + high) / scale) * scale;
    return 0.5 * (high - low) / scale < kLargestCode - 1.0;
  };
  while (!fits()) scale *= 10.0;
  return {scale, offset};
}

std::vector<std::int16_t> encode_numbers(std::span<const float> values, NumberScale scale) {
  std::vector<std::int16_t> codes(values.size(), kNoValue);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) continue;
    const double code = std::round((static_cast<double>(values[i]) - scale.offset) / scale.scale);
    YONDER_ENSURES(std::abs(code) <= kLargestCode);
    codes[i] = static_cast<std::int16_t>(code);
  }
  return codes;
}

int thinned_side(int pixels, int each) { return (pixels - each / 2 + each - 1) / each; }

std::vector<float> thinned(std::span<const float> values, int columns, int rows, int each) {
  YONDER_EXPECTS(each >= 1 && values.size() == static_cast<std::size_t>(columns) *
                                                   static_cast<std::size_t>(rows));
  std::vector<float> fewer;
  fewer.reserve(static_cast<std::size_t>(thinned_side(columns, each)) *
                static_cast<std::size_t>(thinned_side(rows, each)));
  for (int row = each / 2; row < rows; row += each) {
    const auto start = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns);
    for (int column = each / 2; column < columns; column += each) {
      fewer.push_back(values[start + static_cast<std::size_t>(column)]);
    }
  }
  return fewer;
}

std::string pack_codes(std::span<const std::int16_t> codes, int columns) {
  YONDER_EXPECTS(columns > 0 && codes.size() % static_cast<std::size_t>(columns) == 0);
  const std::size_t size = codes.size();
  std::string bytes(2 * size, '\0');
  for (std::size_t i = 0; i < size; ++i) {
    const int step = codes[i] - expected(codes, i, static_cast<std::size_t>(columns));
    const std::uint16_t bits = folded(static_cast<std::int16_t>(step));  // modulo 2^16
    bytes[i] = static_cast<char>(bits & 255U);
    bytes[size + i] = static_cast<char>(bits >> 8);
  }
  return base64(deflated(bytes));
}

std::vector<std::int16_t> unpack_codes(std::string_view text, std::size_t size, int columns) {
  const std::string packed = from_base64(text);
  std::string bytes(2 * size, '\0');
  uLongf got = bytes.size();
  if (uncompress(reinterpret_cast<Bytef*>(bytes.data()), &got,
                 reinterpret_cast<const Bytef*>(packed.data()), packed.size()) != Z_OK ||
      got != bytes.size()) {
    throw std::invalid_argument("not a packed layer of this size");
  }
  std::vector<std::int16_t> codes(size);
  for (std::size_t i = 0; i < size; ++i) {
    const auto low = static_cast<unsigned char>(bytes[i]);
    const auto high = static_cast<unsigned char>(bytes[size + i]);
    const auto bits = static_cast<std::uint16_t>(high << 8 | low);
    codes[i] = static_cast<std::int16_t>(expected(codes, i, static_cast<std::size_t>(columns)) +
                                         unfolded(bits));
  }
  return codes;
}

std::string base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t bits = 0;
    const std::size_t held = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 3; ++k) {
      bits = bits << 8 | (k < held ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      text += k <= held ? kDigits[bits >> (18 - 6 * k) & 63U] : '=';
    }
  }
  return text;
}

}  // namespace yonder::scenarios
