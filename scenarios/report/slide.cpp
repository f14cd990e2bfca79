#include "scenarios/report/slide.h"

#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "scenarios/picture_ground.h"
#include "scenarios/picture_pen.h"

namespace yonder::scenarios {
namespace {

// The page's own units; both formats are scaled from them.
constexpr double kWidth = 1280.0;
constexpr double kHeight = 720.0;
constexpr double kMargin = 44.0;
constexpr double kGap = 32.0;

constexpr Rgb kInk{0.114, 0.153, 0.200};
constexpr Rgb kFaint{0.357, 0.400, 0.451};
constexpr Rgb kLine{0.875, 0.890, 0.910};
constexpr Rgb kAccent{0.043, 0.361, 0.541};
constexpr Rgb kWarnInk{0.36, 0.23, 0.0};
constexpr Rgb kWarnBack{1.0, 0.965, 0.898};
constexpr Rgb kWarnEdge{0.88, 0.63, 0.19};
constexpr Rgb kWhite{1.0, 1.0, 1.0};

struct Box {
  double x = 0.0, y = 0.0, width = 0.0, height = 0.0;
};

double nice_below(double limit) {
  const double power = std::pow(10.0, std::floor(std::log10(limit)));
  for (const double digit : {5.0, 2.0, 1.0}) {
    if (digit * power <= limit * (1.0 + 1e-9)) return digit * power;
  }
  return power;
}

/// Shares of a table's width by column.
std::vector<double> column_shares(const SlideTable& table) {
  if (table.text_columns == 2) return {0.33, 0.47, 0.20};
  const std::size_t count = table.head.size();
  const double first = count > 3 ? 0.40 : 0.48;
  std::vector<double> shares(count, (1.0 - first) / static_cast<double>(count - 1));
  shares.front() = first;
  return shares;
}

/// Draws one slide with a pen, from top to bottom.
class Composer {
 public:
  /// `sharpness`: pixels of the map's image a unit of the page.
  Composer(const SlideContent& content, Pen& pen, double sharpness)
      : content_(content), pen_(pen), sharpness_(sharpness) {}

  void draw() {
    const double top = draw_title() + 16.0;
    const bool has_map = content_.picture.grid.columns > 0;
    Box left{kMargin, top, 0.0, kHeight - 56.0 - top};
    if (has_map) {
      // A narrow map leaves its room to the figures.
      constexpr double kNarrowest = 300.0;
      const double legend = 12.0 + draw_legend({left.x, 0.0, kNarrowest, 0.0}, false);
      const Grid& grid = content_.picture.grid;
      const double aspect = static_cast<double>(grid.columns) / grid.rows;
      left.width = std::clamp((left.height - legend) * aspect, kNarrowest, 640.0);
      draw_map({left.x, left.y, left.width, left.height - legend});
    }
    const double x = has_map ? left.x + left.width + kGap : kMargin;
    const Box right{x, top, kWidth - kMargin - x, left.height};
    double y = draw_figures(right) + 20.0;
    const double warnings_top = draw_warnings(right);
    draw_table({right.x, y, right.width, warnings_top - 14.0 - y});
    draw_footer();
  }

 private:
  double draw_title() {
    pen_.fill_box(kMargin, 30.0, 44.0, 4.0, kAccent);
    double y = 40.0;
    const double width = kWidth - 2.0 * kMargin;
    y += pen_.text(kMargin, y, content_.title.en,
                   {.size = 27, .bold = true, .colour = kInk, .max_width = width})
             .height;
    if (!content_.title.zh.empty()) {
      y += pen_.text(kMargin, y, content_.title.zh,
                     {.size = 18, .colour = kFaint, .max_width = width})
               .height;
    }
    if (!content_.variant.empty()) {
      y += pen_.text(kMargin, y + 3.0, "Variant 方案: " + content_.variant,
                     {.size = 14, .bold = true, .colour = kAccent, .max_width = width})
               .height +
           3.0;
    }
    return y;
  }

  /// The map in the middle of its box, legend below.
  void draw_map(const Box& box) {
    const CoveragePicture& picture = content_.picture;
    const double aspect = static_cast<double>(picture.grid.columns) / picture.grid.rows;
    Box map = box;
    if (aspect > box.width / box.height) {
      map.height = box.width / aspect;
    } else {
      map.width = box.height * aspect;
      map.x += 0.5 * (box.width - map.width);
    }
    const GroundImage image =
        paint_ground(picture, std::max(1, static_cast<int>(map.width * sharpness_)),
                     std::max(1, static_cast<int>(map.height * sharpness_)));
    pen_.image_into(map.x, map.y, map.width, map.height, image);
    cairo_t* cr = pen_.cr();
    cairo_save(cr);
    cairo_rectangle(cr, map.x, map.y, map.width, map.height);
    cairo_clip(cr);
    const double scale = map.width / (picture.grid.columns * picture.grid.pixel_size_m);
    const auto at = [&](MapPoint point) {
      return std::pair(map.x + (point.x_m - picture.grid.top_left.x_m) * scale,
                       map.y + (picture.grid.top_left.y_m - point.y_m) * scale);
    };
    for (const std::vector<MapPoint>& route : content_.routes) {
      for (const auto& [colour, width] : {std::pair(kWhite, 3.4), std::pair(kInk, 1.4)}) {
        bool first = true;
        for (const MapPoint& point : route) {
          const auto [x, y] = at(point);
          first ? cairo_move_to(cr, x, y) : cairo_line_to(cr, x, y);
          first = false;
        }
        pen_.set_colour(colour);
        cairo_set_line_width(cr, width);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke(cr);
      }
    }
    const double radius = picture.sites.size() > 80 ? 1.8 : 3.0;
    for (const PictureSite& site : picture.sites) {
      const auto [x, y] = at(site.position);
      cairo_arc(cr, x, y, radius, 0.0, 6.2831853071795865);
      pen_.set_colour(kWhite);
      cairo_fill_preserve(cr);
      pen_.set_colour(kInk);
      cairo_set_line_width(cr, 1.4);
      cairo_stroke(cr);
    }
    draw_scale_bar(map, scale);
    cairo_restore(cr);
    pen_.outline_box(map.x, map.y, map.width, map.height, kLine, 1.0);
    if (picture.synthetic_terrain) {
      const TextStyle style{.size = 11, .bold = true, .colour = kWhite};
      const std::string text = "SYNTHETIC TERRAIN 合成地形";
      const TextSize size = pen_.measure(text, style);
      pen_.fill_box(map.x + 6, map.y + 6, size.width + 12, size.height + 6, {0.70, 0.28, 0.02});
      pen_.text(map.x + 12, map.y + 9, text, style);
    }
    draw_legend({box.x, box.y + box.height + 8.0, box.width, 0.0}, true);
  }

  void draw_scale_bar(const Box& map, double scale) {
    const double length_m = nice_below(0.32 * map.width / scale);
    const double length = length_m * scale;
    const double x = map.x + 10.0, y = map.y + map.height - 12.0;
    const std::string text =
        length_m >= 1000.0 ? number_text(length_m / 1000.0) + " km" : number_text(length_m) + " m";
    pen_.text(x, y - 17.0, text, {.size = 11, .colour = kInk, .halo = 2.0});
    pen_.fill_box(x - 1, y - 1, length + 2, 5, kWhite);
    pen_.fill_box(x, y, length, 3, kInk);
  }

  /// Returns its height; draws it where asked to.
  double draw_legend(const Box& box, bool visible) {
    const TextStyle heading{.size = 11, .bold = true, .colour = kInk, .max_width = box.width};
    double y = box.y + pen_.measure(content_.map_title, heading).height + 3.0;
    if (visible) pen_.text(box.x, box.y, content_.map_title, heading);
    double x = box.x;
    const std::vector<Rgb> colours = picture_colours(content_.picture.classes);
    for (std::size_t i = 0; i < content_.picture.classes.size(); ++i) {
      const PictureClass& one = content_.picture.classes[i];
      char share[16];
      std::snprintf(share, sizeof share, "  %.1f %%", 100.0 * one.share);
      const std::string text = one.caption + share;
      const TextStyle style{.size = 10.5, .colour = kInk};
      const double width = 18.0 + pen_.measure(text, style).width + 16.0;
      if (x > box.x && x + width - 16.0 > box.x + box.width) {
        x = box.x;
        y += 17.0;
      }
      if (visible) {
        pen_.fill_box(x, y + 2.0, 12.0, 12.0, colours[i]);
        pen_.text(x + 18.0, y, text, style);
      }
      x += width;
    }
    return y + 17.0 - box.y;
  }

  double draw_figures(const Box& box) {
    const std::size_t count = content_.figures.size();
    if (count == 0) return box.y;
    const double width =
        (box.width - 18.0 * static_cast<double>(count - 1)) / static_cast<double>(count);
    double bottom = box.y;
    for (std::size_t i = 0; i < count; ++i) {
      const SlideFigure& figure = content_.figures[i];
      const double x = box.x + static_cast<double>(i) * (width + 18.0);
      double y = box.y;
      pen_.fill_box(x, y, width, 2.0, kInk);
      y += 8.0;
      y += pen_.text(x, y, figure.name, {.size = 13, .colour = kFaint, .max_width = width}).height;
      y += pen_.text(x, y, figure.value, {.size = 34, .bold = true, .colour = kInk}).height;
      y += pen_.text(x, y, figure.note, {.size = 11, .colour = kFaint, .max_width = width}).height;
      bottom = std::max(bottom, y);
    }
    return bottom;
  }

  /// From the page's foot upwards; returns the y above them.
  double draw_warnings(const Box& box) {
    constexpr std::size_t kShown = 3;
    const double bottom = box.y + box.height;
    if (content_.warnings.empty()) return bottom;
    const TextStyle style{.size = 11, .colour = kWarnInk, .max_width = box.width - 26.0};
    std::vector<std::string> texts(
        content_.warnings.begin(),
        content_.warnings.begin() +
            static_cast<std::ptrdiff_t>(std::min(kShown, content_.warnings.size())));
    if (content_.warnings.size() > kShown) {
      texts.push_back("… and " + std::to_string(content_.warnings.size() - kShown) +
                      " more in the report");
    }
    double height = 12.0;
    for (const std::string& text : texts) height += pen_.measure(text, style).height + 3.0;
    const double top = bottom - height;
    pen_.fill_box(box.x, top, box.width, height, kWarnBack);
    pen_.fill_box(box.x, top, 4.0, height, kWarnEdge);
    double y = top + 7.0;
    for (const std::string& text : texts) y += pen_.text(box.x + 16.0, y, text, style).height + 3.0;
    return top;
  }

  void draw_table(const Box& box) {
    const SlideTable& table = content_.table;
    if (table.rows.empty() || box.height < 60.0) return;
    double y = box.y;
    y += pen_.text(box.x, y, content_.table_title, {.size = 14, .bold = true, .colour = kInk})
             .height +
         4.0;
    const std::size_t texts = table.text_columns;
    std::vector<double> left = {box.x};  // of each column, and of what follows the last
    for (const double share : column_shares(table)) {
      left.push_back(left.back() + share * box.width);
    }
    const auto row = [&](const std::vector<std::string>& cells, bool is_head) {
      const double size = is_head ? 11.0 : 12.5;
      const auto style = [&](std::size_t i) {
        TextStyle one{
            .size = size, .bold = !is_head && i >= texts, .colour = is_head ? kFaint : kInk};
        one.max_width = left[i + 1] - left[i] - 10.0;
        one.align_right = i >= texts;
        return one;
      };
      double height = 0.0;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        height = std::max(height, pen_.measure(cells[i], style(i)).height);
      }
      if (y + height + 8.0 > box.y + box.height) return;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        pen_.text(left[i] + (i >= texts ? 10.0 : 0.0), y + 3.0, cells[i], style(i));
      }
      y += height + 6.0;
      pen_.fill_box(box.x, y, box.width, is_head ? 1.2 : 0.7, is_head ? kInk : kLine);
      y += 1.5;
    };
    row(table.head, true);
    for (const std::vector<std::string>& cells : table.rows) row(cells, false);
  }

  void draw_footer() {
    pen_.fill_box(kMargin, kHeight - 40.0, kWidth - 2.0 * kMargin, 0.8, kLine);
    pen_.text(kMargin, kHeight - 33.0, content_.footer,
              {.size = 10.5, .colour = kFaint, .max_width = kWidth - 2.0 * kMargin});
  }

  const SlideContent& content_;
  Pen& pen_;
  double sharpness_;
};

}  // namespace

std::string slide_pdf(const SlideContent& content) {
  std::string pdf;
  constexpr double kPoints = 960.0;
  Pen pen(kPoints, kPoints * kHeight / kWidth, pdf);
  cairo_scale(pen.cr(), kPoints / kWidth, kPoints / kWidth);
  Composer(content, pen, 2.0).draw();
  pen.finish_pdf();
  return pdf;
}

void write_slide_png(const SlideContent& content, const std::filesystem::path& file) {
  constexpr double kScale = 1.5;
  Pen pen(static_cast<int>(kWidth * kScale), static_cast<int>(kHeight * kScale));
  cairo_scale(pen.cr(), kScale, kScale);
  Composer(content, pen, kScale).draw();
  pen.write_png(file);
}

}  // namespace yonder::scenarios
