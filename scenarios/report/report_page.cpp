#include "scenarios/report/report_page.h"

#include "scenarios/build_info.h"
#include "scenarios/report/report_assets.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;

std::string title_of(const ReportData& data) {
  for (const ordered_json& run : data.page.value("runs", ordered_json::array())) {
    const ordered_json scenario = run["run"].value("scenario", ordered_json::object());
    const ordered_json title = scenario.value("title", ordered_json::object());
    if (title.is_object() && title.contains("en")) return title["en"].get<std::string>();
    if (scenario.contains("id")) return scenario["id"].get<std::string>();
  }
  return "Yonder";
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string json_for_script(const ordered_json& value) {
  const std::string text = value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    // Outside strings JSON has no '<'; inside, the escape means the same.
    if (c == '<') {
      safe += "\\u003c";
    } else {
      safe += c;
    }
  }
  return safe;
}

std::string report_page(const ReportData& data) {
  std::string page;
  std::size_t size = 1 << 20;
  for (const ReportBlob& blob : data.blobs) size += blob.base64.size();
  page.reserve(size);
  page +=
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<link rel=\"icon\" href=\"data:,\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:\">\n"
      "<meta name=\"generator\" content=\"yonder ";
  page += html_escaped(kVersion);
  page += "\">\n<title>" + html_escaped(title_of(data)) + "</title>\n<style>\n";
  page += kReportStyle;
  page +=
      "\n</style>\n</head>\n<body>\n<noscript>This report needs JavaScript to draw its map and "
      "tables. 本报告需要启用 JavaScript。</noscript>\n<div id=\"report\"></div>\n"
      "<script type=\"application/json\" id=\"data\">";
  page += json_for_script(data.page);
  page += "</script>\n";
  for (const ReportBlob& blob : data.blobs) {
    page += "<script type=\"text/plain\" id=\"" + html_escaped(blob.id) + "\">" + blob.base64 +
            "</script>\n";
  }
  page += "<script>\n";
  page += kReportScript;
  page += "\n</script>\n</body>\n</html>\n";
  return page;
}

}  // namespace yonder::scenarios
