#pragma once

#include "geodata/raster_output.h"
#include "scenarios/coverage_picture.h"
#include "scenarios/run.h"
#include "scenarios/staged_output.h"

namespace yonder::scenarios {

/// Whether layers of cell numbers carry a name and a colour for each: 400 kB a raster and overview.
enum class CellNames { in_layers, beside };

/// Writes a run's layers, sites and picture into the staging folder, as the scenario's outputs ask,
/// as many side by side as there are threads. Throws geodata::GeodataError, OutputError or Stopped.
void write_map_files(const Scenario& scenario, const Plan& plan, const Coverage& coverage,
                     const StagedOutput& output, const RunControl& control,
                     CellNames names = CellNames::in_layers);

/// Names and colours of the numbers in best_server.tif; 0 is none.
std::vector<geodata::Category> cell_categories(const Scenario& scenario);
/// best_server.csv: the table that those numbers refer to.
std::string cell_table(const Scenario& scenario, bool synthetic_terrain);

/// sites.gpkg: sites and cells as points. `ground_amsl_m`: by site.
void write_sites(const Scenario& scenario, const std::vector<double>& ground_amsl_m, bool synthetic,
                 const StagedOutput& output);

/// What every layer says of itself, so that a file found alone still tells where it comes from.
geodata::LayerInfo layer_info(const Scenario& scenario, const Plan& plan, std::string description,
                              std::string unit);

/// Colours that stay apart for neighbours in a list: steps of the golden angle around the hue
/// circle.
std::array<std::uint8_t, 4> category_colour(int index);

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
