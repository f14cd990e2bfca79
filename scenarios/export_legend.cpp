#include "scenarios/export_legend.h"

#include <algorithm>
#include <cmath>

#include "scenarios/picture_pen.h"

namespace yonder::scenarios {
namespace {

constexpr double kMargin = 10.0;
constexpr double kSwatch = 18.0;
constexpr double kRow = 24.0;
constexpr TextStyle kTitle{.size = 15.0, .bold = true};
constexpr TextStyle kText{.size = 13.0};
constexpr TextStyle kNote{.size = 11.0, .colour = {0.38, 0.40, 0.44}, .max_width = 240.0};

/// Draws and returns the size that is needed.
TextSize draw(Pen& pen, const std::string& title, const std::vector<LegendRow>& rows,
              const std::string& note) {
  const TextSize head = pen.text(kMargin, kMargin, title, kTitle);
  double width = head.width;
  double y = kMargin + head.height + 6.0;
  for (const LegendRow& row : rows) {
    const auto part = [&](std::size_t i) { return row.rgba[i] / 255.0; };
    pen.fill_box(kMargin, y + 2.0, kSwatch, kSwatch, {part(0), part(1), part(2)});
    const TextSize size = pen.text(kMargin + kSwatch + 8.0, y + 2.0, row.text, kText);
    width = std::max(width, kSwatch + 8.0 + size.width);
    y += kRow;
  }
  if (!note.empty()) {
    const TextSize size = pen.text(kMargin, y + 2.0, note, kNote);
    width = std::max(width, size.width);
    y += size.height + 4.0;
  }
  return {width + 2 * kMargin, y + kMargin - 4.0};
}

}  // namespace

std::string legend_png(const std::string& title, const std::vector<LegendRow>& rows,
                       const std::string& note) {
  Pen sheet(1, 1);  // to measure
  const TextSize size = draw(sheet, title, rows, note);
  Pen page(static_cast<int>(std::ceil(size.width)), static_cast<int>(std::ceil(size.height)));
  draw(page, title, rows, note);
  page.outline_box(0.5, 0.5, std::ceil(size.width) - 1.0, std::ceil(size.height) - 1.0,
                   {0.6, 0.62, 0.65}, 1.0);
  return page.png();
}

std::string site_icon_png() {
  constexpr int kSize = 32;
  Pen pen = Pen::transparent(kSize, kSize);
  const auto disc = [&](double radius, Rgb colour) {
    pen.set_colour(colour);
    cairo_arc(pen.cr(), kSize / 2.0, kSize / 2.0, radius, 0.0, 6.283185307179586);
    cairo_fill(pen.cr());
  };
  disc(13.0, {1.0, 1.0, 1.0});
  disc(10.0, {0.13, 0.14, 0.16});
  return pen.png();
}

}  // namespace yonder::scenarios
