#include "core/antenna.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/units.h"

namespace yonder {
namespace {

Direction degrees(double azimuth_deg, double elevation_deg) {
  return {deg_to_rad(azimuth_deg), deg_to_rad(elevation_deg)};
}

double gain(const AntennaPattern& pattern, double azimuth_deg, double elevation_deg) {
  return pattern.gain_dbi(degrees(azimuth_deg, elevation_deg));
}

MountedAntenna tilted(std::shared_ptr<const AntennaPattern> pattern, double azimuth_deg,
                      double tilt_deg) {
  return MountedAntenna(std::move(pattern), deg_to_rad(azimuth_deg), deg_to_rad(tilt_deg));
}

// The element of TR 38.901 table 7.3-1: 8 dBi, 65 degrees both ways, A_max = SLA_v = 30 dB.
Sector3gppSpec element_38901() {
  return {.gain_dbi = 8.0,
          .horizontal_beamwidth_rad = deg_to_rad(65.0),
          .vertical_beamwidth_rad = deg_to_rad(65.0)};
}

TEST(Sector3gpp, HoldsTheNumbersOfTr38901Table731) {
  const auto element = make_sector_3gpp(element_38901());
  EXPECT_NEAR(gain(*element, 0, 0), 8.0, 1e-12);
  EXPECT_NEAR(gain(*element, 32.5, 0), 5.0, 1e-12);  // half the beamwidth: -3 dB
  EXPECT_NEAR(gain(*element, -65, 0), -4.0, 1e-12);  // a whole beamwidth: -12 dB
  EXPECT_NEAR(gain(*element, 0, 32.5), 5.0, 1e-12);
  EXPECT_NEAR(gain(*element, 32.5, -32.5), 2.0, 1e-12);  // cuts add in dB
  EXPECT_NEAR(gain(*element, 120, 0), -22.0, 1e-12);     // 12 (120/65)^2 = 40.9 > A_max
  EXPECT_NEAR(gain(*element, 180, 0), -22.0, 1e-12);
  EXPECT_NEAR(gain(*element, 90, 90), -22.0, 1e-12);  // the sum is cut at A_max, not each cut
}

TEST(Sector3gpp, ElectricalTiltLowersThePatternAtAllAzimuths) {
  Sector3gppSpec spec = element_38901();
  spec.vertical_beamwidth_rad = deg_to_rad(10.0);
  const auto level = make_sector_3gpp(spec);
  spec.electrical_tilt_rad = deg_to_rad(4.0);
  const auto lowered = make_sector_3gpp(spec);
  for (const double azimuth : {0.0, 30.0, -75.0, 100.0, 180.0}) {
    for (const double elevation : {-6.0, -4.0, 0.0, 3.0}) {
      EXPECT_NEAR(gain(*lowered, azimuth, elevation), gain(*level, azimuth, elevation + 4.0), 1e-9);
    }
  }
  EXPECT_NEAR(gain(*lowered, 0, -4), 8.0, 1e-12);
  EXPECT_NEAR(gain(*lowered, 0, 1), 5.0, 1e-9);  // half a beamwidth above the beam
}

TEST(Sector3gpp, TakesAnyTurnOfAzimuth) {
  const auto element = make_sector_3gpp(element_38901());
  EXPECT_NEAR(gain(*element, 370, 0), gain(*element, 10, 0), 1e-9);
  EXPECT_NEAR(gain(*element, -350, 0), gain(*element, 10, 0), 1e-9);
  EXPECT_NEAR(gain(*element, 200, 0), gain(*element, -160, 0), 1e-9);
}

TEST(Omni, IsTheSameAllAround) {
  const auto omni = make_omni({.gain_dbi = 11.0, .vertical_beamwidth_rad = deg_to_rad(7.0)});
  for (const double azimuth : {0.0, 77.0, 180.0, -120.0}) {
    EXPECT_NEAR(gain(*omni, azimuth, 0), 11.0, 1e-12);
    EXPECT_NEAR(gain(*omni, azimuth, 3.5), 8.0, 1e-12);
    EXPECT_NEAR(gain(*omni, azimuth, -60), -9.0, 1e-12);  // side lobes 20 dB down
  }
}

TEST(Omni, WithoutBeamwidthIsIsotropic) {
  const auto isotropic = make_omni({.gain_dbi = 2.15});
  EXPECT_EQ(gain(*isotropic, 12, 89), 2.15);
  EXPECT_EQ(gain(*isotropic, -12, -89), 2.15);
}

TEST(Omni, ElectricallyTiltedGainsBelowTheHorizonAllAround) {
  const auto omni = make_omni({.gain_dbi = 11.0,
                               .vertical_beamwidth_rad = deg_to_rad(8.0),
                               .electrical_tilt_rad = deg_to_rad(4.0)});
  for (const double azimuth : {0.0, 90.0, 180.0}) {
    EXPECT_NEAR(gain(*omni, azimuth, -4), 11.0, 1e-12);
    EXPECT_NEAR(gain(*omni, azimuth, 0), 8.0, 1e-12);
  }
}

// 12 (angle/10)^2 dB with a 10 degree beam, tilted down by 5 degrees towards azimuth 90 degrees.
TEST(MountedAntenna, MechanicallyTiltedOmniGainsInFrontAndLosesBehind) {
  const auto omni = std::shared_ptr<const AntennaPattern>(
      make_omni({.gain_dbi = 10.0, .vertical_beamwidth_rad = deg_to_rad(10.0)}));
  const MountedAntenna level = tilted(omni, 90, 0);
  const MountedAntenna down = tilted(omni, 90, 5);
  // Five degrees below the horizon: in front the full gain, behind 10 degrees off the beam.
  EXPECT_NEAR(down.gain_dbi(degrees(90, -5)), 10.0, 1e-9);
  EXPECT_NEAR(down.gain_dbi(degrees(270, -5)), 10.0 - 12.0, 1e-9);
  EXPECT_GT(down.gain_dbi(degrees(90, -5)), level.gain_dbi(degrees(90, -5)));
  EXPECT_LT(down.gain_dbi(degrees(270, -5)), level.gain_dbi(degrees(270, -5)));
  // On the horizon both lose 12 (5/10)^2; across the tilt nothing changes.
  EXPECT_NEAR(down.gain_dbi(degrees(90, 0)), 7.0, 1e-9);
  EXPECT_NEAR(down.gain_dbi(degrees(270, 0)), 7.0, 1e-9);
  EXPECT_NEAR(down.gain_dbi(degrees(0, 0)), 10.0, 1e-9);
  EXPECT_NEAR(down.gain_dbi(degrees(180, 0)), 10.0, 1e-9);
}

TEST(MountedAntenna, PointsItsBoresightWhereItIsHung) {
  const auto element = std::shared_ptr<const AntennaPattern>(make_sector_3gpp(element_38901()));
  const MountedAntenna antenna = tilted(element, 350, 6);
  EXPECT_NEAR(antenna.gain_dbi(degrees(350, -6)), 8.0, 1e-9);
  EXPECT_NEAR(antenna.gain_dbi(degrees(-10, -6)), 8.0, 1e-9);
  EXPECT_LT(antenna.gain_dbi(degrees(350, 0)), 8.0);
}

// Rotations worked by hand. Tilt t = 30 degrees turns (x, y, z) into
// (x cos t - z sin t, y, x sin t + z cos t).
TEST(MountedAntenna, TiltIsATrueRotation) {
  const auto isotropic = std::shared_ptr<const AntennaPattern>(make_omni({}));
  const MountedAntenna antenna = tilted(isotropic, 0, 30);
  struct Row {
    double azimuth, elevation, azimuth_in_frame, elevation_in_frame;
  };
  const Row rows[] = {
      {0, -30, 0, 0},  // the boresight itself
      {0, 0, 0, 30},   // (cos 30, 0, sin 30)
      {90, 0, 90, 0},  // the axis of the tilt stays
      {180, 0, 180, -30},
      {0, 60, 0, 90},  // the antenna's zenith
      // (1/2, sqrt(3)/2, 0) -> (sqrt(3)/4, sqrt(3)/2, 1/4): atan 2, asin 1/4
      {60, 0, 63.434948822922, 14.477512185930},
      // (1/2, 1/2, -1/sqrt 2) -> (sqrt(3)/4 + sqrt(2)/4, 1/2, 1/4 - sqrt(6)/4)
      {45, -45, 32.443079377656, -21.245967094166},
  };
  for (const Row& row : rows) {
    const Direction d = antenna.in_antenna_frame(degrees(row.azimuth, row.elevation));
    EXPECT_NEAR(rad_to_deg(d.elevation_rad), row.elevation_in_frame, 1e-6) << row.azimuth;
    if (row.elevation_in_frame == 90) continue;  // azimuth is undefined at the zenith
    EXPECT_NEAR(rad_to_deg(std::abs(d.azimuth_rad)), row.azimuth_in_frame, 1e-6) << row.azimuth;
  }
}

TEST(MountedAntenna, TiltMirrorsLeftAndRight) {
  const auto isotropic = std::shared_ptr<const AntennaPattern>(make_omni({}));
  const MountedAntenna antenna = tilted(isotropic, 120, 7);
  for (const double off : {1.0, 20.0, 90.0, 140.0}) {
    const Direction right = antenna.in_antenna_frame(degrees(120 + off, -3));
    const Direction left = antenna.in_antenna_frame(degrees(120 - off, -3));
    EXPECT_NEAR(right.azimuth_rad, -left.azimuth_rad, 1e-12);
    EXPECT_NEAR(right.elevation_rad, left.elevation_rad, 1e-12);
    EXPECT_GT(right.azimuth_rad, 0.0);
  }
}

TEST(MountedAntenna, AVanishingTiltChangesNothing) {
  const auto element = std::shared_ptr<const AntennaPattern>(make_sector_3gpp(element_38901()));
  const MountedAntenna level = tilted(element, 33, 0);
  const MountedAntenna nearly = tilted(element, 33, 1e-10);
  for (double azimuth = 0; azimuth < 360; azimuth += 7) {
    EXPECT_NEAR(level.gain_dbi(degrees(azimuth, -2)), nearly.gain_dbi(degrees(azimuth, -2)), 1e-8);
  }
}

// Cuts that are parabolas of the wrapped angle, so that the wanted values can be written down.
TabulatedSpec parabolic_cuts() {
  TabulatedSpec spec;
  spec.gain_dbi = 17.0;
  for (int i = 0; i < 360; ++i) {
    const int off = i <= 180 ? i : 360 - i;
    spec.horizontal_loss_db[static_cast<std::size_t>(i)] =
        std::min(12.0 * (off / 65.0) * (off / 65.0), 25.0);
    spec.vertical_loss_db[static_cast<std::size_t>(i)] =
        off <= 90 ? std::min(12.0 * (off / 10.0) * (off / 10.0), 25.0) : 25.0;
  }
  return spec;
}

TEST(Tabulated, IsExactOnBothCuts) {
  const TabulatedSpec spec = parabolic_cuts();
  const auto pattern = make_tabulated(spec);
  for (int i = 0; i < 360; ++i) {
    EXPECT_NEAR(gain(*pattern, i, 0), 17.0 - spec.horizontal_loss_db[static_cast<std::size_t>(i)],
                1e-9);
    const double loss = spec.vertical_loss_db[static_cast<std::size_t>(i)];
    const bool in_front = i <= 90 || i >= 270;
    const int elevation = i <= 90 ? -i : in_front ? 360 - i : i - 180;
    EXPECT_NEAR(gain(*pattern, in_front ? 0 : 180, elevation), 17.0 - loss, 1e-9) << i;
  }
}

TEST(Tabulated, InterpolatesBetweenWholeDegrees) {
  TabulatedSpec spec;
  spec.horizontal_loss_db[359] = 4.0;
  spec.horizontal_loss_db[1] = 2.0;
  const auto pattern = make_tabulated(spec);
  EXPECT_NEAR(gain(*pattern, 0.5, 0), -1.0, 1e-9);
  EXPECT_NEAR(gain(*pattern, -0.25, 0), -1.0, 1e-9);  // between 359 and 0
}

TEST(Tabulated, CountsTheVerticalCutDownwards) {
  TabulatedSpec spec;
  spec.vertical_loss_db.fill(20.0);
  spec.vertical_loss_db[6] = 0.0;  // a beam tilted down by six degrees
  const auto pattern = make_tabulated(spec);
  EXPECT_NEAR(gain(*pattern, 0, -6), 0.0, 1e-9);
  EXPECT_NEAR(gain(*pattern, 0, 6), -20.0, 1e-9);
}

// Half way round (90 degrees) the corrections in front and behind count half each:
// H(90) + (V(20) - H(0))/2 + (V(160) - H(180))/2 = 10 + (8 - 0)/2 + (30 - 25)/2.
TEST(Tabulated, ProjectsTheHorizontalCutBetweenFrontAndBack) {
  TabulatedSpec spec;
  spec.horizontal_loss_db[90] = 10.0;
  spec.horizontal_loss_db[180] = 25.0;
  spec.vertical_loss_db[20] = 8.0;
  spec.vertical_loss_db[160] = 30.0;
  const auto pattern = make_tabulated(spec);
  EXPECT_NEAR(gain(*pattern, 90, -20), -16.5, 1e-9);
  EXPECT_NEAR(gain(*pattern, -90, -20), -(0 + 4.0 + 2.5), 1e-9);  // H(270) = 0
}

TEST(Tabulated, NeverExceedsItsPeakGain) {
  TabulatedSpec spec;
  spec.gain_dbi = 15.0;
  spec.horizontal_loss_db[180] = 40.0;  // a null straight behind
  const auto pattern = make_tabulated(spec);
  EXPECT_EQ(gain(*pattern, 90, -20), 15.0);
}

}  // namespace
}  // namespace yonder
