#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/grid.h"
#include "core/path_profile.h"
#include "scenarios/coverage_picture.h"
#include "scenarios/report/report_data.h"

namespace yonder::scenarios {

/// A number to be seen first.
struct SlideFigure {
  std::string name;
  std::string value;
  std::string note;
};

struct SlideTable {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;  ///< as wide as the head
  std::size_t text_columns = 1;                ///< the first ones, 1 or 2; the others are numbers
};

/// What a slide shows: everything but where it stands.
struct SlideContent {
  Label title;
  std::string variant;    ///< whose map and figures these are; empty: there is but one run
  std::string map_title;  ///< what the map's colours are of
  std::vector<SlideFigure> figures;
  std::string table_title;
  SlideTable table;
  std::vector<std::string> warnings;
  std::string footer;
  CoveragePicture picture;  ///< its spans point into the vectors below
  std::vector<std::vector<MapPoint>> routes;
  std::vector<float> ground_amsl_m;
  std::vector<Zone> zone;
  std::vector<float> levels;

  SlideContent() = default;
  SlideContent(const SlideContent&) = delete;
  SlideContent& operator=(const SlideContent&) = delete;
  SlideContent(SlideContent&&) = default;  // vectors keep their elements where they are
  SlideContent& operator=(SlideContent&&) = default;
};

/// Reads what `sources` hold; of variants the map and the figures are those of `variant`, when
/// empty of first_shown(). Throws as gather_report() does, and ScenarioErrors for a variant that
/// there is not.
SlideContent slide_content(const ReportSources& sources, const std::string& variant = "");

}  // namespace yonder::scenarios
