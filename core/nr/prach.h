#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// The random-access preamble (PRACH): formats, cyclic shifts, and how far from the antenna a
/// terminal may be for its preamble to be found. Figures of TS 38.211 V19.0 section 6.3.3.1, held
/// against two open base stations' tables.
namespace yonder::nr {

/// Preamble formats of tables 6.3.3.1-1 (839 samples) and 6.3.3.1-2 (139 samples). B2 and B3 occur
/// only as the last occasion of a slot whose others are A2 and A3 (configurations "A2/B2",
/// "A3/B3"); a cell with such a configuration reaches as far as the shorter of the two.
/// LTE's formats 1 to 3 (TS 36.211 table 5.7.1-1) have the names of NR's, but not their times;
/// format 0 is the same.
enum class PrachFormat { f0, f1, f2, f3, a1, a2, a3, b1, b2, b3, b4, c0, c2, lte1, lte2, lte3 };

inline constexpr int kPrachFormats = 16;
/// Names by PrachFormat: "0" ... "3", "A1" ... "C2" as planners write them, "LTE 1" ... "LTE 3".
inline constexpr std::array<std::string_view, kPrachFormats> kPrachFormatNames{
    "0",  "1",  "2",  "3",  "A1", "A2",    "A3",    "B1",
    "B2", "B3", "B4", "C0", "C2", "LTE 1", "LTE 2", "LTE 3"};

std::string_view prach_format_name(PrachFormat format);
/// The format of a name (letters in either case), or nothing.
std::optional<PrachFormat> prach_format_of(std::string_view name);
/// Whether a cell of LTE, or of NR, may have the format.
bool is_format_of(PrachFormat format, bool lte);
/// 139-sample formats A1 to C2.
bool is_short_format(PrachFormat format);

/// Sets of cyclic shifts: restricted ones for high speed trains, type A for up to one subcarrier of
/// Doppler shift, type B for up to two.
enum class RestrictedSet { unrestricted, type_a, type_b };

inline constexpr int kRestrictedSets = 3;
inline constexpr std::array<std::string_view, kRestrictedSets> kRestrictedSetNames{
    "unrestricted", "type_a", "type_b"};

/// What a cell broadcasts about its PRACH.
struct PrachConfig {
  PrachFormat format = PrachFormat::f0;
  /// 1250 Hz for formats 0 to 2, 5000 Hz for format 3, 15, 30, 60 or 120 kHz for the short ones.
  double subcarrier_spacing_hz = 1250.0;
  RestrictedSet restricted_set = RestrictedSet::unrestricted;
  int zero_correlation_zone_config = 0;  ///< 0 to 15: the row of the N_CS table
};

/// The subcarrier spacing that a format has of itself, Hz; nothing for the short formats, which
/// take any of 15, 30, 60 and 120 kHz.
std::optional<double> own_subcarrier_spacing_hz(PrachFormat format);

/// The N_CS table for a spacing and set (tables 6.3.3.1-5 to -7), indexed by
/// zeroCorrelationZoneConfig; reserved rows at its end are left out. Empty for the restricted sets
/// of the short formats, which do not exist. N_CS = 0 means one preamble a root.
std::span<const int> n_cs_table(PrachFormat format, RestrictedSet set);

/// zeroCorrelationZoneConfig of a given N_CS. Throws ParameterError("n_cs") that lists the table
/// when it is not in it.
int zero_correlation_zone_config_of(PrachFormat format, RestrictedSet set, int n_cs);

/// Refuses what the standard does not have: a format with a foreign subcarrier spacing, a
/// restricted set of a short format, a reserved row. Throws ParameterError naming
/// subcarrier_spacing_hz, restricted_set or zero_correlation_zone_config.
void check_prach(const PrachConfig& config);

/// Times of one preamble, s.
struct PrachTiming {
  int sequence_length = 0;       ///< L_RA: 839 or 139
  double sequence_s = 0.0;       ///< one repetition: 1 / subcarrier spacing
  int repetitions = 0;           ///< of the sequence
  double cyclic_prefix_s = 0.0;  ///< T_CP
  /// T_GT: what the occasion leaves after the preamble. Zero for A1 to A3, whose delayed end falls
  /// into the cyclic prefix of what follows.
  double guard_time_s = 0.0;
  /// Whole occasion: prefix, sequences, guard. 1, 3, 3.5, 1 ms for formats 0 to 3; whole symbols
  /// for the short formats (table 6.3.3.2-2's N_dur), without the 16 kappa that the first symbol of
  /// each half millisecond has more.
  double occasion_s = 0.0;
};

/// Throws as check_prach.
PrachTiming prach_timing(const PrachConfig& config);

/// What ends a cell's PRACH range.
enum class PrachLimit { cyclic_prefix, guard_time, n_cs };

/// "cyclic_prefix", "guard_time", "n_cs".
std::string_view prach_limit_id(PrachLimit limit);

/// How far the terminal may be from the antenna, m of path, for a preamble to be told from its
/// neighbours.
struct PrachRange {
  int n_cs = 0;
  PrachTiming timing;
  double cyclic_prefix_limit_m = 0.0;        ///< c/2 (T_CP - delay spread), not below 0
  std::optional<double> guard_time_limit_m;  ///< c/2 T_GT; nothing for A1 to A3
  /// c/2 [(N_CS - 1) T_seq / L_RA - delay spread], not below 0; nothing at N_CS = 0, where the
  /// ambiguity of the whole sequence always lies beyond the prefix.
  std::optional<double> n_cs_limit_m;
  double max_radius_m = 0.0;  ///< the least of these
  PrachLimit binding = PrachLimit::cyclic_prefix;
};

/// Delay spread that planners reckon with when nothing better is known, s.
inline constexpr double kUsualDelaySpreadS = 5e-6;

/// PRACH range. `round_trip_s` is delay that the terminal's distance has no part in and that comes
/// off every limit: uncompensated fibre to the radio, both ways. Throws as check_prach, and
/// ParameterError for a negative delay spread or round trip.
PrachRange prach_range(const PrachConfig& config, double delay_spread_s = kUsualDelaySpreadS,
                       double round_trip_s = 0.0);

/// The smallest zeroCorrelationZoneConfig by N_CS with which format and set reach `radius_m`, by
/// all three limits; N_CS = 0 counts as the largest. Nothing when none does.
std::optional<PrachConfig> smallest_n_cs_reaching(const PrachConfig& like, double radius_m,
                                                  double delay_spread_s = kUsualDelaySpreadS,
                                                  double round_trip_s = 0.0);

/// Whether the occasion fits into an unbroken uplink of `longest_uplink_s` (TDD): nothing if it
/// does, else a sentence that says what is too long and by how much. FDD need not ask.
std::optional<std::string> prach_does_not_fit(const PrachConfig& config, double longest_uplink_s);

}  // namespace yonder::nr
