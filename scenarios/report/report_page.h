#pragma once

#include <string>
#include <string_view>

#include "scenarios/report/report_data.h"

namespace yonder::scenarios {

/// Text as it may stand in HTML, in attributes too.
std::string html_escaped(std::string_view text);

/// JSON as it may stand in a <script> element: nothing in it can end the element or begin another.
std::string json_for_script(const nlohmann::ordered_json& value);

/// The whole page. It asks nothing of any network, and its Content-Security-Policy forbids it to.
std::string report_page(const ReportData& data);

}  // namespace yonder::scenarios
