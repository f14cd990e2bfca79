#include "scenarios/panel_chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "core/contracts.h"
#include "core/text.h"
#include "scenarios/line_chart.h"
#include "scenarios/picture_pen.h"

namespace yonder::scenarios {
namespace {

constexpr Rgb hex(unsigned rgb) {
  return {(rgb >> 16) / 255.0, (rgb >> 8 & 0xFF) / 255.0, (rgb & 0xFF) / 255.0};
}

constexpr Rgb kInk = hex(0x222222);
constexpr Rgb kFaintInk = hex(0x666666);
constexpr Rgb kGrid = hex(0xE2E2E2);
constexpr Rgb kReference = hex(0x888888);
// As line_chart.cpp: P. Tol's "vibrant" scheme.
constexpr auto kColours = std::to_array<Rgb>(
    {hex(0x0077BB), hex(0xEE7733), hex(0x009988), hex(0xEE3377), hex(0x33BBEE), hex(0xCC3311)});
constexpr auto kShades = std::to_array<Rgb>({hex(0xB8B8B8), hex(0xC9DDF0), hex(0xEFE3C0)});

constexpr double kWidth = 1100.0;
constexpr double kMargin = 18.0;
constexpr double kLeft = 66.0;
constexpr double kLegend = 220.0;
constexpr double kPanelHeight = 150.0;
constexpr double kStripHeight = 18.0;

std::string tick_text(double value) {
  return value < 0.0 ? "\u2212" + number_text(-value) : number_text(value);
}

class Composer {
 public:
  explicit Composer(const PanelChart& chart) : chart_(chart) {
    YONDER_EXPECTS(chart.x.size() >= 2 && chart.x.front() < chart.x.back());
    for (const Panel& panel : chart.panels) {
      for (const PanelLine& line : panel.lines) remember(names_, line.name);
    }
    for (const Shade& shade : chart.shades) remember(shades_, shade.name);
  }

  void write(const std::filesystem::path& file) {
    // Texts set the height: measured on a first, small sheet.
    Pen sheet(1, 1);
    pen_ = &sheet;
    const double height = draw();
    Pen page(static_cast<int>(kWidth), static_cast<int>(std::ceil(height)));
    pen_ = &page;
    draw();
    page.write_png(file);
  }

 private:
  static void remember(std::vector<std::string>& names, const std::string& name) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  static std::size_t index_of(const std::vector<std::string>& names, const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  }
  Rgb line_colour(const std::string& name) const {
    return kColours[index_of(names_, name) % kColours.size()];
  }
  Rgb shade_colour(const std::string& name) const {
    return kShades[index_of(shades_, name) % kShades.size()];
  }

  double plot_width() const { return kWidth - kLeft - kLegend - kMargin; }
  double page_x(double x) const {
    return kLeft + plot_width() * (x - chart_.x.front()) / (chart_.x.back() - chart_.x.front());
  }

  double draw() {
    double y = kMargin - 4.0;
    y += pen_->text(kMargin, y, chart_.title,
                    {.size = 18, .bold = true, .colour = kInk, .max_width = kWidth - 2 * kMargin})
             .height;
    if (!chart_.subtitle.empty()) {
      y += 2.0 + pen_->text(kMargin, y + 2.0, chart_.subtitle,
                            {.size = 12.5, .colour = kFaintInk, .max_width = kWidth - 2 * kMargin})
                     .height;
    }
    y += 8.0;
    legend_y_ = y + 18.0;
    for (const Panel& panel : chart_.panels) y = draw_panel(panel, y);
    for (const Strip& strip : chart_.strips) y = draw_strip(strip, y);
    y = draw_axis(y);
    y = std::max(y, draw_legend()) + 6.0;
    for (const std::string& note : chart_.notes) {
      y += 2.0 + pen_->text(kMargin, y, note,
                            {.size = 11.5, .colour = kFaintInk, .max_width = kWidth - 2 * kMargin})
                     .height;
    }
    return y + kMargin - 6.0;
  }

  void draw_shades(double top, double height) {
    for (const Shade& shade : chart_.shades) {
      const double from = page_x(std::clamp(shade.from, chart_.x.front(), chart_.x.back()));
      const double to = page_x(std::clamp(shade.to, chart_.x.front(), chart_.x.back()));
      pen_->fill_box(from, top, std::max(1.5, to - from), height, shade_colour(shade.name),
                     shade.faint ? 0.3 : 0.8);
    }
  }

  void draw_x_grid(double top, double height) {
    cairo_set_line_width(pen_->cr(), 1.0);
    pen_->set_colour(kGrid);
    for (const double tick : linear_ticks(chart_.x.front(), chart_.x.back(), 10)) {
      const double x = std::round(page_x(tick)) + 0.5;
      pen_->line(x, top, x, top + height);
    }
  }

  /// Returns the y below it.
  double draw_panel(const Panel& panel, double y) {
    y += pen_->text(kLeft, y, panel.title, {.size = 12.5, .colour = kInk}).height + 2.0;
    const double top = std::round(y);
    draw_shades(top, kPanelHeight);
    draw_x_grid(top, kPanelHeight);
    double low = std::numeric_limits<double>::infinity(), high = -low;
    const auto widen = [&](double value) {
      if (std::isnan(value)) return;
      low = std::min(low, value);
      high = std::max(high, value);
    };
    for (const PanelLine& line : panel.lines) std::ranges::for_each(line.values, widen);
    std::ranges::for_each(panel.references, widen);
    if (low > high) low = 0.0, high = 1.0;
    const double room = high > low ? 0.05 * (high - low) : 0.5;
    low -= room;
    high += room;
    const auto page_y = [&](double value) {
      return top + kPanelHeight * (1.0 - (value - low) / (high - low));
    };
    for (const double tick : linear_ticks(low, high, 5)) {
      const double at = std::round(page_y(tick)) + 0.5;
      pen_->set_colour(kGrid);
      cairo_set_line_width(pen_->cr(), 1.0);
      pen_->line(kLeft, at, kLeft + plot_width(), at);
      const TextSize size = pen_->measure(tick_text(tick), {.size = 11.5});
      pen_->text(kLeft - 6.0, at - 0.5 * size.height, tick_text(tick),
                 {.size = 11.5, .colour = kInk, .align_right = true});
    }
    for (const double reference : panel.references) {
      pen_->set_colour(kReference);
      cairo_set_line_width(pen_->cr(), 1.2);
      constexpr std::array<double, 2> kDash = {5.0, 4.0};
      cairo_set_dash(pen_->cr(), kDash.data(), 2, 0.0);
      pen_->line(kLeft, page_y(reference), kLeft + plot_width(), page_y(reference));
      cairo_set_dash(pen_->cr(), nullptr, 0, 0.0);
    }
    for (const PanelLine& line : panel.lines) draw_line(line, page_y);
    pen_->outline_box(kLeft + 0.5, top + 0.5, plot_width(), kPanelHeight, kInk, 1.0);
    return top + kPanelHeight + 10.0;
  }

  template <typename PageY>
  void draw_line(const PanelLine& line, const PageY& page_y) {
    cairo_t* cr = pen_->cr();
    pen_->set_colour(line_colour(line.name));
    cairo_set_line_width(cr, 1.6);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_new_path(cr);
    bool down = false;
    for (std::size_t i = 0; i < line.values.size(); ++i) {
      if (std::isnan(line.values[i])) {
        down = false;
        continue;
      }
      const double x = page_x(chart_.x[i]), y = page_y(line.values[i]);
      if (down) {
        cairo_line_to(cr, x, y);
      } else {
        cairo_move_to(cr, x, y);
      }
      down = true;
    }
    cairo_stroke(cr);
  }

  double draw_strip(const Strip& strip, double y) {
    y += pen_->text(kLeft, y, strip.title, {.size = 12, .colour = kInk}).height + 1.0;
    const double top = std::round(y);
    for (std::size_t i = 0; i < strip.codes.size();) {
      std::size_t j = i;
      while (j < strip.codes.size() && strip.codes[j] == strip.codes[i]) ++j;
      const double from = i == 0 ? chart_.x[i] : 0.5 * (chart_.x[i - 1] + chart_.x[i]);
      const double to =
          j == chart_.x.size() ? chart_.x.back() : 0.5 * (chart_.x[j - 1] + chart_.x[j]);
      if (strip.codes[i] >= 0) {
        pen_->fill_box(page_x(from), top, std::max(0.6, page_x(to) - page_x(from)), kStripHeight,
                       strip.colours[static_cast<std::size_t>(strip.codes[i])].colour);
      }
      i = j;
    }
    pen_->outline_box(kLeft + 0.5, top + 0.5, plot_width(), kStripHeight, kInk, 1.0);
    return top + kStripHeight + 5.0;
  }

  double draw_axis(double y) {
    double free_from = -1e9, below = y;
    for (const double tick : linear_ticks(chart_.x.front(), chart_.x.back(), 10)) {
      const TextSize size = pen_->measure(tick_text(tick), {.size = 12});
      const double x = page_x(tick) - 0.5 * size.width;
      if (x < free_from) continue;
      pen_->text(x, y, tick_text(tick), {.size = 12, .colour = kInk});
      free_from = x + size.width + 6.0;
      below = y + size.height;
    }
    const TextSize size = pen_->measure(chart_.x_title, {.size = 12.5});
    pen_->text(kLeft + 0.5 * (plot_width() - size.width), below + 2.0, chart_.x_title,
               {.size = 12.5, .colour = kInk});
    return below + 2.0 + size.height;
  }

  void legend_row(Rgb colour, bool line, const std::string& text) {
    const double x = kWidth - kLegend - kMargin + 18.0;
    if (line) {
      pen_->set_colour(colour);
      cairo_set_line_width(pen_->cr(), 2.4);
      pen_->line(x, legend_y_ + 9.0, x + 20.0, legend_y_ + 9.0);
    } else {
      pen_->fill_box(x, legend_y_ + 2.0, 20.0, 13.0, colour);
      pen_->outline_box(x + 0.5, legend_y_ + 2.5, 20.0, 13.0, kFaintInk, 0.7);
    }
    legend_y_ += pen_->text(x + 27.0, legend_y_, text,
                            {.size = 12, .colour = kInk, .max_width = kLegend - 46.0})
                     .height +
                 4.0;
  }

  /// Lines, shades, and what colours of the strips occur. Returns the y below it.
  double draw_legend() {
    for (const std::string& name : names_) legend_row(line_colour(name), true, name);
    for (const std::string& name : shades_) legend_row(shade_colour(name), false, name);
    std::vector<std::string> shown;
    for (const Strip& strip : chart_.strips) {
      const std::set<int> used(strip.codes.begin(), strip.codes.end());
      for (auto code = used.rbegin(); code != used.rend(); ++code) {
        if (*code < 0) continue;
        const StripColour& one = strip.colours[static_cast<std::size_t>(*code)];
        if (std::ranges::find(shown, one.name) != shown.end()) continue;
        shown.push_back(one.name);
        legend_row(one.colour, false, one.name);
      }
    }
    return legend_y_;
  }

  const PanelChart& chart_;
  std::vector<std::string> names_, shades_;
  Pen* pen_ = nullptr;
  double legend_y_ = 0.0;
};

}  // namespace

void write_panel_chart(const PanelChart& chart, const std::filesystem::path& file) {
  Composer(chart).write(file);
}

}  // namespace yonder::scenarios
