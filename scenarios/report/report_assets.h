#pragma once

#include <string_view>

/// The browser side of the report, bundled at build time from web/ (docs/decisions). Empty in a
/// build with YONDER_REPORT=OFF.
namespace yonder::scenarios {

extern const std::string_view kReportScript;
extern const std::string_view kReportStyle;

}  // namespace yonder::scenarios
