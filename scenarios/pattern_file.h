#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/antenna.h"
#include "scenarios/sha256.h"

namespace yonder::scenarios {

/// A measured antenna pattern as an MSI / Planet file (.msi, .pln) holds it.
struct PatternFile {
  TabulatedSpec spec;
  std::optional<double> electrical_tilt_deg;  ///< downwards; it is part of the cuts already
  std::string name;                           ///< NAME, or the first line when it has no keyword
  std::optional<double> frequency_mhz;        ///< unset when the file states a band or none
  FileDigest digest;                          ///< of the file as it was read
};

/// Reads an MSI / Planet antenna file: header lines of a keyword and a value, then `HORIZONTAL n`
/// and `VERTICAL n` with n lines "angle_deg loss_db", losses >= 0 below the peak. The horizontal
/// cut counts clockwise from the boresight, the vertical one downwards from the horizon in front.
///
/// - GAIN needs its unit: dBi, or dBd (+2.15 dB). The format's convention reads a bare number as
///   dBd, but files with bare dBi are common, so a number without unit is refused.
/// - A cut may hold any angles in [0, 360] in any order whose gaps are at most one degree (360,
/// 361,
///   720 points, ...); values at whole degrees are interpolated linearly. Wider gaps are refused.
/// - Unknown keywords are passed over, as the format lets makers add their own.
///
/// Throws ScenarioErrors with file:line for all that is wrong.
PatternFile read_pattern_file(const std::filesystem::path& file);

}  // namespace yonder::scenarios
