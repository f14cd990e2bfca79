#include "scenarios/profile_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/contracts.h"
#include "core/coverage.h"
#include "core/units.h"
#include "scenarios/line_chart.h"
#include "scenarios/picture_pen.h"

namespace yonder::scenarios {
namespace {

constexpr Rgb kInk{0.13, 0.14, 0.16};
constexpr Rgb kFaintInk{0.38, 0.40, 0.44};
constexpr Rgb kGround{0.80, 0.71, 0.55};
constexpr Rgb kWater{0.55, 0.73, 0.87};
constexpr Rgb kClutter{0.45, 0.62, 0.40};
constexpr Rgb kFresnel{0.20, 0.45, 0.75};
constexpr Rgb kRay{0.77, 0.10, 0.22};
constexpr Rgb kHorizon{0.55, 0.35, 0.05};
constexpr Rgb kWarning{0.70, 0.28, 0.02};

/// Heights with the bulge of the 4/3 earth, so that rays are straight.
class Shape {
 public:
  explicit Shape(const ProfilePicture& picture)
      : profile_(*picture.profile),
        length_m_(picture.profile->distance_m.back()),
        tx_(picture.profile->ground_amsl_m.front() + picture.tx_height_agl_m),
        rx_(picture.profile->ground_amsl_m.back() + picture.rx_height_agl_m),
        wavelength_m_(wavelength_m(picture.frequency_hz)) {}

  std::size_t size() const { return profile_.distance_m.size(); }
  double x(std::size_t i) const { return profile_.distance_m[i]; }
  double length() const { return length_m_; }
  double tx() const { return tx_; }
  double rx() const { return rx_; }
  double bulge(double x) const {
    return x * (length_m_ - x) / (2.0 * kRayEarthRadiusFactor * kEarthRadiusM);
  }
  double ground(std::size_t i) const { return profile_.ground_amsl_m[i] + bulge(x(i)); }
  /// Clutter at the ends is the antennas' own surrounding, no obstacle.
  double top(std::size_t i) const {
    const bool inside = i > 0 && i + 1 < size() && i < profile_.clutter_height_m.size();
    return ground(i) + (inside ? profile_.clutter_height_m[i] : 0.0);
  }
  double ray(double x) const { return tx_ + (rx_ - tx_) * x / length_m_; }
  /// Radius of the first Fresnel zone, ITU-R P.526-15 eq. (2).
  double fresnel(double x) const {
    return std::sqrt(std::max(0.0, wavelength_m_ * x * (length_m_ - x) / length_m_));
  }
  bool sea(std::size_t i) const {
    return i < profile_.zone.size() && profile_.zone[i] == Zone::sea;
  }

 private:
  const PathProfile& profile_;
  double length_m_, tx_, rx_, wavelength_m_;
};

Horizon horizon(const Shape& shape, bool from_tx) {
  const double eye = from_tx ? shape.tx() : shape.rx();
  const double other = from_tx ? shape.rx() : shape.tx();
  Horizon best{from_tx ? shape.size() - 1 : 0, std::atan2(other - eye, shape.length())};
  for (std::size_t i = 1; i + 1 < shape.size(); ++i) {
    const double away = from_tx ? shape.x(i) : shape.length() - shape.x(i);
    const double angle = std::atan2(shape.top(i) - eye, away);
    if (angle > best.elevation_rad) best = {i, angle};
  }
  return best;
}

}  // namespace

Horizon horizon_of_transmitter(const ProfilePicture& picture) {
  return horizon(Shape(picture), true);
}

Horizon horizon_of_receiver(const ProfilePicture& picture) {
  return horizon(Shape(picture), false);
}

Clearance least_clearance(const ProfilePicture& picture) {
  const Shape shape(picture);
  Clearance least{0, std::numeric_limits<double>::infinity(),
                  std::numeric_limits<double>::infinity()};
  for (std::size_t i = 1; i + 1 < shape.size(); ++i) {
    const double clearance_m = shape.ray(shape.x(i)) - shape.top(i);
    const double radii = clearance_m / shape.fresnel(shape.x(i));
    if (radii < least.fresnel_radii) least = {i, clearance_m, radii};
  }
  return least;
}

void write_profile_picture(const ProfilePicture& picture, const std::filesystem::path& file) {
  YONDER_EXPECTS(picture.profile != nullptr && picture.profile->distance_m.size() >= 2);
  const Shape shape(picture);
  constexpr int kWidth = 1280, kHeight = 720;
  constexpr double kLeft = 86, kRight = 30, kTop = 96, kBottom = 106;
  const double plot_width = kWidth - kLeft - kRight, plot_height = kHeight - kTop - kBottom;
  double low = std::min(shape.tx(), shape.rx()), high = std::max(shape.tx(), shape.rx());
  for (std::size_t i = 0; i < shape.size(); ++i) {
    low = std::min(low, shape.ground(i));
    high = std::max({high, shape.top(i), shape.ray(shape.x(i)) + shape.fresnel(shape.x(i))});
  }
  const double room = std::max(5.0, 0.06 * (high - low));
  low -= room;
  high += room;
  const auto px = [&](double x) { return kLeft + x / shape.length() * plot_width; };
  const auto py = [&](double y) { return kTop + (high - y) / (high - low) * plot_height; };

  Pen pen(kWidth, kHeight);
  cairo_t* cr = pen.cr();
  pen.fill_box(0, 0, kWidth, kHeight, {1, 1, 1});
  pen.text(24, 16, picture.title,
           {.size = 22, .bold = true, .colour = kInk, .max_width = kWidth - 48});
  pen.text(24, 52, picture.subtitle, {.size = 14, .colour = kFaintInk, .max_width = kWidth - 48});
  cairo_save(cr);
  cairo_rectangle(cr, kLeft, kTop, plot_width, plot_height);
  cairo_clip(cr);

  for (const double part : {1.0, 0.6}) {
    constexpr int kPieces = 240;
    for (int side = 0; side < 2; ++side) {
      for (int k = 0; k <= kPieces; ++k) {
        const int step = side == 0 ? k : kPieces - k;
        const double x = shape.length() * step / kPieces;
        const double y = shape.ray(x) + (side == 0 ? part : -part) * shape.fresnel(x);
        if (side == 0 && k == 0) {
          cairo_move_to(cr, px(x), py(y));
        } else {
          cairo_line_to(cr, px(x), py(y));
        }
      }
    }
    cairo_close_path(cr);
    pen.set_colour(kFresnel, part == 1.0 ? 0.14 : 0.20);
    cairo_fill(cr);
  }
  const auto band = [&](auto height_at, auto wanted, Rgb colour) {
    for (std::size_t i = 0; i + 1 < shape.size(); ++i) {
      if (!wanted(i)) continue;
      cairo_move_to(cr, px(shape.x(i)), py(low));
      cairo_line_to(cr, px(shape.x(i)), py(height_at(i)));
      cairo_line_to(cr, px(shape.x(i + 1)) + 0.6, py(height_at(i + 1)));
      cairo_line_to(cr, px(shape.x(i + 1)) + 0.6, py(low));
      cairo_close_path(cr);
      pen.set_colour(colour);
      cairo_fill(cr);
    }
  };
  const auto top = [&](std::size_t i) { return shape.top(i); };
  const auto ground = [&](std::size_t i) { return shape.ground(i); };
  band(
      top, [](std::size_t) { return true; }, kClutter);
  band(
      ground, [&](std::size_t i) { return !shape.sea(i); }, kGround);
  band(
      ground, [&](std::size_t i) { return shape.sea(i); }, kWater);

  cairo_set_line_width(cr, 1.8);
  pen.set_colour(kRay);
  pen.line(px(0), py(shape.tx()), px(shape.length()), py(shape.rx()));
  const double dashes[] = {7.0, 5.0};
  cairo_set_dash(cr, dashes, 2, 0);
  cairo_set_line_width(cr, 1.3);
  const Horizon of_tx = horizon(shape, true);
  const Horizon of_rx = horizon(shape, false);
  const bool blocked = of_tx.index + 1 < shape.size();
  pen.set_colour(kHorizon);
  if (blocked) {
    pen.line(px(0), py(shape.tx()), px(shape.x(of_tx.index)), py(shape.top(of_tx.index)));
    pen.line(px(shape.length()), py(shape.rx()), px(shape.x(of_rx.index)),
             py(shape.top(of_rx.index)));
  }
  cairo_set_dash(cr, nullptr, 0, 0);
  cairo_set_line_width(cr, 2.6);
  pen.set_colour(kInk);
  pen.line(px(0) + 1, py(shape.ground(0)), px(0) + 1, py(shape.tx()));
  pen.line(px(shape.length()) - 1, py(shape.ground(shape.size() - 1)), px(shape.length()) - 1,
           py(shape.rx()));
  cairo_restore(cr);

  const TextStyle label{.size = 13, .colour = kInk, .halo = 2.5};
  if (blocked) {
    const auto mark = [&](const Horizon& at, const std::string& text, double lift) {
      const double x = px(shape.x(at.index)), y = py(shape.top(at.index));
      cairo_arc(cr, x, y, 4.0, 0, 2 * kPi);
      pen.set_colour(kHorizon);
      cairo_fill(cr);
      const TextSize size = pen.measure(text, label);
      pen.text(std::clamp(x - size.width / 2, kLeft + 4, kWidth - kRight - size.width - 4),
               std::max(kTop + 2, y - lift - size.height), text, label);
    };
    const bool same = of_tx.index == of_rx.index;
    mark(of_tx,
         fmt::format("{} {:.1f} km", same ? "horizon of both  共同地平点" : "horizon  地平点",
                     shape.x(of_tx.index) / 1000.0),
         10);
    if (!same) {
      mark(of_rx,
           fmt::format("receiver's horizon  终端地平点 {:.1f} km", shape.x(of_rx.index) / 1000.0),
           32);
    }
  }

  const TextStyle axis{.size = 12.5, .colour = kFaintInk};
  pen.set_colour(kFaintInk);
  cairo_set_line_width(cr, 1.0);
  for (const double y : linear_ticks(low, high, 6)) {
    pen.line(kLeft - 5, py(y), kLeft, py(y));
    const std::string text = fmt::format("{:g} m", y);
    const TextSize size = pen.measure(text, axis);
    pen.text(kLeft - 9 - size.width, py(y) - size.height / 2, text, axis);
    pen.set_colour(kFaintInk);
  }
  for (const double x : linear_ticks(0.0, shape.length() / 1000.0, 8)) {
    pen.line(px(1000.0 * x), kTop + plot_height, px(1000.0 * x), kTop + plot_height + 5);
    const std::string text = fmt::format("{:g} km", x);
    pen.text(px(1000.0 * x) - pen.measure(text, axis).width / 2, kTop + plot_height + 8, text,
             axis);
    pen.set_colour(kFaintInk);
  }
  pen.outline_box(kLeft, kTop, plot_width, plot_height, kInk, 1.0);

  const Clearance least = least_clearance(picture);
  std::string note =
      "Heights over an earth of 4/3 radius. Shaded: first Fresnel zone, darker: 60 % of it.";
  if (least.index > 0) {
    note += fmt::format(" Least clearance {:.1f} m, {:.2f} Fresnel radii, at {:.1f} km.",
                        least.clearance_m, least.fresnel_radii, shape.x(least.index) / 1000.0);
  }
  if (!blocked) note += " Nothing stands in the way of the ray.";
  pen.text(24, kHeight - 62, note, {.size = 13, .colour = kInk, .max_width = kWidth - 48});
  pen.text(24, kHeight - 36,
           "4/3 地球半径剖面；阴影为第一菲涅耳区（深色为 60 %）；虚线指向收发两端的地平点。",
           {.size = 13, .colour = kFaintInk, .max_width = kWidth - 48});
  if (picture.synthetic_terrain) {
    const std::string text = "SYNTHETIC TERRAIN · 合成地形";
    const TextStyle badge{.size = 14, .bold = true, .colour = {1, 1, 1}};
    const TextSize size = pen.measure(text, badge);
    const double x = kWidth - kRight - size.width - 24;
    pen.fill_box(x, kTop + 10, size.width + 16, size.height + 8, kWarning, 0.92);
    pen.text(x + 8, kTop + 14, text, badge);
  }
  pen.write_png(file);
}

}  // namespace yonder::scenarios
