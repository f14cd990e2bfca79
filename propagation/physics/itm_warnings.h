#pragma once

#include <cstdint>

/// Warning flags of the Irregular Terrain Model: the loss is given, but the method is near or
/// beyond what it was made from. Values as in ITM 1.4 (ERRORS_AND_WARNINGS, NTIA), so that results
/// can be compared flag by flag.
namespace yonder::propagation::itm {

enum Warning : std::uint32_t {
  kTxHeightUnusual = 0x0001,           ///< transmitter height outside 1..1000 m
  kRxHeightUnusual = 0x0002,           ///< receiver height outside 1..1000 m
  kFrequencyUnusual = 0x0004,          ///< frequency outside 40..10000 MHz
  kDistanceLarge = 0x0008,             ///< over 1000 km
  kDistanceVeryLarge = 0x0010,         ///< over 2000 km
  kDistanceShortForHeights = 0x0020,   ///< antennas seen at more than 0.2 rad
  kDistanceShort = 0x0040,             ///< under 1 km
  kTxHorizonSteep = 0x0080,            ///< transmitter's horizon angle over 0.2 rad
  kRxHorizonSteep = 0x0100,            ///< receiver's
  kTxHorizonNear = 0x0200,             ///< horizon nearer than 1/10 of the smooth earth's
  kRxHorizonNear = 0x0400,             ///< receiver's
  kTxHorizonFar = 0x0800,              ///< horizon farther than 3 times the smooth earth's
  kRxHorizonFar = 0x1000,              ///< receiver's
  kVariabilityExtreme = 0x2000,        ///< a percentage more than 3.1 standard deviations out
  kSurfaceRefractivitySmall = 0x4000,  ///< 150..250 N-units at the path's height
};

}  // namespace yonder::propagation::itm
