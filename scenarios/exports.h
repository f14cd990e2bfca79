#pragma once

#include <filesystem>
#include <string>

#include "core/run_control.h"
#include "scenarios/scenario.h"
#include "scenarios/staged_output.h"

/// Files for other programs, made of a finished map's rasters: docs/outputs.md.
namespace yonder::scenarios {

/// Where the rasters of a map are, under the names of `yonder run`: rsrp, best_server (numbers as
/// all_cells() counts) and TERMINAL-class, as far as they were written.
struct ExportSource {
  std::filesystem::path folder;
  std::string extension = ".tif";  ///< or ".vrt", of mosaics
  bool synthetic_terrain = false;
  std::string model;  ///< what the model is by, for descriptions

  std::filesystem::path layer(const std::string& name) const { return folder / (name + extension); }
};

/// Writes what the scenario's outputs.exports ask for into the staging folder, several files side
/// by side. Memory does not grow with the map beyond what docs/outputs.md states. The same rasters
/// give the same bytes, whatever the number of threads. Throws geodata::GeodataError, OutputError
/// or Stopped.
void write_exports(const Scenario& scenario, const ExportSource& source, const StagedOutput& output,
                   const RunControl& control);

/// Writes the styles that QGIS takes by itself for layers of numbers, which have no colour table
/// within: rsrp.qml beside rsrp.tif, in the colours of the thresholds' classes.
void write_layer_styles(const Scenario& scenario, const StagedOutput& output);

}  // namespace yonder::scenarios
