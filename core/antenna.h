#pragma once

#include <array>
#include <memory>

/// Antenna patterns and how an antenna hangs on its mast. Angles in radians. Azimuth is clockwise
/// from the boresight (or from true north for a mounted antenna), elevation is positive above the
/// horizon.
namespace yonder {

struct Direction {
  double azimuth_rad = 0.0;
  double elevation_rad = 0.0;
};

/// Gain in the antenna's own frame; immutable and thread-safe.
class AntennaPattern {
 public:
  virtual ~AntennaPattern() = default;
  virtual double gain_dbi(Direction direction) const = 0;
};

/// Rotationally symmetric pattern. `vertical_beamwidth_rad` is the 3 dB beamwidth of a parabolic
/// elevation pattern (TR 36.814 table A.2.1.1-2 form), down to `side_lobe_db` below the peak; 0
/// means the same gain in all elevations.
struct OmniSpec {
  double gain_dbi = 0.0;
  double vertical_beamwidth_rad = 0.0;
  double side_lobe_db = 20.0;
  double electrical_tilt_rad = 0.0;  ///< positive: down, all around
};
std::unique_ptr<AntennaPattern> make_omni(const OmniSpec& spec);

/// 3GPP parametric sector pattern, TR 38.901 table 7.3-1 (element form with free beamwidths):
/// horizontal and vertical parabolas, combined as -min(-(A_v + A_h), A_max). A beamwidth of 0 means
/// no discrimination in that plane.
struct Sector3gppSpec {
  double gain_dbi = 0.0;
  double horizontal_beamwidth_rad = 0.0;
  double vertical_beamwidth_rad = 0.0;
  double front_to_back_db = 30.0;    ///< A_max
  double side_lobe_db = 30.0;        ///< SLA_v
  double electrical_tilt_rad = 0.0;  ///< positive: down, at all azimuths
};
std::unique_ptr<AntennaPattern> make_sector_3gpp(const Sector3gppSpec& spec);

/// Two measured cuts of one degree steps, attenuation below the peak gain in dB (>= 0), as MSI
/// files hold them: `horizontal[i]` at azimuth i degrees; `vertical[i]` at i degrees below the
/// horizon in front (90 is nadir, 180 behind). Any direction is interpolated from the cuts by the
/// horizontal-projection method: exact on the vertical cut, and on the horizontal one where the two
/// agree in front and behind. Where they do not (an electrically tilted antenna whose horizontal
/// cut was taken through its beam) the vertical cut decides. Never above the peak gain.
struct TabulatedSpec {
  double gain_dbi = 0.0;
  std::array<double, 360> horizontal_loss_db{};
  std::array<double, 360> vertical_loss_db{};
};
std::unique_ptr<AntennaPattern> make_tabulated(const TabulatedSpec& spec);

/// A pattern with its boresight turned to `azimuth_rad` and tilted down mechanically by
/// `mechanical_tilt_rad` about the horizontal axis across the boresight.
class MountedAntenna {
 public:
  MountedAntenna(std::shared_ptr<const AntennaPattern> pattern, double azimuth_rad,
                 double mechanical_tilt_rad);

  /// Gain towards a direction given by true azimuth and elevation.
  double gain_dbi(Direction toward) const;
  /// The same direction in the antenna's own frame.
  Direction in_antenna_frame(Direction toward) const;

 private:
  std::shared_ptr<const AntennaPattern> pattern_;
  double azimuth_rad_;
  double sin_tilt_;
  double cos_tilt_;
};

}  // namespace yonder
