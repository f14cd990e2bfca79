#include <unistd.h>

#include <system_error>

#include "core/text.h"
#include "geodata/error.h"
#include "scenarios/terrain_sketch.h"

namespace yonder::scenarios {

void write_terrain_sketch(const TerrainSketch& sketch, const TerrainRecipe& recipe,
                          const std::filesystem::path& file) {
  geodata::LayerInfo layer;
  layer.description = "synthetic ground height";
  layer.unit = "m";
  layer.metadata = {{"YONDER_SYNTHETIC", recipe.name},
                    {"YONDER_SEED", std::to_string(recipe.seed)}};
  // As root the rename below would put the file in the place of a device.
  std::error_code error;
  if (std::filesystem::exists(file, error) && !std::filesystem::is_regular_file(file, error)) {
    throw geodata::GeodataError(file.string() + " cannot be written: it is not a file");
  }
  // A neighbour of the final name, so that the rename stays on one file system.
  std::filesystem::path part = file;
  part += ".part" + std::to_string(getpid());
  geodata::write_height_geotiff(part, sketch.grid, sketch.height_amsl_m, layer);
  std::filesystem::rename(part, file, error);
  if (error) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    throw geodata::GeodataError(file.string() + " cannot be written: " + error.message());
  }
}

}  // namespace yonder::scenarios
