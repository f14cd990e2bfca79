#pragma once

#include <optional>

/// Time and frequency grid of NR with normal cyclic prefix (TS 38.211 sections 4.2 and 5.3.1). LTE
/// is the grid of 15 kHz.
namespace yonder::nr {

inline constexpr int kSubcarriersPerBlock = 12;  ///< TS 38.211 section 4.4.4.1
inline constexpr int kSymbolsPerSlot = 14;       ///< TS 38.211 table 4.3.2-1

/// mu of a subcarrier spacing of 15 kHz * 2^mu, mu = 0..3; nothing for any other.
inline std::optional<int> numerology(double subcarrier_spacing_hz) {
  for (int mu = 0; mu <= 3; ++mu) {
    if (subcarrier_spacing_hz == 15e3 * (1 << mu)) return mu;
  }
  return std::nullopt;
}

/// A slot lasts 1 ms / 2^mu.
inline double slot_duration_s(double subcarrier_spacing_hz) { return 15.0 / subcarrier_spacing_hz; }

/// A symbol with its cyclic prefix, (2048 + 144) samples of 2048 per 1 / spacing; the first of each
/// half millisecond is 16 kappa longer and never part of a guard period (TS 38.211 section 5.3.1).
inline double symbol_duration_s(double subcarrier_spacing_hz) {
  return 2192.0 / 2048.0 / subcarrier_spacing_hz;
}

/// Whether transform precoding takes an allocation: 2^a 3^b 5^c blocks (TS 38.211 section 6.3.1.4).
inline bool is_transform_size(int blocks) {
  for (const int prime : {2, 3, 5}) {
    while (blocks % prime == 0) blocks /= prime;
  }
  return blocks == 1;
}

inline constexpr double kThermalNoiseDbmPerHz = -174.0;  ///< k T at 290 K

}  // namespace yonder::nr
