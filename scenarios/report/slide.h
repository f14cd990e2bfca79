#pragma once

#include <filesystem>
#include <string>

#include "scenarios/report/slide_content.h"

/// One page 16:9 for a presentation: map, key figures, a table, warnings.
namespace yonder::scenarios {

/// Draws the slide as a PDF of 960 x 540 points.
std::string slide_pdf(const SlideContent& content);

/// Draws the slide as a PNG of 1920 x 1080 pixels. Throws std::runtime_error when it cannot be
/// written.
void write_slide_png(const SlideContent& content, const std::filesystem::path& file);

}  // namespace yonder::scenarios
