#include "core/antenna.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "core/contracts.h"
#include "core/units.h"

namespace yonder {
namespace {

/// The same angle within [-pi, pi].
double wrapped(double angle_rad) {
  return std::abs(angle_rad) <= kPi ? angle_rad : std::remainder(angle_rad, 2.0 * kPi);
}

/// 12 (angle / beamwidth)^2: 3 dB at half the beamwidth; a beamwidth of 0 stands for no
/// discrimination.
class Parabola {
 public:
  Parabola(double beamwidth_rad, double floor_db)
      : per_rad2_db_(beamwidth_rad > 0.0 ? 12.0 / (beamwidth_rad * beamwidth_rad) : 0.0),
        floor_db_(floor_db) {
    YONDER_EXPECTS(beamwidth_rad >= 0.0 && floor_db >= 0.0);
  }
  double loss_db(double angle_rad) const {
    return std::min(per_rad2_db_ * angle_rad * angle_rad, floor_db_);
  }

 private:
  double per_rad2_db_;
  double floor_db_;
};

class Omni final : public AntennaPattern {
 public:
  explicit Omni(const OmniSpec& spec)
      : gain_dbi_(spec.gain_dbi),
        tilt_rad_(spec.electrical_tilt_rad),
        vertical_(spec.vertical_beamwidth_rad, spec.side_lobe_db) {}

  double gain_dbi(Direction d) const override {
    return gain_dbi_ - vertical_.loss_db(d.elevation_rad + tilt_rad_);
  }

 private:
  double gain_dbi_;
  double tilt_rad_;
  Parabola vertical_;
};

class Sector3gpp final : public AntennaPattern {
 public:
  explicit Sector3gpp(const Sector3gppSpec& spec)
      : gain_dbi_(spec.gain_dbi),
        tilt_rad_(spec.electrical_tilt_rad),
        front_to_back_db_(spec.front_to_back_db),
        horizontal_(spec.horizontal_beamwidth_rad, spec.front_to_back_db),
        vertical_(spec.vertical_beamwidth_rad, spec.side_lobe_db) {}

  double gain_dbi(Direction d) const override {
    // The beam of a vertical array is a cone around its axis: tilting it electrically lowers it by
    // the same angle in front, at the sides and behind.
    const double loss_db = horizontal_.loss_db(wrapped(d.azimuth_rad)) +
                           vertical_.loss_db(d.elevation_rad + tilt_rad_);
    return gain_dbi_ - std::min(loss_db, front_to_back_db_);
  }

 private:
  double gain_dbi_;
  double tilt_rad_;
  double front_to_back_db_;
  Parabola horizontal_;
  Parabola vertical_;
};

class Tabulated final : public AntennaPattern {
 public:
  explicit Tabulated(const TabulatedSpec& spec)
      : gain_dbi_(spec.gain_dbi),
        horizontal_(closed(spec.horizontal_loss_db)),
        vertical_(closed(spec.vertical_loss_db)) {}

  double gain_dbi(Direction d) const override {
    const double azimuth_rad = wrapped(d.azimuth_rad);
    const double azimuth_deg = rad_to_deg(azimuth_rad);
    const double below_deg = -rad_to_deg(d.elevation_rad);  // downwards, as the vertical cut counts
    const double behind = std::abs(azimuth_rad) / kPi;      // 0 in front, 1 behind
    // Horizontal projection interpolation (Gil et al., IEEE Trans. Antennas Propag. 47(10), 1999):
    // the horizontal cut, corrected by what the vertical cut differs from it in front and behind,
    // in proportion to the azimuth.
    const double loss_db = at(horizontal_, azimuth_deg) +
                           (1.0 - behind) * (at(vertical_, below_deg) - horizontal_[0]) +
                           behind * (at(vertical_, 180.0 - below_deg) - horizontal_[180]);
    // A deep null in one cut may push the sum above the peak that the antenna is stated to have.
    return gain_dbi_ - std::max(loss_db, 0.0);
  }

 private:
  using Cut = std::array<double, 361>;

  static Cut closed(const std::array<double, 360>& cut) {
    Cut result;
    std::copy(cut.begin(), cut.end(), result.begin());
    result[360] = cut[0];
    return result;
  }

  /// Linear in dB between whole degrees; `angle_deg` in [-360, 360].
  static double at(const Cut& cut, double angle_deg) {
    const double angle = angle_deg < 0.0 ? angle_deg + 360.0 : angle_deg;
    const std::size_t i = std::min<std::size_t>(static_cast<std::size_t>(angle), 359);
    const double part = angle - static_cast<double>(i);
    return cut[i] + part * (cut[i + 1] - cut[i]);
  }

  double gain_dbi_;
  Cut horizontal_;
  Cut vertical_;
};

}  // namespace

std::unique_ptr<AntennaPattern> make_omni(const OmniSpec& spec) {
  return std::make_unique<Omni>(spec);
}

std::unique_ptr<AntennaPattern> make_sector_3gpp(const Sector3gppSpec& spec) {
  return std::make_unique<Sector3gpp>(spec);
}

std::unique_ptr<AntennaPattern> make_tabulated(const TabulatedSpec& spec) {
  return std::make_unique<Tabulated>(spec);
}

MountedAntenna::MountedAntenna(std::shared_ptr<const AntennaPattern> pattern, double azimuth_rad,
                               double mechanical_tilt_rad)
    : pattern_(std::move(pattern)),
      azimuth_rad_(azimuth_rad),
      sin_tilt_(std::sin(mechanical_tilt_rad)),
      cos_tilt_(std::cos(mechanical_tilt_rad)) {
  YONDER_EXPECTS(pattern_ != nullptr);
}

double MountedAntenna::gain_dbi(Direction toward) const {
  return pattern_->gain_dbi(in_antenna_frame(toward));
}

Direction MountedAntenna::in_antenna_frame(Direction toward) const {
  const double azimuth_rad = wrapped(toward.azimuth_rad - azimuth_rad_);
  if (sin_tilt_ == 0.0 && cos_tilt_ == 1.0) return {azimuth_rad, toward.elevation_rad};
  // Unit vector with x along the boresight's azimuth, y to its right, z up; then turned about y.
  const double level = std::cos(toward.elevation_rad);
  const double x = level * std::cos(azimuth_rad);
  const double y = level * std::sin(azimuth_rad);
  const double z = std::sin(toward.elevation_rad);
  const double x_tilted = x * cos_tilt_ - z * sin_tilt_;
  const double z_tilted = x * sin_tilt_ + z * cos_tilt_;
  return {std::atan2(y, x_tilted), std::atan2(z_tilted, std::sqrt(x_tilted * x_tilted + y * y))};
}

}  // namespace yonder
