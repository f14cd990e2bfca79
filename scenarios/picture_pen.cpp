#include "scenarios/picture_pen.h"

#include <cairo-pdf.h>

#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <new>
#include <stdexcept>
#include <system_error>

namespace yonder::scenarios {
namespace {

cairo_status_t write_bytes(void* stream, const unsigned char* data, unsigned int length) {
  return std::fwrite(data, 1, length, static_cast<std::FILE*>(stream)) == length
             ? CAIRO_STATUS_SUCCESS
             : CAIRO_STATUS_WRITE_ERROR;
}

cairo_status_t append_bytes(void* text, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Pen::Pen(int width, int height)
    : Pen(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)) {}

Pen Pen::transparent(int width, int height) {
  Pen pen(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height));
  cairo_save(pen.cr());
  cairo_set_operator(pen.cr(), CAIRO_OPERATOR_CLEAR);
  cairo_paint(pen.cr());
  cairo_restore(pen.cr());
  return pen;
}

Pen::Pen(double width_pt, double height_pt, std::string& pdf)
    : Pen(cairo_pdf_surface_create_for_stream(append_bytes, &pdf, width_pt, height_pt)) {}

Pen::Pen(cairo_surface_t* surface)
    : surface_(surface),
      context_(cairo_create(surface_.get())),
      // A font map of its own: pango's default one is shared by a thread's users.
      fonts_(pango_cairo_font_map_new()),
      pango_(pango_font_map_create_context(fonts_.get())),
      layout_(pango_layout_new(pango_.get())) {
  if (cairo_status(cr()) != CAIRO_STATUS_SUCCESS) throw std::bad_alloc();
  set_colour({1.0, 1.0, 1.0});
  cairo_paint(cr());
}

void Pen::set_colour(Rgb colour, double opacity) {
  cairo_set_source_rgba(cr(), colour.r, colour.g, colour.b, opacity);
}

void Pen::fill_box(double x, double y, double width, double height, Rgb colour, double opacity) {
  set_colour(colour, opacity);
  cairo_rectangle(cr(), x, y, width, height);
  cairo_fill(cr());
}

void Pen::outline_box(double x, double y, double width, double height, Rgb colour, double line) {
  set_colour(colour);
  cairo_set_line_width(cr(), line);
  cairo_rectangle(cr(), x, y, width, height);
  cairo_stroke(cr());
}

void Pen::line(double x0, double y0, double x1, double y1) {
  cairo_move_to(cr(), x0, y0);
  cairo_line_to(cr(), x1, y1);
  cairo_stroke(cr());
}

PangoLayout* Pen::laid_out(const std::string& text, const TextStyle& style) {
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(
      font, "Noto Sans CJK SC,WenQuanYi Micro Hei,Noto Sans,DejaVu Sans,sans-serif");
  pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
  pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout_.get(), font);
  pango_font_description_free(font);
  pango_layout_set_width(
      layout_.get(), style.max_width > 0.0 ? static_cast<int>(style.max_width * PANGO_SCALE) : -1);
  pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout_.get(),
                             style.align_right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_text(layout_.get(), text.data(), static_cast<int>(text.size()));
  return layout_.get();
}

TextSize Pen::measure(const std::string& text, const TextStyle& style) {
  int width = 0, height = 0;
  pango_layout_get_size(laid_out(text, style), &width, &height);
  return {static_cast<double>(width) / PANGO_SCALE, static_cast<double>(height) / PANGO_SCALE};
}

TextSize Pen::text(double x, double y, const std::string& text, const TextStyle& style) {
  const TextSize size = measure(text, style);
  const double left = style.align_right && style.max_width <= 0.0 ? x - size.width : x;
  cairo_move_to(cr(), left, y);
  if (style.halo > 0.0) {
    pango_cairo_layout_path(cr(), layout_.get());
    set_colour({1.0, 1.0, 1.0}, 0.85);
    cairo_set_line_width(cr(), 2.0 * style.halo);
    cairo_set_line_join(cr(), CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cr());
    cairo_move_to(cr(), left, y);
  }
  set_colour(style.colour);
  pango_cairo_show_layout(cr(), layout_.get());
  cairo_new_path(cr());
  return size;
}

void Pen::image(int x, int y, const GroundImage& image) {
  cairo_surface_flush(surface_.get());
  unsigned char* bytes = cairo_image_surface_get_data(surface_.get());
  const int stride = cairo_image_surface_get_stride(surface_.get());
  for (int row = 0; row < image.height; ++row) {
    std::memcpy(bytes + static_cast<std::ptrdiff_t>(y + row) * stride + std::ptrdiff_t{4} * x,
                image.rgb.data() + static_cast<std::ptrdiff_t>(row) * image.width,
                4 * static_cast<std::size_t>(image.width));
  }
  cairo_surface_mark_dirty(surface_.get());
}

void Pen::image_into(double x, double y, double width, double height, const GroundImage& image) {
  // Cairo reads the pixels and may keep them until a PDF is finished: it gets a copy of its own.
  cairo_surface_t* pixels =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, image.width, image.height);
  if (cairo_surface_status(pixels) != CAIRO_STATUS_SUCCESS) throw std::bad_alloc();
  unsigned char* bytes = cairo_image_surface_get_data(pixels);
  const int stride = cairo_image_surface_get_stride(pixels);
  for (int row = 0; row < image.height; ++row) {
    std::memcpy(bytes + static_cast<std::ptrdiff_t>(row) * stride,
                image.rgb.data() + static_cast<std::ptrdiff_t>(row) * image.width,
                4 * static_cast<std::size_t>(image.width));
  }
  cairo_surface_mark_dirty(pixels);
  cairo_save(cr());
  cairo_translate(cr(), x, y);
  cairo_scale(cr(), width / image.width, height / image.height);
  cairo_set_source_surface(cr(), pixels, 0.0, 0.0);
  cairo_paint(cr());
  cairo_restore(cr());
  cairo_surface_destroy(pixels);
}

void Pen::finish_pdf() {
  cairo_show_page(cr());
  cairo_surface_finish(surface_.get());
  const cairo_status_t status = cairo_surface_status(surface_.get());
  if (status != CAIRO_STATUS_SUCCESS) {
    throw std::runtime_error(std::string("a PDF cannot be drawn: ") +
                             cairo_status_to_string(status));
  }
}

std::string Pen::png() const {
  std::string bytes;
  const cairo_status_t status =
      cairo_surface_write_to_png_stream(surface_.get(), append_bytes, &bytes);
  if (status != CAIRO_STATUS_SUCCESS) {
    throw std::runtime_error(std::string("a picture cannot be drawn: ") +
                             cairo_status_to_string(status));
  }
  return bytes;
}

void Pen::write_png(const std::filesystem::path& file) {
  const auto refuse = [&](const std::string& reason) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(file, ignored)) std::filesystem::remove(file, ignored);
    throw std::runtime_error("the picture " + file.string() + " cannot be written: " + reason);
  };
  errno = 0;
  std::FILE* stream = std::fopen(file.c_str(), "wb");
  if (stream == nullptr) {
    throw std::runtime_error("the picture " + file.string() +
                             " cannot be written: " + std::strerror(errno));
  }
  const cairo_status_t status =
      cairo_surface_write_to_png_stream(surface_.get(), write_bytes, stream);
  int error = status == CAIRO_STATUS_WRITE_ERROR ? errno : 0;
  if (std::fclose(stream) != 0 && error == 0) error = errno;
  if (error != 0) refuse(std::strerror(error));
  if (status != CAIRO_STATUS_SUCCESS) refuse(cairo_status_to_string(status));
}

}  // namespace yonder::scenarios
