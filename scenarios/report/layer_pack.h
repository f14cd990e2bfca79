#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// How a map layer travels inside the report: 16-bit codes, each as its difference from what its
/// neighbours to the west, north and north-west let expect (the median predictor of LOCO-I,
/// Weinberger et al. 2000), its sign moved to the last bit, split into low and high bytes, deflated
/// (RFC 1950) and written in base64. The browser undoes it with what it has built in:
/// web/src/layer_codec.js is the other end.
namespace yonder::scenarios {

/// Code of a pixel without a value.
inline constexpr std::int16_t kNoValue = -32768;

/// value = offset + scale * code.
struct NumberScale {
  double scale = 1.0;
  double offset = 0.0;
};

/// The finest scale of `step` times 1, 10, 100, ... whose codes hold all of [low, high].
NumberScale number_scale(double low, double high, double step);

/// Codes of values, to the nearest; what is not finite has none.
std::vector<std::int16_t> encode_numbers(std::span<const float> values, NumberScale scale);

/// Every `each`-th pixel of every `each`-th row, the first taken at each / 2: values as they are,
/// no means.
std::vector<float> thinned(std::span<const float> values, int columns, int rows, int each);
/// Length of a side of `pixels` after thinned().
int thinned_side(int pixels, int each);

/// As said above; `columns` divides codes.size(). Throws std::runtime_error when zlib fails.
std::string pack_codes(std::span<const std::int16_t> codes, int columns);
/// The other way; for tests and for whoever reads a report by program. Throws
/// std::invalid_argument when `text` is not what pack_codes() wrote for that many codes.
std::vector<std::int16_t> unpack_codes(std::string_view text, std::size_t size, int columns);

/// RFC 4648, with padding.
std::string base64(std::string_view bytes);

}  // namespace yonder::scenarios
