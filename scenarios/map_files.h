#pragma once

#include "geodata/raster_output.h"
#include "scenarios/coverage_picture.h"
#include "scenarios/run.h"
#include "scenarios/staged_output.h"

namespace yonder::scenarios {

/// Writes a run's layers, sites and picture into the staging folder, as the scenario's outputs ask,
/// as many side by side as there are threads. Throws geodata::GeodataError, OutputError or Stopped.
void write_map_files(const Scenario& scenario, const Plan& plan, const Coverage& coverage,
                     const StagedOutput& output, const RunControl& control);

/// What every layer says of itself, so that a file found alone still tells where it comes from.
geodata::LayerInfo layer_info(const Scenario& scenario, const Plan& plan, std::string description,
                              std::string unit);

/// Colours that stay apart for neighbours in a list: steps of the golden angle around the hue
/// circle.
std::array<std::uint8_t, 4> category_colour(int index);

/// A text as a CSV's field: quoted where it must be.
std::string csv_text(const std::string& text);

/// Ground, sites, title and subtitle (", n28 773 MHz, …") of a picture; values and classes are
/// still to be filled in. The picture refers to the vectors and to `projection`, which must be of
/// the thread that draws.
struct PictureBase {
  std::vector<float> ground_amsl_m;
  std::vector<Zone> zone;
  CoveragePicture picture;
};
PictureBase picture_base(const Scenario& scenario, const Plan& plan,
                         const geodata::Projection& projection);

}  // namespace yonder::scenarios
