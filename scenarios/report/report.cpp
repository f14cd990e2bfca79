#include "scenarios/report/report.h"

#include <stdexcept>

#include "scenarios/report/report_assets.h"
#include "scenarios/report/report_page.h"

namespace yonder::scenarios {

bool report_available() { return !kReportScript.empty(); }

std::string make_report(const ReportSources& sources) {
  if (!report_available()) {
    throw std::runtime_error(
        "this yonder was built without the HTML report (YONDER_REPORT=OFF); build it with npm and "
        "-DYONDER_REPORT=ON");
  }
  return report_page(gather_report(sources));
}

std::string make_report(const std::filesystem::path& directory) {
  return make_report(find_report_sources(directory));
}

}  // namespace yonder::scenarios
