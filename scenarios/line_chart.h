#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace yonder::scenarios {

/// One line of a chart.
struct ChartLine {
  std::string name;
  std::string detail;          ///< second row of the legend; may be empty
  std::vector<double> values;  ///< one a place of the axis; NaN leaves a gap
  bool is_reference = false;   ///< thin, grey, below the others
};

/// Lines over one axis, in colours that colour-blind readers tell apart; dashes help from the
/// eighth on.
struct LineChart {
  std::string title;
  std::string subtitle;
  std::string x_title, y_title;  ///< with units
  bool x_logarithmic = false;
  std::vector<double> x;  ///< strictly rising; above 0 on a logarithmic axis
  std::vector<ChartLine> lines;
  std::vector<std::string> notes;  ///< below the chart
};

/// Ticks of an axis at 1, 2 or 5 times powers of ten, about `count` of them, within [low, high].
std::vector<double> linear_ticks(double low, double high, int count);
/// 1, 2 and 5 times powers of ten within [low, high]; only 1 or 1 and 3 over many decades.
std::vector<double> logarithmic_ticks(double low, double high);

/// Draws the chart as a PNG. At least one line has a number. Throws std::runtime_error when the
/// file cannot be written.
void write_line_chart(const LineChart& chart, const std::filesystem::path& file);

}  // namespace yonder::scenarios
