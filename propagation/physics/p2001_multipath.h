#pragma once

#include "propagation/physics/p2001_path.h"

/// Fading and enhancement in clear air, ITU-R P.2001-4 Attachment B.
namespace yonder::propagation::p2001 {

/// Notional percentage of a year with zero fade, Q_0ca (sections B.2, B.3).
double zero_fade_percent(const Path& path, double dndz_65m_1, double frequency_ghz);

/// Percentage of the dry time for which a fade (negative: enhancement) is exceeded on a surface
/// path (section B.4).
class ClearAirFading {
 public:
  explicit ClearAirFading(double zero_fade_percent);
  double percent_exceeding(double fade_db) const;

 private:
  double fade_shape_;         ///< q_t, eq. (B.4.1b)
  double enhancement_shape_;  ///< q_s, eq. (B.4.2b)
};

/// The same on a troposcatter path, where clear air does not fade (section B.5).
inline double troposcatter_clear_air_percent(double fade_db) { return fade_db < 0.0 ? 100.0 : 0.0; }

}  // namespace yonder::propagation::p2001
