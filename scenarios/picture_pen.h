#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include <filesystem>
#include <memory>
#include <string>

#include "scenarios/picture_ground.h"

namespace yonder::scenarios {

/// Text of a picture. Sizes are in pixels.
struct TextStyle {
  double size = 14.0;
  bool bold = false;
  Rgb colour{0.13, 0.14, 0.16};
  double max_width = 0.0;  ///< wraps there; 0: one line
  bool align_right = false;
  double halo = 0.0;  ///< width of a white outline
};

struct TextSize {
  double width = 0.0;
  double height = 0.0;
};

/// An image being drawn: shapes and text over cairo and pango. Use from one thread.
class Pen {
 public:
  Pen(int width, int height);
  /// An image where nothing is drawn yet, not even a white ground.
  static Pen transparent(int width, int height);
  /// The one page of a PDF, in points, whose bytes are appended to `pdf` until finish_pdf().
  Pen(double width_pt, double height_pt, std::string& pdf);

  cairo_t* cr() const { return context_.get(); }
  void set_colour(Rgb colour, double opacity = 1.0);
  void fill_box(double x, double y, double width, double height, Rgb colour, double opacity = 1.0);
  void outline_box(double x, double y, double width, double height, Rgb colour, double line);
  void line(double x0, double y0, double x1, double y1);

  TextSize measure(const std::string& text, const TextStyle& style);
  /// Draws with the top left corner (top right, when aligned right) at x, y.
  TextSize text(double x, double y, const std::string& text, const TextStyle& style);
  /// Copies an image with its top left corner at x, y.
  void image(int x, int y, const GroundImage& image);

  /// Draws an image into a box, scaled.
  void image_into(double x, double y, double width, double height, const GroundImage& image);
  /// Completes a PDF. Throws std::runtime_error.
  void finish_pdf();

  /// The bytes of a PNG. Throws std::runtime_error.
  std::string png() const;
  /// Writes a PNG. Throws std::runtime_error, and then leaves no file.
  void write_png(const std::filesystem::path& file);

 private:
  template <auto Free>
  struct Release {
    template <typename T>
    void operator()(T* pointer) const {
      Free(pointer);
    }
  };

  explicit Pen(cairo_surface_t* surface);

  PangoLayout* laid_out(const std::string& text, const TextStyle& style);

  std::unique_ptr<cairo_surface_t, Release<cairo_surface_destroy>> surface_;
  std::unique_ptr<cairo_t, Release<cairo_destroy>> context_;
  std::unique_ptr<PangoFontMap, Release<g_object_unref>> fonts_;
  std::unique_ptr<PangoContext, Release<g_object_unref>> pango_;
  std::unique_ptr<PangoLayout, Release<g_object_unref>> layout_;
};

}  // namespace yonder::scenarios
