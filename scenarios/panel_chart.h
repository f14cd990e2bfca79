#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/picture_ground.h"

namespace yonder::scenarios {

/// A line of a panel; colours follow from the index among all panels' names.
struct PanelLine {
  std::string name;
  std::vector<double> values;  ///< one a place of the axis; NaN leaves a gap
};

/// Lines over the common axis.
struct Panel {
  std::string title;  ///< with unit
  std::vector<PanelLine> lines;
  std::vector<double> references;  ///< levels drawn across, thin and grey
};

/// A meaning of a colour.
struct StripColour {
  std::string name;
  Rgb colour;
};

/// A band of colours over the common axis.
struct Strip {
  std::string title;
  std::vector<int> codes;  ///< one a place: index into `colours`, -1 leaves a gap
  std::vector<StripColour> colours;
};

/// Part of the axis that is marked in all panels.
struct Shade {
  double from = 0.0;
  double to = 0.0;
  std::string name;  ///< equal names share a colour and a line of the legend
  bool faint = false;
};

/// Panels and strips one below the other over one axis.
struct PanelChart {
  std::string title;
  std::string subtitle;
  std::string x_title;
  std::vector<double> x;  ///< rising; two at least
  std::vector<Panel> panels;
  std::vector<Strip> strips;
  std::vector<Shade> shades;
  std::vector<std::string> notes;
};

/// Draws the chart as a PNG. Throws std::runtime_error when the file cannot be written.
void write_panel_chart(const PanelChart& chart, const std::filesystem::path& file);

}  // namespace yonder::scenarios
