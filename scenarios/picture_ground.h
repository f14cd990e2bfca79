#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/coverage_picture.h"

namespace yonder::scenarios {

struct Rgb {
  double r = 0.0, g = 0.0, b = 0.0;  ///< 0 to 1
};

/// Colours of n classes, strongest first: dark to light along viridis (S. van der Walt, N. Smith,
/// CC0), which stays ordered in grey and for colour-blind readers.
std::vector<Rgb> class_colours(std::size_t count);

/// The colours of a picture's classes: their own, else along the scale.
std::vector<Rgb> picture_colours(const std::vector<PictureClass>& classes);

/// How strongly a class covers the ground below it.
inline constexpr double kCoverageOpacity = 0.72;

inline constexpr Rgb kSeaColour{0.827, 0.898, 0.949};
inline constexpr Rgb kLandColour{0.957, 0.945, 0.914};
inline constexpr Rgb kHighLandColour{0.886, 0.839, 0.769};
/// Hatched: no terrain data.
inline constexpr Rgb kNoDataLight{0.86, 0.86, 0.87};
inline constexpr Rgb kNoDataDark{0.66, 0.66, 0.68};
bool hatched(int x, int y);

/// The map itself as an image of `width` x `height` pixels: shaded relief, sea, and coverage
/// classes.
struct GroundImage {
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> rgb;    ///< 0x00RRGGBB
  double relief_exaggeration = 1.0;  ///< vertical scale that the shading used
  bool any_sea = false;
  bool any_no_data = false;
};
GroundImage paint_ground(const CoveragePicture& picture, int width, int height);

}  // namespace yonder::scenarios
