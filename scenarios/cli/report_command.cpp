#include <fmt/format.h>

#include "geodata/checked_file.h"
#include "scenarios/cli/command.h"
#include "scenarios/report/report.h"
#include "scenarios/report/slide.h"

namespace yonder::cli {
namespace {

struct Arguments {
  std::string directory;
  std::string output;
  std::string pdf;
  std::string png;
  std::string claims;
  std::string variant;
};

void write_page(const std::filesystem::path& file, const scenarios::ReportSources& sources) {
  const std::string page = scenarios::make_report(sources);
  geodata::write_whole_file(file, page.data(), page.size());
  fmt::print("{} ({:.1f} MB)\n", file.string(), static_cast<double>(page.size()) * 1e-6);
}

int report(const Arguments& arguments) {
  const std::filesystem::path directory = arguments.directory;
  scenarios::ReportSources sources = scenarios::find_report_sources(directory);
  if (!arguments.claims.empty()) sources.claims = arguments.claims;
  const bool slide_alone =
      arguments.output.empty() && !(arguments.pdf.empty() && arguments.png.empty());
  if (!slide_alone) {
    write_page(arguments.output.empty() ? directory / scenarios::kReportFile
                                        : std::filesystem::path(arguments.output),
               sources);
  }
  if (arguments.pdf.empty() && arguments.png.empty()) return 0;
  const scenarios::SlideContent slide = scenarios::slide_content(sources, arguments.variant);
  if (!arguments.pdf.empty()) {
    const std::string pdf = scenarios::slide_pdf(slide);
    geodata::write_whole_file(arguments.pdf, pdf.data(), pdf.size());
    fmt::print("{}\n", arguments.pdf);
  }
  if (!arguments.png.empty()) {
    scenarios::write_slide_png(slide, arguments.png);
    fmt::print("{}\n", arguments.png);
  }
  return 0;
}

}  // namespace

void add_report(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "report", "write the HTML report, or a slide, of a finished run or of its variants");
  command->add_option("DIRECTORY", arguments->directory, "folder that `yonder run` has written")
      ->required()
      ->check(CLI::ExistingDirectory);
  command->add_option("-o,--output", arguments->output, "file (default: DIRECTORY/report.html)")
      ->type_name("FILE");
  command
      ->add_option("--pdf", arguments->pdf,
                   "write a slide (one page, 16:9) as PDF instead; with -o both")
      ->type_name("FILE");
  command->add_option("--png", arguments->png, "write the slide as a picture of 1920 x 1080")
      ->type_name("FILE");
  command
      ->add_option("--claims", arguments->claims,
                   "claims to show beside what was computed (default: expect.yaml beside the "
                   "scenario, where there is one)")
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
  command
      ->add_option("--variant", arguments->variant,
                   "the variant on the slide (default: the one that the first claim is of, else "
                   "the second)")
      ->type_name("ID");
  command->callback([arguments, &exit_code] { exit_code = report(*arguments); });
}

}  // namespace yonder::cli
