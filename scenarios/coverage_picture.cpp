#include "scenarios/coverage_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

#include "core/contracts.h"
#include "core/text.h"
#include "core/units.h"
#include "scenarios/picture_ground.h"
#include "scenarios/picture_pen.h"

namespace yonder::scenarios {
namespace {

constexpr Rgb kInk{0.13, 0.14, 0.16};
constexpr Rgb kFaintInk{0.38, 0.40, 0.44};
constexpr Rgb kFrame{0.25, 0.27, 0.30};
constexpr Rgb kWarning{0.70, 0.28, 0.02};
constexpr Rgb kWhite{1.0, 1.0, 1.0};

constexpr double kMargin = 28.0;
constexpr double kLatitudeLabels = 62.0;  ///< room left of the map
constexpr double kLongitudeLabels = 30.0;
constexpr double kPanelWidth = 330.0;
constexpr double kGap = 26.0;

struct Box {
  double x = 0.0, y = 0.0, width = 0.0, height = 0.0;

  bool overlaps(const Box& o) const {
    return x < o.x + o.width && o.x < x + width && y < o.y + o.height && o.y < y + height;
  }
  bool inside(const Box& o) const {
    return x >= o.x && y >= o.y && x + width <= o.x + o.width && y + height <= o.y + o.height;
  }
};

std::string both(const Label& label) {
  if (label.zh.empty()) return label.en;
  return label.en.empty() ? label.zh : label.en + "  " + label.zh;
}

std::string signed_text(double value) {
  return value < 0.0 ? "\u2212" + number_text(-value) : number_text(value);
}

/// One decimal; what is not all is never rounded to all, nor something to nothing.
std::string percent_text(double share) {
  const double percent = 100.0 * share;
  if (percent > 0.0 && percent < 0.05) return "< 0.1 %";
  if (percent < 100.0 && percent >= 99.95) return "> 99.9 %";
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %%", percent);
  return text;
}

/// The largest of 1, 2, 5 times a power of ten that is not above `limit`.
double nice_below(double limit) {
  const double power = std::pow(10.0, std::floor(std::log10(limit)));
  for (const double digit : {5.0, 2.0, 1.0}) {
    if (digit * power <= limit * (1.0 + 1e-9)) return digit * power;
  }
  return power;
}

/// Draws one picture. The steps follow the page from top to bottom.
class Composer {
 public:
  explicit Composer(const CoveragePicture& picture) : picture_(picture) {
    const double aspect = static_cast<double>(picture.grid.columns) / picture.grid.rows;
    panel_below_ = aspect > 1.3;
    const double longest = panel_below_ ? 1500.0 : aspect < 0.8 ? 1340.0 : 1120.0;
    map_.width = std::max(1.0, std::round(aspect >= 1.0 ? longest : longest * aspect));
    map_.height = std::max(1.0, std::round(aspect >= 1.0 ? longest / aspect : longest));
    metres_per_px_ = picture.grid.pixel_size_m * picture.grid.columns / map_.width;
  }

  void write(const std::filesystem::path& file) {
    const GroundImage ground =
        paint_ground(picture_, static_cast<int>(map_.width), static_cast<int>(map_.height));
    // The page's height depends on how texts wrap: measured on a first, small sheet.
    Pen sheet(1, 1);
    pen_ = &sheet;
    double width = kMargin + kLatitudeLabels + map_.width + kMargin;
    if (!panel_below_) width += kGap + kPanelWidth;
    page_width_ = width;
    const double header = draw_header();
    map_.x = kMargin + kLatitudeLabels;
    map_.y = std::round(header);
    double height = 0.0;
    if (panel_below_) {
      panel_ = {kMargin, map_.y + map_.height + kLongitudeLabels + kGap, width - 2 * kMargin, 0.0};
      height = draw_panel(ground) + kMargin;
    } else {
      panel_ = {map_.x + map_.width + kGap, map_.y, kPanelWidth, 0.0};
      height = std::max(draw_panel(ground), map_.y + map_.height + kLongitudeLabels) + kMargin;
    }

    Pen page(static_cast<int>(std::ceil(width)), static_cast<int>(std::ceil(height)));
    pen_ = &page;
    draw_header();
    page.image(static_cast<int>(map_.x), static_cast<int>(map_.y), ground);
    draw_graticule();
    page.outline_box(map_.x - 0.5, map_.y - 0.5, map_.width + 1, map_.height + 1, kFrame, 1.2);
    draw_synthetic_badge();
    draw_sites();
    draw_panel(ground);
    page.write_png(file);
  }

 private:
  /// Returns the y below it.
  double draw_header() {
    const double width = page_width_ - 2 * kMargin;
    double y = kMargin - 6;
    const auto row = [&](const std::string& text, TextStyle style, double gap) {
      if (text.empty()) return;
      style.max_width = width;
      y += pen_->text(kMargin, y, text, style).height + gap;
    };
    row(picture_.title.en, {.size = 27, .bold = true, .colour = kInk}, 2);
    row(picture_.title.zh, {.size = 21, .colour = kInk}, 5);
    row(picture_.subtitle, {.size = 14.5, .colour = kFaintInk}, 4);
    return y + 12;
  }

  std::optional<LonLat> lonlat_at(double map_x, double map_y) const {
    if (!picture_.to_lonlat) return std::nullopt;
    return picture_.to_lonlat({picture_.grid.top_left.x_m + map_x * metres_per_px_,
                               picture_.grid.top_left.y_m - map_y * metres_per_px_});
  }

  /// Where along [0, length] a rising (or falling) function takes a value; nullopt: nowhere.
  template <typename F>
  static std::optional<double> crossing(F f, double length, double value) {
    double a = 0.0, b = length;
    const double fa = f(a) - value, fb = f(b) - value;
    if (fa * fb > 0.0) return std::nullopt;
    for (int i = 0; i < 40; ++i) {
      const double middle = 0.5 * (a + b);
      ((f(middle) - value) * fa > 0.0 ? a : b) = middle;
    }
    return 0.5 * (a + b);
  }

  void draw_graticule() {
    if (!picture_.to_lonlat) return;
    // Points a rounding step inside the grid, where the position is defined.
    constexpr double kInset = 1e-6;
    const double w = map_.width - kInset, h = map_.height - kInset;
    const auto lon = [&](double x, double y) { return lonlat_at(x, y)->lon_deg; };
    const auto lat = [&](double x, double y) { return lonlat_at(x, y)->lat_deg; };
    const double lat_per_px = std::abs(lat(w / 2, kInset) - lat(w / 2, h)) / map_.height;
    const double lon_per_px = std::abs(lon(w, h / 2) - lon(kInset, h / 2)) / map_.width;
    const double lat_step = nice_below(190.0 * lat_per_px);
    const double lon_step = nice_below(190.0 * lon_per_px);
    const double lon_min = std::min(lon(kInset, kInset), lon(kInset, h));
    const double lon_max = std::max(lon(w, kInset), lon(w, h));
    const double lat_min = std::min(lat(kInset, h), lat(w, h));
    const double lat_max = std::max(lat(kInset, kInset), lat(w, kInset));

    const auto label = [](double value, const char* positive, const char* negative) {
      const double shown = std::round(std::abs(value) * 1e6) / 1e6;
      return number_text(shown) + "°" + (shown == 0.0 ? "" : value > 0 ? positive : negative);
    };
    const TextStyle style{.size = 12.5, .colour = kFaintInk};
    cairo_t* cr = pen_->cr();
    const auto trace = [&](auto point_at) {
      cairo_set_line_width(cr, 0.8);
      pen_->set_colour({0.1, 0.15, 0.25}, 0.22);
      constexpr int kPieces = 32;
      bool drawing = false;
      for (int i = 0; i <= kPieces; ++i) {
        const std::optional<std::pair<double, double>> p =
            point_at(kInset + static_cast<double>(i) / kPieces * (1.0 - kInset));
        if (p && drawing) cairo_line_to(cr, map_.x + p->first, map_.y + p->second);
        if (p && !drawing) cairo_move_to(cr, map_.x + p->first, map_.y + p->second);
        drawing = p.has_value();
      }
      cairo_stroke(cr);
    };
    const auto tick = [&](double x0, double y0, double x1, double y1) {
      pen_->set_colour(kFrame);
      cairo_set_line_width(cr, 1.2);
      pen_->line(map_.x + x0, map_.y + y0, map_.x + x1, map_.y + y1);
    };
    for (double k = std::ceil(lon_min / lon_step); k * lon_step <= lon_max; ++k) {
      const double value = k * lon_step;
      const auto x_at = [&](double y) {
        return crossing([&](double x) { return lon(x, y); }, w, value);
      };
      trace([&](double t) -> std::optional<std::pair<double, double>> {
        const std::optional<double> x = x_at(t * h);
        if (!x) return std::nullopt;
        return std::pair(*x, t * h);
      });
      if (const std::optional<double> x = x_at(h)) {
        tick(*x, map_.height, *x, map_.height + 6);
        const std::string text = label(value, "E", "W");
        const TextSize size = pen_->measure(text, style);
        pen_->text(map_.x + *x - size.width / 2, map_.y + map_.height + 8, text, style);
      }
    }
    for (double k = std::ceil(lat_min / lat_step); k * lat_step <= lat_max; ++k) {
      const double value = k * lat_step;
      const auto y_at = [&](double x) {
        return crossing([&](double y) { return lat(x, y); }, h, value);
      };
      trace([&](double t) -> std::optional<std::pair<double, double>> {
        const std::optional<double> y = y_at(t * w);
        if (!y) return std::nullopt;
        return std::pair(t * w, *y);
      });
      if (const std::optional<double> y = y_at(kInset)) {
        tick(-6, *y, 0, *y);
        const std::string text = label(value, "N", "S");
        const TextSize size = pen_->measure(text, style);
        pen_->text(map_.x - 9 - size.width, map_.y + *y - size.height / 2, text, style);
      }
    }
  }

  void draw_synthetic_badge() {
    if (!picture_.synthetic_terrain) return;
    const TextStyle style{
        .size = 16, .bold = true, .colour = kWhite, .max_width = std::max(map_.width - 40, 60.0)};
    const std::string text = "SYNTHETIC TERRAIN · 合成地形";
    const TextSize size = pen_->measure(text, style);
    badge_ = {map_.x + 10, map_.y + 10, size.width + 20, size.height + 12};
    pen_->fill_box(badge_.x, badge_.y, badge_.width, badge_.height, kWarning, 0.92);
    pen_->text(badge_.x + 10, badge_.y + 6, text, style);
  }

  void site_symbol(double x, double y, double size) {
    cairo_t* cr = pen_->cr();
    cairo_move_to(cr, x, y - size);
    cairo_line_to(cr, x + 0.87 * size, y + 0.6 * size);
    cairo_line_to(cr, x - 0.87 * size, y + 0.6 * size);
    cairo_close_path(cr);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    pen_->set_colour(kWhite);
    cairo_set_line_width(cr, 3.2);
    cairo_stroke_preserve(cr);
    pen_->set_colour({0.80, 0.07, 0.20});
    cairo_fill(cr);
  }

  void draw_sites() {
    const double size = picture_.sites.size() > 300 ? 4.0 : picture_.sites.size() > 80 ? 6.0 : 8.0;
    std::vector<Box> taken;
    if (picture_.synthetic_terrain) taken.push_back(badge_);
    std::vector<std::pair<double, double>> at;
    for (const PictureSite& site : picture_.sites) {
      const double x = map_.x + (site.position.x_m - picture_.grid.top_left.x_m) / metres_per_px_;
      const double y = map_.y + (picture_.grid.top_left.y_m - site.position.y_m) / metres_per_px_;
      at.emplace_back(x, y);
      taken.push_back({x - size - 1, y - size - 1, 2 * size + 2, 2 * size + 2});
    }
    cairo_save(pen_->cr());
    cairo_rectangle(pen_->cr(), map_.x, map_.y, map_.width, map_.height);
    cairo_clip(pen_->cr());
    for (const auto& [x, y] : at) site_symbol(x, y, size);
    const TextStyle style{.size = 13.5, .bold = true, .colour = kInk, .halo = 2.0};
    const auto place = [&](const std::string& text, double x, double y) {
      if (text.empty()) return false;
      const TextSize t = pen_->measure(text, style);
      const double off = size + 5;
      const std::array<std::pair<double, double>, 6> corners = {
          {{x + off, y - t.height / 2},
           {x - off - t.width, y - t.height / 2},
           {x + off, y - t.height},
           {x + off, y},
           {x - off - t.width, y - t.height},
           {x - off - t.width, y}}};
      for (const auto& [left, top] : corners) {
        const Box box{left, top, t.width, t.height};
        if (!box.inside(map_)) continue;
        if (std::any_of(taken.begin(), taken.end(),
                        [&](const Box& other) { return box.overlaps(other); })) {
          continue;
        }
        pen_->text(left, top, text, style);
        taken.push_back(box);
        return true;
      }
      return false;
    };
    for (std::size_t i = 0; i < at.size(); ++i) {
      const auto [x, y] = at[i];
      const PictureSite& site = picture_.sites[i];
      if (!place(site.label, x, y)) place(site.short_label, x, y);
    }
    cairo_restore(pen_->cr());
  }

  /// Draws legend, keys and scale; returns the y below them.
  double draw_panel(const GroundImage& ground) {
    if (!panel_below_) {
      double y = draw_classes(panel_.x, panel_.y, panel_.width) + 14;
      y = draw_keys(ground, panel_.x, y) + 20;
      return draw_scale(ground, panel_.x, y, panel_.width);
    }
    const double classes_width = 0.32 * panel_.width;
    const double keys_x = panel_.x + classes_width + 70;
    const double scale_x = keys_x + 0.22 * panel_.width + 20;
    const double a = draw_classes(panel_.x, panel_.y, classes_width);
    const double b = draw_keys(ground, keys_x, panel_.y + 26);
    const double c = draw_scale(ground, scale_x, panel_.y + 26, panel_.x + panel_.width - scale_x);
    return std::max({a, b, c});
  }

  double draw_classes(double x, double y, double width) {
    const TextStyle heading{.size = 15, .bold = true, .colour = kInk};
    TextStyle share_heading{.size = 13, .colour = kFaintInk, .align_right = true};
    const double top = pen_->text(x, y, picture_.legend_title, heading).height;
    pen_->text(x + width, y + 2, picture_.share_heading, share_heading);
    y += top + 6;
    const std::vector<Rgb> colours = picture_colours(picture_.classes);
    for (std::size_t i = 0; i < picture_.classes.size(); ++i) {
      const PictureClass& c = picture_.classes[i];
      const Rgb shown{kLandColour.r + kCoverageOpacity * (colours[i].r - kLandColour.r),
                      kLandColour.g + kCoverageOpacity * (colours[i].g - kLandColour.g),
                      kLandColour.b + kCoverageOpacity * (colours[i].b - kLandColour.b)};
      const TextStyle share{.size = 16, .bold = true, .colour = kInk, .align_right = true};
      const double share_width = pen_->text(x + width, y, percent_text(c.share), share).width;
      double bottom = y;
      bottom +=
          pen_->text(x + 50, bottom,
                     c.caption.empty() ? "≥ " + signed_text(c.threshold_dbm) + " dBm" : c.caption,
                     {.size = 15, .colour = kInk})
              .height;
      if (const std::string name = both(c.label); !name.empty()) {
        bottom += pen_->text(x + 50, bottom, name,
                             {.size = 13,
                              .colour = kFaintInk,
                              .max_width = width - 50 - 8 - (panel_below_ ? share_width : 0.0)})
                      .height;
      }
      const double swatch = std::max(bottom - y, 22.0);
      pen_->fill_box(x, y, 38, swatch, shown);
      pen_->outline_box(x + 0.5, y + 0.5, 37, swatch - 1, kFrame, 0.6);
      y += swatch + 5;
    }
    return y;
  }

  double draw_keys(const GroundImage& ground, double x, double y) {
    const TextStyle style{.size = 13.5, .colour = kInk};
    const auto row = [&](const std::string& text, auto draw_swatch) {
      draw_swatch(y);
      const double height = pen_->text(x + 50, y + 1, text, style).height;
      y += std::max(height, 20.0) + 6;
    };
    const auto plain = [&](Rgb colour) {
      return [this, x, colour](double top) {
        pen_->fill_box(x, top, 38, 20, colour);
        pen_->outline_box(x + 0.5, top + 0.5, 37, 19, kFrame, 0.6);
      };
    };
    row(!picture_.below_caption.empty() ? picture_.below_caption
        : picture_.classes.empty()
            ? std::string("land  陆地")
            : "below " + signed_text(picture_.classes.back().threshold_dbm) + " dBm  低于门限",
        plain(kLandColour));
    if (ground.any_sea) {
      row(picture_.below_caption.empty() ? "sea, below threshold  海域，低于门限"
                                         : "the same at sea  海域，同上",
          plain(kSeaColour));
    }
    if (ground.any_no_data) {
      row("no terrain data  无地形数据", [&](double top) {
        for (int py = 0; py < 20; ++py) {
          for (int px = 0; px < 38; ++px) {
            pen_->fill_box(std::floor(x) + px, std::floor(top) + py, 1, 1,
                           hatched(px, py) ? kNoDataDark : kNoDataLight);
          }
        }
        pen_->outline_box(x + 0.5, top + 0.5, 37, 19, kFrame, 0.6);
      });
    }
    if (!picture_.sites.empty()) {
      row("site  站点", [&](double top) { site_symbol(x + 19, top + 11, 8); });
    }
    return y;
  }

  /// Angle of true north from straight up, clockwise, at the centre of the map.
  double north_angle_rad() const {
    const double x = map_.width / 2, y = map_.height / 2;
    const double step = std::min(x, y) / 8;
    const std::optional<LonLat> centre = lonlat_at(x, y);
    if (!centre) return 0.0;
    // The gradient of latitude points north on a conformal map.
    const double east = lonlat_at(x + step, y)->lat_deg - lonlat_at(x - step, y)->lat_deg;
    const double up = lonlat_at(x, y - step)->lat_deg - lonlat_at(x, y + step)->lat_deg;
    return std::atan2(east, up);
  }

  double draw_scale(const GroundImage& ground, double x, double y, double width) {
    cairo_t* cr = pen_->cr();
    constexpr double kArrowRoom = 60.0;
    const double room_m = std::min(width - kArrowRoom - 30, 260.0) * metres_per_px_;
    const double length_m = nice_below(room_m);
    const double length = length_m / metres_per_px_;
    const double bar_y = y + 30;
    for (int i = 0; i < 4; ++i) {
      pen_->fill_box(x + i * length / 4, bar_y, length / 4, 7, i % 2 == 0 ? kInk : kWhite);
    }
    pen_->outline_box(x, bar_y, length, 7, kInk, 1.0);
    const TextStyle style{.size = 12.5, .colour = kInk};
    const bool in_km = length_m >= 1000.0;
    const auto distance = [&](double m) { return number_text(in_km ? m / 1000.0 : m); };
    pen_->text(x, bar_y - 19, "0", style);
    const std::string half = distance(length_m / 2);
    pen_->text(x + length / 2 - pen_->measure(half, style).width / 2, bar_y - 19, half, style);
    const std::string whole = distance(length_m);
    const double whole_x = x + length - pen_->measure(whole, style).width / 2;
    pen_->text(whole_x, bar_y - 19, whole + (in_km ? " km" : " m"), style);

    cairo_save(cr);
    const double arrow_x = panel_below_ ? x + length + 90 : x + width - kArrowRoom / 2;
    cairo_translate(cr, arrow_x, y + 32);
    cairo_rotate(cr, north_angle_rad());
    for (const double side : {-1.0, 1.0}) {
      cairo_move_to(cr, 0, -18);
      cairo_line_to(cr, side * 11, 16);
      cairo_line_to(cr, 0, 9);
      cairo_close_path(cr);
      pen_->set_colour(side < 0 ? kInk : kWhite);
      cairo_fill_preserve(cr);
      pen_->set_colour(kInk);
      cairo_set_line_width(cr, 1.2);
      cairo_stroke(cr);
    }
    const TextStyle north{.size = 14, .bold = true, .colour = kInk};
    pen_->text(-pen_->measure("N", north).width / 2, -38, "N", north);
    cairo_restore(cr);

    y = bar_y + 24;
    const TextStyle note{.size = 12, .colour = kFaintInk, .max_width = width};
    std::string text = "Made with Yonder.";
    if (ground.relief_exaggeration > 1.0) {
      text = "Relief shading " + number_text(ground.relief_exaggeration) +
             " times steeper than true. " + text;
    }
    return y + pen_->text(x, y, text, note).height;
  }

  const CoveragePicture& picture_;
  Pen* pen_ = nullptr;
  bool panel_below_ = false;
  double page_width_ = 0.0;
  double metres_per_px_ = 1.0;
  Box map_;
  Box panel_;
  Box badge_;
};

}  // namespace

void write_coverage_picture(const CoveragePicture& picture, const std::filesystem::path& file) {
  YONDER_EXPECTS(picture.grid.columns > 0 && picture.grid.rows > 0);
  Composer(picture).write(file);
}

}  // namespace yonder::scenarios
