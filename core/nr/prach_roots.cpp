#include "core/nr/prach_roots.h"

#include <algorithm>
#include <array>

#include "core/path_loss_model.h"

namespace yonder::nr {
namespace {

constexpr int kLong = 839;
constexpr int kShort = 139;

/// Table 6.3.3.1-3 at even logical indices; the odd index after u has 839 - u.
constexpr auto kLongSequences = std::to_array<short>(
    {129, 140, 120, 210, 168, 84,  105, 93,  70,  60,  2,   1,   56,  112, 148, 80,  42,  40,  35,
     73,  146, 31,  28,  30,  27,  29,  24,  48,  68,  74,  178, 136, 86,  78,  43,  39,  20,  21,
     95,  202, 190, 181, 137, 125, 151, 217, 128, 142, 122, 203, 118, 110, 89,  103, 61,  55,  15,
     14,  12,  23,  34,  37,  46,  207, 179, 145, 130, 223, 228, 227, 132, 133, 143, 135, 161, 201,
     173, 106, 83,  91,  66,  53,  10,  9,   7,   8,   16,  47,  64,  57,  104, 101, 108, 208, 184,
     197, 191, 121, 141, 149, 216, 218, 152, 144, 134, 138, 199, 162, 176, 119, 158, 164, 174, 171,
     170, 87,  169, 88,  107, 81,  82,  100, 98,  71,  59,  65,  50,  49,  26,  17,  13,  6,   5,
     33,  51,  75,  99,  96,  97,  166, 172, 175, 187, 163, 185, 200, 114, 189, 115, 194, 195, 192,
     182, 157, 156, 211, 154, 123, 139, 212, 153, 213, 215, 150, 225, 224, 221, 220, 127, 147, 124,
     193, 205, 206, 116, 160, 186, 167, 79,  85,  77,  92,  58,  62,  69,  54,  36,  32,  25,  18,
     11,  4,   3,   19,  22,  41,  38,  44,  52,  45,  63,  67,  72,  76,  94,  102, 90,  109, 165,
     111, 209, 204, 117, 188, 159, 198, 113, 183, 180, 177, 196, 155, 214, 126, 131, 219, 222, 226,
     230, 232, 262, 252, 418, 416, 413, 411, 376, 395, 283, 285, 379, 390, 363, 384, 388, 386, 361,
     387, 360, 310, 354, 328, 315, 337, 349, 335, 324, 323, 320, 334, 359, 295, 385, 292, 291, 381,
     399, 380, 397, 369, 377, 410, 407, 281, 414, 247, 277, 271, 272, 264, 259, 237, 239, 244, 243,
     275, 278, 250, 246, 417, 248, 394, 393, 370, 365, 300, 299, 364, 362, 298, 312, 313, 314, 353,
     352, 343, 327, 350, 326, 319, 332, 333, 348, 347, 322, 330, 338, 341, 340, 342, 301, 366, 401,
     371, 408, 375, 249, 269, 238, 234, 257, 273, 255, 254, 245, 251, 412, 372, 282, 403, 396, 392,
     391, 382, 389, 294, 297, 311, 344, 345, 318, 331, 325, 321, 346, 339, 351, 306, 289, 400, 378,
     374, 415, 270, 241, 231, 260, 268, 276, 409, 398, 290, 304, 308, 358, 316, 293, 288, 284, 368,
     253, 256, 263, 242, 274, 402, 383, 357, 329, 317, 307, 286, 287, 266, 261, 236, 303, 356, 355,
     405, 404, 406, 235, 267, 302, 309, 265, 233, 367, 296, 336, 305, 373, 280, 279, 419, 240, 258,
     229});
static_assert(kLongSequences.size() == (kLong - 1) / 2);

/// d_u: the shift that one subcarrier of Doppler shift looks like [TS 38.211 section 6.3.3.1].
int doppler_shift(int u) {
  // q = u^-1 mod 839 by Fermat: 839 is prime.
  long q = 1;
  long power = u;
  for (int exponent = kLong - 2; exponent > 0; exponent /= 2) {
    if (exponent % 2 == 1) q = q * power % kLong;
    power = power * power % kLong;
  }
  return static_cast<int>(std::min(q, kLong - q));
}

/// Parameters of a restricted set, by the standard's names; zero: no shifts.
struct Restricted {
  int n_shift = 0;
  int d_start = 0;
  int n_group = 0;
  int n_bar = 0;  ///< shifts of the last, incomplete group
  int d_bar2 = 0;
  int n_bar2 = 0;
  int d_bar3 = 0;
  int n_bar3 = 0;
};

Restricted type_a(int d, int n_cs) {
  constexpr int kL = kLong;
  Restricted r;
  if (n_cs <= d && 3 * d < kL) {
    r.n_shift = d / n_cs;
    r.d_start = 2 * d + r.n_shift * n_cs;
    r.n_group = kL / r.d_start;
    r.n_bar = std::max((kL - 2 * d - r.n_group * r.d_start) / n_cs, 0);
  } else if (3 * d >= kL && 2 * d <= kL - n_cs) {
    r.n_shift = (kL - 2 * d) / n_cs;
    r.d_start = kL - 2 * d + r.n_shift * n_cs;
    r.n_group = d / r.d_start;
    r.n_bar = std::min(std::max((d - r.n_group * r.d_start) / n_cs, 0), r.n_shift);
  }
  return r;
}

Restricted type_b(int d, int n_cs) {
  constexpr int kL = kLong;
  Restricted r;
  if (n_cs <= d && 5 * d < kL) {
    r.n_shift = d / n_cs;
    r.d_start = 4 * d + r.n_shift * n_cs;
    r.n_group = kL / r.d_start;
    r.n_bar = std::max((kL - 4 * d - r.n_group * r.d_start) / n_cs, 0);
  } else if (5 * d >= kL && 4 * d <= kL - n_cs) {
    r.n_shift = (kL - 4 * d) / n_cs;
    r.d_start = kL - 4 * d + r.n_shift * n_cs;
    r.n_group = d / r.d_start;
    r.n_bar = std::min(std::max((d - r.n_group * r.d_start) / n_cs, 0), r.n_shift);
  } else if (4 * d >= kL + n_cs && 7 * d < 2 * kL) {
    r.n_shift = (4 * d - kL) / n_cs;
    r.d_start = 4 * d - kL + r.n_shift * n_cs;
    r.n_group = d / r.d_start;
    const int rest = d - r.n_group * r.d_start;
    r.n_bar = std::max((kL - 3 * d - r.n_group * r.d_start) / n_cs, 0);
    const int beside = 4 * d - kL - r.n_bar * n_cs;
    r.d_bar2 = kL - 3 * d + r.n_group * r.d_start + r.n_bar * n_cs;
    r.n_bar2 = std::min(rest, beside) / n_cs;
    r.d_bar3 = kL - 2 * d + r.n_group * r.d_start + r.n_bar2 * n_cs;
    r.n_bar3 = (r.n_bar == 0 ? rest : beside) / n_cs - r.n_bar2;
  } else if (7 * d >= 2 * kL && 3 * d <= kL - n_cs) {
    r.n_shift = (kL - 3 * d) / n_cs;
    r.d_start = kL - 3 * d + r.n_shift * n_cs;
    r.n_group = d / r.d_start;
    const int rest = d - r.n_group * r.d_start;
    r.n_bar = std::max((4 * d - kL - r.n_group * r.d_start) / n_cs, 0);
    r.d_bar2 = d + r.n_group * r.d_start + r.n_bar * n_cs;
    r.n_bar2 = std::min(rest, kL - 3 * d - r.n_bar * n_cs) / n_cs;
  } else if (3 * d >= kL + n_cs && 5 * d < 2 * kL) {
    r.n_shift = (3 * d - kL) / n_cs;
    r.d_start = 3 * d - kL + r.n_shift * n_cs;
    r.n_group = d / r.d_start;
    r.n_bar = std::max((kL - 2 * d - r.n_group * r.d_start) / n_cs, 0);
  } else if (5 * d >= 2 * kL && 2 * d <= kL - n_cs) {
    r.n_shift = (kL - 2 * d) / n_cs;
    r.d_start = 2 * (kL - 2 * d) + r.n_shift * n_cs;
    r.n_group = (kL - d) / r.d_start;
    r.n_bar = std::max((3 * d - kL - r.n_group * r.d_start) / n_cs, 0);
  }
  return r;
}

std::vector<int> restricted_shifts(const Restricted& r, int n_cs) {
  std::vector<int> shifts;
  for (int v = 0; v < r.n_shift * r.n_group + r.n_bar; ++v) {
    shifts.push_back(r.d_start * (v / r.n_shift) + (v % r.n_shift) * n_cs);
  }
  for (int v = 0; v < r.n_bar2; ++v) shifts.push_back(r.d_bar2 + v * n_cs);
  for (int v = 0; v < r.n_bar3; ++v) shifts.push_back(r.d_bar3 + v * n_cs);
  return shifts;
}

int n_cs_of(const PrachConfig& config) {
  check_prach(config);
  return n_cs_table(
      config.format,
      config.restricted_set)[static_cast<std::size_t>(config.zero_correlation_zone_config)];
}

}  // namespace

int root_count(PrachFormat format) { return (is_short_format(format) ? kShort : kLong) - 1; }

int sequence_number(PrachFormat format, int logical_index) {
  const int count = root_count(format);
  if (logical_index < 0 || logical_index >= count) {
    throw ParameterError("root_sequence_index", "root sequence index " +
                                                    std::to_string(logical_index) +
                                                    " does not exist for PRACH format " +
                                                    std::string(prach_format_name(format)) +
                                                    "; valid: 0 to " + std::to_string(count - 1));
  }
  const int even = is_short_format(format)
                       ? logical_index / 2 + 1  // table 6.3.3.1-4: 1, 138, 2, 137, ...
                       : kLongSequences[static_cast<std::size_t>(logical_index / 2)];
  return logical_index % 2 == 0 ? even : count + 1 - even;
}

std::vector<int> cyclic_shifts(const PrachConfig& config, int logical_index) {
  const int n_cs = n_cs_of(config);
  const int u = sequence_number(config.format, logical_index);
  if (config.restricted_set == RestrictedSet::type_a) {
    return restricted_shifts(type_a(doppler_shift(u), n_cs), n_cs);
  }
  if (config.restricted_set == RestrictedSet::type_b) {
    return restricted_shifts(type_b(doppler_shift(u), n_cs), n_cs);
  }
  if (n_cs == 0) return {0};
  std::vector<int> shifts(static_cast<std::size_t>((root_count(config.format) + 1) / n_cs));
  for (std::size_t v = 0; v < shifts.size(); ++v) shifts[v] = static_cast<int>(v) * n_cs;
  return shifts;
}

std::optional<int> preambles_per_root(const PrachConfig& config) {
  const int n_cs = n_cs_of(config);
  if (config.restricted_set != RestrictedSet::unrestricted) return std::nullopt;
  if (n_cs == 0) return 1;
  // A cell has no use for more than 64.
  return std::min((root_count(config.format) + 1) / n_cs, kPreamblesPerCell);
}

std::optional<int> roots_for_64_preambles(const PrachConfig& config, int first_index) {
  sequence_number(config.format, first_index);  // refuses an index outside the table
  if (const std::optional<int> each = preambles_per_root(config)) {
    return (kPreamblesPerCell + *each - 1) / *each;
  }
  int preambles = 0;
  const int count = root_count(config.format);
  for (int roots = 1; roots <= count; ++roots) {
    preambles += static_cast<int>(cyclic_shifts(config, (first_index + roots - 1) % count).size());
    if (preambles >= kPreamblesPerCell) return roots;
  }
  return std::nullopt;
}

}  // namespace yonder::nr
