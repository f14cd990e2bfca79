#include "scenarios/line_chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <span>

#include "core/contracts.h"
#include "core/text.h"
#include "scenarios/picture_pen.h"

namespace yonder::scenarios {
namespace {

constexpr Rgb hex(unsigned rgb) {
  return {(rgb >> 16) / 255.0, (rgb >> 8 & 0xFF) / 255.0, (rgb & 0xFF) / 255.0};
}

constexpr Rgb kInk = hex(0x222222);
constexpr Rgb kFaintInk = hex(0x666666);
constexpr Rgb kFrame = hex(0x444444);
constexpr Rgb kGrid = hex(0xDDDDDD);
constexpr Rgb kReference = hex(0x777777);

// The "vibrant" scheme of P. Tol, "Colour schemes", SRON 2021, whose colours readers with any form
// of colour blindness tell apart; with black in place of its grey.
constexpr auto kColours =
    std::to_array<Rgb>({hex(0x0077BB), hex(0xEE7733), hex(0x009988), hex(0xEE3377), hex(0x33BBEE),
                        hex(0xCC3311), hex(0x000000)});

constexpr double kWidth = 760.0;
constexpr double kPlotHeight = 320.0;
constexpr double kMargin = 16.0;
constexpr double kLegendWidth = 196.0;
constexpr double kLeftLabels = 62.0;
constexpr double kSample = 26.0;  ///< length of a line in the legend
constexpr double kLineWidth = 2.2;

/// Where a value lies between the ends of its axis, 0 to 1.
struct Scale {
  double low = 0.0, high = 1.0;
  bool logarithmic = false;

  double at(double value) const {
    return logarithmic ? std::log(value / low) / std::log(high / low)
                       : (value - low) / (high - low);
  }
};

std::string tick_text(double value) {
  return value < 0.0 ? "\u2212" + number_text(-value) : number_text(value);
}

/// Rounds each channel to a multiple of 17, as the lines' own colours are: only the smooth edges
/// change, invisibly, and the file becomes half as large.
void round_colours(cairo_t* cr) {
  cairo_surface_t* surface = cairo_get_target(cr);
  cairo_surface_flush(surface);
  unsigned char* bytes = cairo_image_surface_get_data(surface);
  const auto count = static_cast<std::ptrdiff_t>(cairo_image_surface_get_stride(surface)) *
                     cairo_image_surface_get_height(surface);
  std::transform(bytes, bytes + count, bytes, [](unsigned char value) {
    return static_cast<unsigned char>((value + 8) / 17 * 17);
  });
  cairo_surface_mark_dirty(surface);
}

class ChartComposer {
 public:
  explicit ChartComposer(const LineChart& chart) : chart_(chart) {
    x_ = {chart.x.front(), chart.x.back(), chart.x_logarithmic};
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const ChartLine& line : chart.lines) {
      for (const double value : line.values) {
        if (std::isnan(value)) continue;
        low = std::min(low, value);
        high = std::max(high, value);
      }
    }
    YONDER_EXPECTS(low <= high);
    const double room = high > low ? 0.04 * (high - low) : 0.5;
    y_ = {low - room, high + room, false};
    order_legend();
  }

  void write(const std::filesystem::path& file) {
    // How texts wrap sets the height: measured on a first, small sheet.
    Pen sheet(1, 1);
    pen_ = &sheet;
    const double height = draw();
    Pen page(static_cast<int>(kWidth), static_cast<int>(std::ceil(height)));
    pen_ = &page;
    draw();
    round_colours(page.cr());
    page.write_png(file);
  }

 private:
  /// Returns the height of the page.
  double draw() {
    double y = kMargin - 4.0;
    const double width = kWidth - 2 * kMargin;
    const auto row = [&](const std::string& text, TextStyle style, double gap) {
      if (text.empty()) return;
      style.max_width = width;
      y += pen_->text(kMargin, y, text, style).height + gap;
    };
    row(chart_.title, {.size = 17, .bold = true, .colour = kInk}, 2);
    row(chart_.subtitle, {.size = 12.5, .colour = kFaintInk}, 3);
    row(chart_.y_title, {.size = 12.5, .colour = kInk}, 0);
    top_ = std::round(y + 8.0);
    left_ = kMargin + kLeftLabels - 20.0;
    width_ = kWidth - left_ - kLegendWidth - kMargin - 12.0;
    height_ = kPlotHeight;
    draw_grid();
    draw_lines();
    pen_->outline_box(left_ + 0.5, top_ + 0.5, width_, height_, kFrame, 1.0);
    const double legend_end = draw_legend();
    y = top_ + height_ + 24.0;
    const TextStyle title{.size = 12.5, .colour = kInk};
    const TextSize size = pen_->measure(chart_.x_title, title);
    pen_->text(left_ + 0.5 * (width_ - size.width), y, chart_.x_title, title);
    y = std::max(y + size.height, legend_end) + 8.0;
    for (const std::string& note : chart_.notes) {
      row(note, {.size = 11.5, .colour = kFaintInk}, 2);
    }
    return y + kMargin - 6.0;
  }

  double page_x(double value) const { return left_ + width_ * x_.at(value); }
  double page_y(double value) const { return top_ + height_ * (1.0 - y_.at(value)); }

  void draw_grid() {
    const TextStyle style{.size = 12, .colour = kInk};
    cairo_set_line_width(pen_->cr(), 1.0);
    double free_from = -1e9;
    const auto ticks =
        x_.logarithmic ? logarithmic_ticks(x_.low, x_.high) : linear_ticks(x_.low, x_.high, 8);
    for (const double tick : ticks) {
      const double x = std::round(page_x(tick)) + 0.5;
      pen_->set_colour(kGrid);
      pen_->line(x, top_, x, top_ + height_);
      const std::string text = tick_text(tick);
      const TextSize size = pen_->measure(text, style);
      if (x - 0.5 * size.width < free_from) continue;
      pen_->text(x - 0.5 * size.width, top_ + height_ + 5.0, text, style);
      free_from = x + 0.5 * size.width + 6.0;
    }
    for (const double tick : linear_ticks(y_.low, y_.high, 8)) {
      const double y = std::round(page_y(tick)) + 0.5;
      pen_->set_colour(kGrid);
      pen_->line(left_, y, left_ + width_, y);
      const std::string text = tick_text(tick);
      const TextSize size = pen_->measure(text, style);
      pen_->text(left_ - 6.0 - size.width, y - 0.5 * size.height, text, style);
    }
  }

  Rgb colour_of(std::size_t line) const {
    return chart_.lines[line].is_reference ? kReference : kColours[rank_[line] % kColours.size()];
  }

  void choose_stroke(std::size_t line) {
    cairo_t* cr = pen_->cr();
    pen_->set_colour(colour_of(line));
    const bool thin = chart_.lines[line].is_reference;
    cairo_set_line_width(cr, thin ? 1.1 : kLineWidth);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    static constexpr auto kDashes = std::to_array<double>({7.0, 4.0});
    static constexpr auto kDots = std::to_array<double>({2.0, 3.0});
    const std::size_t round = thin ? 0 : rank_[line] / kColours.size();
    const std::span<const double> pattern = round == 0   ? std::span<const double>()
                                            : round == 1 ? std::span<const double>(kDashes)
                                                         : std::span<const double>(kDots);
    cairo_set_dash(cr, pattern.data(), static_cast<int>(pattern.size()), 0.0);
  }

  void draw_lines() {
    cairo_t* cr = pen_->cr();
    cairo_save(cr);
    cairo_rectangle(cr, left_, top_, width_, height_);
    cairo_clip(cr);
    for (const bool references : {true, false}) {
      for (std::size_t line = 0; line < chart_.lines.size(); ++line) {
        if (chart_.lines[line].is_reference == references) draw_line(line);
      }
    }
    cairo_restore(cr);
  }

  /// A number between two gaps becomes a dot.
  void draw_line(std::size_t line) {
    cairo_t* cr = pen_->cr();
    const std::vector<double>& values = chart_.lines[line].values;
    const auto is_gap = [&](std::size_t i) { return i >= values.size() || std::isnan(values[i]); };
    choose_stroke(line);
    cairo_new_path(cr);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (is_gap(i)) continue;
      const bool begins = i == 0 || is_gap(i - 1);
      if (begins) {
        cairo_move_to(cr, page_x(chart_.x[i]), page_y(values[i]));
      } else {
        cairo_line_to(cr, page_x(chart_.x[i]), page_y(values[i]));
      }
    }
    cairo_stroke(cr);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (is_gap(i) || !(i == 0 || is_gap(i - 1)) || !is_gap(i + 1)) continue;
      cairo_arc(cr, page_x(chart_.x[i]), page_y(values[i]), 3.0, 0.0, 6.2832);
      cairo_fill(cr);
    }
    cairo_set_dash(cr, nullptr, 0, 0.0);
  }

  /// Colours follow the order given; the legend follows the lines' right ends, top to bottom.
  void order_legend() {
    std::size_t next = 0;
    for (const ChartLine& line : chart_.lines) rank_.push_back(line.is_reference ? 0 : next++);
    legend_.resize(chart_.lines.size());
    std::iota(legend_.begin(), legend_.end(), std::size_t{0});
    const auto end_of = [&](std::size_t line) {
      const std::vector<double>& values = chart_.lines[line].values;
      const auto it = std::find_if(values.rbegin(), values.rend(),
                                   [](double value) { return !std::isnan(value); });
      return it == values.rend() ? -std::numeric_limits<double>::infinity() : *it;
    };
    std::stable_sort(legend_.begin(), legend_.end(),
                     [&](std::size_t a, std::size_t b) { return end_of(a) > end_of(b); });
  }

  /// Returns the y below it.
  double draw_legend() {
    const double x = left_ + width_ + 14.0;
    double y = top_;
    for (const std::size_t line : legend_) {
      choose_stroke(line);
      pen_->line(x, y + 9.0, x + kSample, y + 9.0);
      cairo_set_dash(pen_->cr(), nullptr, 0, 0.0);
      const double text_x = x + kSample + 7.0;
      const double room = kWidth - kMargin - text_x + 8.0;
      const ChartLine& one = chart_.lines[line];
      y +=
          pen_->text(text_x, y, one.name, {.size = 12.5, .colour = kInk, .max_width = room}).height;
      if (!one.detail.empty()) {
        y += pen_->text(text_x, y, one.detail, {.size = 11, .colour = kFaintInk, .max_width = room})
                 .height;
      }
      y += 6.0;
    }
    return y;
  }

  const LineChart& chart_;
  Scale x_, y_;
  std::vector<std::size_t> rank_;    ///< of each line among those that are no references
  std::vector<std::size_t> legend_;  ///< lines in the order of the legend
  Pen* pen_ = nullptr;
  double left_ = 0.0, top_ = 0.0, width_ = 0.0, height_ = 0.0;
};

}  // namespace

std::vector<double> linear_ticks(double low, double high, int count) {
  YONDER_EXPECTS(low < high && count > 0);
  const double raw = (high - low) / count;
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  double step = 10.0 * power;
  for (const double digit : {5.0, 2.0, 1.0}) {
    if (digit * power >= raw * (1.0 - 1e-9)) step = digit * power;
  }
  std::vector<double> ticks;
  const double slack = 1e-9 * (high - low);
  for (double k = std::ceil((low - slack) / step); k * step <= high + slack; k += 1.0) {
    ticks.push_back(k == 0.0 ? 0.0 : k * step);
  }
  return ticks;
}

std::vector<double> logarithmic_ticks(double low, double high) {
  YONDER_EXPECTS(0.0 < low && low < high);
  const double decades = std::log10(high / low);
  const std::vector<double> digits = decades <= 3.2   ? std::vector<double>{1.0, 2.0, 5.0}
                                     : decades <= 5.2 ? std::vector<double>{1.0, 3.0}
                                                      : std::vector<double>{1.0};
  std::vector<double> ticks;
  for (double power = std::floor(std::log10(low)); power <= std::log10(high) + 1e-9; power += 1.0) {
    for (const double digit : digits) {
      const double tick = digit * std::pow(10.0, power);
      if (tick >= low * (1.0 - 1e-9) && tick <= high * (1.0 + 1e-9)) ticks.push_back(tick);
    }
  }
  // Less than a decade may hold too few of them.
  return ticks.size() >= 3 ? ticks : linear_ticks(low, high, 6);
}

void write_line_chart(const LineChart& chart, const std::filesystem::path& file) {
  ChartComposer(chart).write(file);
}

}  // namespace yonder::scenarios
