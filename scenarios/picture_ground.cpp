#include "scenarios/picture_ground.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/contracts.h"
#include "core/units.h"

namespace yonder::scenarios {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

Rgb mix(Rgb a, Rgb b, double part) {
  return {a.r + part * (b.r - a.r), a.g + part * (b.g - a.g), a.b + part * (b.b - a.b)};
}

std::uint32_t packed(Rgb c) {
  const auto byte = [](double v) {
    return static_cast<std::uint32_t>(std::lround(std::clamp(v, 0.0, 1.0) * 255.0));
  };
  return byte(c.r) << 16 | byte(c.g) << 8 | byte(c.b);
}

/// What lies under one pixel of the image, averaged over the grid pixels it covers.
struct Sample {
  float height_m = kNan;
  float sea = 0.0F;      ///< part of the area
  float no_data = 0.0F;  ///< part of the area
  float covered = 0.0F;  ///< part of the area in any class
  Rgb colour;            ///< mean colour of the covered part
};

/// First and one-past-last grid index under image index `i`; at least one pixel.
std::pair<int, int> under(int i, int image_size, int grid_size) {
  const double step = static_cast<double>(grid_size) / image_size;
  if (step <= 1.0) {
    const int nearest = std::min(static_cast<int>((i + 0.5) * step), grid_size - 1);
    return {nearest, nearest + 1};
  }
  const int begin = std::min(static_cast<int>(i * step), grid_size - 1);
  const int end = std::min(static_cast<int>((i + 1) * step), grid_size);
  return {begin, std::max(end, begin + 1)};
}

/// Ground height between pixel centres, for images finer than the grid.
float smooth_height(const CoveragePicture& p, double column, double row) {
  const int c0 = std::clamp(static_cast<int>(std::floor(column)), 0, p.grid.columns - 1);
  const int r0 = std::clamp(static_cast<int>(std::floor(row)), 0, p.grid.rows - 1);
  const int c1 = std::min(c0 + 1, p.grid.columns - 1);
  const int r1 = std::min(r0 + 1, p.grid.rows - 1);
  const float fc = static_cast<float>(std::clamp(column - c0, 0.0, 1.0));
  const float fr = static_cast<float>(std::clamp(row - r0, 0.0, 1.0));
  const auto h = [&](int c, int r) { return p.ground_amsl_m[p.grid.index({c, r})]; };
  const float top = h(c0, r0) + fc * (h(c1, r0) - h(c0, r0));
  const float bottom = h(c0, r1) + fc * (h(c1, r1) - h(c0, r1));
  return top + fr * (bottom - top);
}

std::vector<Sample> sample(const CoveragePicture& p, const std::vector<Rgb>& colours, int width,
                           int height) {
  std::vector<Sample> samples(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  const double step = static_cast<double>(p.grid.columns) / width;
  for (int y = 0; y < height; ++y) {
    const auto [row_begin, row_end] = under(y, height, p.grid.rows);
    for (int x = 0; x < width; ++x) {
      const auto [column_begin, column_end] = under(x, width, p.grid.columns);
      Sample s;
      int total = 0, sea = 0, no_data = 0, covered = 0, known = 0;
      double height_sum = 0.0;
      Rgb colour;
      for (int row = row_begin; row < row_end; ++row) {
        for (int column = column_begin; column < column_end; ++column) {
          const std::size_t i = p.grid.index({column, row});
          ++total;
          if (std::isnan(p.ground_amsl_m[i])) {
            ++no_data;
          } else {
            ++known;
            height_sum += p.ground_amsl_m[i];
            if (!p.zone.empty() && p.zone[i] == Zone::sea) ++sea;
          }
          const float rsrp = p.rsrp_dbm[i];
          for (std::size_t k = 0; k < p.classes.size(); ++k) {
            if (rsrp >= p.classes[k].threshold_dbm) {
              ++covered;
              colour = {colour.r + colours[k].r, colour.g + colours[k].g, colour.b + colours[k].b};
              break;
            }
          }
        }
      }
      const float parts = static_cast<float>(total);
      s.sea = static_cast<float>(sea) / parts;
      s.no_data = static_cast<float>(no_data) / parts;
      s.covered = static_cast<float>(covered) / parts;
      if (covered > 0) s.colour = {colour.r / covered, colour.g / covered, colour.b / covered};
      if (known > 0) s.height_m = static_cast<float>(height_sum / known);
      if (step < 1.0) {
        const float smooth = smooth_height(p, (x + 0.5) * step - 0.5, (y + 0.5) * step - 0.5);
        if (!std::isnan(smooth)) s.height_m = smooth;
      }
      samples[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
              static_cast<std::size_t>(x)] = s;
    }
  }
  return samples;
}

struct Slope {
  double x = 0.0;  ///< rise towards the east, m per m
  double y = 0.0;  ///< rise towards the north
};

/// Slopes by central differences; flat beside unknown heights.
std::vector<Slope> slopes(const std::vector<Sample>& samples, int width, int height,
                          double pixel_m) {
  std::vector<Slope> result(samples.size());
  const auto at = [&](int x, int y) {
    return samples[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                   static_cast<std::size_t>(x)]
        .height_m;
  };
  const auto rise = [&](int x0, int y0, int x1, int y1) {
    const double steps = std::abs(x1 - x0) + std::abs(y1 - y0);
    const double difference = static_cast<double>(at(x1, y1)) - static_cast<double>(at(x0, y0));
    return steps > 0 && std::isfinite(difference) ? difference / (steps * pixel_m) : 0.0;
  };
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      Slope& s = result[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                        static_cast<std::size_t>(x)];
      s.x = rise(std::max(x - 1, 0), y, std::min(x + 1, width - 1), y);
      s.y = rise(x, std::min(y + 1, height - 1), x, std::max(y - 1, 0));
    }
  }
  return result;
}

/// Vertical scale that brings the steeper quarter of the land to a slope that shading can show.
double exaggeration(const std::vector<Slope>& slope, const std::vector<Sample>& samples) {
  std::vector<double> steepness;
  for (std::size_t i = 0; i < slope.size(); i += 7) {
    if (samples[i].sea < 0.5F && samples[i].no_data < 0.5F) {
      steepness.push_back(std::hypot(slope[i].x, slope[i].y));
    }
  }
  if (steepness.empty()) return 1.0;
  const auto quartile = steepness.begin() + static_cast<std::ptrdiff_t>(steepness.size() * 3 / 4);
  std::nth_element(steepness.begin(), quartile, steepness.end());
  constexpr double kWantedSlope = 0.30;
  double best = 1.0;
  for (const double nice : {2.0, 5.0, 10.0, 20.0, 30.0}) {
    if (*quartile * nice <= kWantedSlope * 1.2) best = nice;
  }
  return best;
}

/// Heights that bound the middle nine tenths of the land, for a tint.
std::pair<double, double> height_span(const std::vector<Sample>& samples) {
  std::vector<float> heights;
  for (std::size_t i = 0; i < samples.size(); i += 7) {
    if (samples[i].sea < 0.5F && samples[i].no_data < 0.5F) heights.push_back(samples[i].height_m);
  }
  if (heights.empty()) return {0.0, 1.0};
  std::sort(heights.begin(), heights.end());
  const double low = heights[heights.size() / 20];
  // On nearly flat land a tint would only paint noise.
  return {low, std::max<double>(heights[heights.size() - 1 - heights.size() / 20], low + 50.0)};
}

/// Brightness of a slope under three lights, 1 on the flat.
double shading(Slope s) {
  struct Light {
    double azimuth_deg, weight;
  };
  constexpr std::array<Light, 3> lights = {{{315.0, 0.6}, {260.0, 0.2}, {10.0, 0.2}}};
  constexpr double kAltitude_deg = 45.0;
  const double sin_altitude = std::sin(deg_to_rad(kAltitude_deg));
  const double cos_altitude = std::cos(deg_to_rad(kAltitude_deg));
  const double norm = std::sqrt(1.0 + s.x * s.x + s.y * s.y);
  double sum = 0.0;
  for (const Light& light : lights) {
    const double a = deg_to_rad(light.azimuth_deg);
    const double lit =
        (sin_altitude - cos_altitude * (s.x * std::sin(a) + s.y * std::cos(a))) / norm;
    sum += light.weight * std::max(lit, 0.0) / sin_altitude;
  }
  return sum;
}

Rgb lit(Rgb colour, double brightness) {
  if (brightness <= 1.0) {
    const double k = 0.25 + 0.75 * brightness;
    return {colour.r * k, colour.g * k, colour.b * k};
  }
  return mix(colour, {1.0, 1.0, 1.0}, std::min(0.55 * (brightness - 1.0), 0.5));
}

}  // namespace

std::vector<Rgb> class_colours(std::size_t count) {
  constexpr std::array<std::uint32_t, 9> viridis = {
      0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26, 0xfde725};
  std::vector<Rgb> colours;
  for (std::size_t i = 0; i < count; ++i) {
    const double t =
        count == 1 ? 3.0 : 8.0 * static_cast<double>(i) / static_cast<double>(count - 1);
    const std::size_t k = std::min<std::size_t>(static_cast<std::size_t>(t), 7);
    const auto rgb = [](std::uint32_t v) {
      return Rgb{(v >> 16 & 255) / 255.0, (v >> 8 & 255) / 255.0, (v & 255) / 255.0};
    };
    colours.push_back(mix(rgb(viridis[k]), rgb(viridis[k + 1]), t - static_cast<double>(k)));
  }
  return colours;
}

std::vector<Rgb> picture_colours(const std::vector<PictureClass>& classes) {
  std::vector<Rgb> colours = class_colours(classes.size());
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (!classes[i].rgb) continue;
    const std::uint32_t rgb = *classes[i].rgb;
    colours[i] = {(rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0};
  }
  return colours;
}

bool hatched(int x, int y) { return (x + y) % 9 < 2; }

GroundImage paint_ground(const CoveragePicture& picture, int width, int height) {
  YONDER_EXPECTS(width > 0 && height > 0 && picture.grid.size() > 0);
  YONDER_EXPECTS(picture.ground_amsl_m.size() == picture.grid.size());
  YONDER_EXPECTS(picture.rsrp_dbm.size() == picture.grid.size());
  YONDER_EXPECTS(picture.zone.empty() || picture.zone.size() == picture.grid.size());
  const std::vector<Rgb> colours = picture_colours(picture.classes);
  const std::vector<Sample> samples = sample(picture, colours, width, height);
  const double pixel_m = picture.grid.pixel_size_m * picture.grid.columns / width;
  std::vector<Slope> slope = slopes(samples, width, height, pixel_m);

  GroundImage image{.width = width, .height = height};
  image.relief_exaggeration = exaggeration(slope, samples);
  const auto [low_m, high_m] = height_span(samples);
  image.rgb.resize(samples.size());
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                            static_cast<std::size_t>(x);
      const Sample& s = samples[i];
      image.any_sea |= s.sea > 0.0F;
      image.any_no_data |= s.no_data > 0.0F;
      if (s.no_data >= 0.5F) {
        image.rgb[i] = packed(hatched(x, y) ? kNoDataDark : kNoDataLight);
        continue;
      }
      const double tint = std::clamp((s.height_m - low_m) / (high_m - low_m), 0.0, 1.0);
      const Rgb ground = mix(mix(kLandColour, kHighLandColour, tint), kSeaColour, s.sea);
      const double opacity = kCoverageOpacity * static_cast<double>(s.covered);
      const Rgb colour = mix(ground, s.colour, opacity);
      const Slope steep{slope[i].x * image.relief_exaggeration,
                        slope[i].y * image.relief_exaggeration};
      image.rgb[i] = packed(mix(lit(colour, shading(steep)), colour, s.sea));
    }
  }
  // A coast line keeps the shore readable under the coverage colours.
  constexpr Rgb kCoast{0.25, 0.42, 0.55};
  const auto differ = [&](std::size_t i, std::size_t j) {
    return samples[i].no_data < 0.5F && samples[j].no_data < 0.5F &&
           (samples[i].sea >= 0.5F) != (samples[j].sea >= 0.5F);
  };
  for (int y = 0; y + 1 < height && image.any_sea; ++y) {
    for (int x = 0; x + 1 < width; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                            static_cast<std::size_t>(x);
      if (differ(i, i + 1) || differ(i, i + static_cast<std::size_t>(width))) {
        image.rgb[i] = packed(kCoast);
      }
    }
  }
  return image;
}

}  // namespace yonder::scenarios
