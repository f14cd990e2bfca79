#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/path_loss_field.h"
#include "scenarios/scenario.h"

namespace yonder::scenarios {

/// Everything that a path-loss field depends on. Two fields with one key are the same bits.
struct FieldKey {
  std::string text;    ///< one "name value" a line, for people
  std::string sha256;  ///< of the text, 64 hexadecimal digits
};

/// Makes the keys of a run's fields. Terrain enters by content: each tile of the grid is hashed
/// once, and a field's key holds those within its reach. So a changed pixel concerns only the
/// fields whose paths could cross it (to the granularity of a tile), wherever it came from.
class FieldKeys {
 public:
  /// `propagation`: what else decides a loss (propagation_identity()). `terrain` must outlive the
  /// object. Throws Stopped.
  FieldKeys(const Terrain& terrain, std::string propagation, const RunControl& control);

  /// For another model over the same terrain, which is not hashed again.
  FieldKeys with_propagation(std::string propagation) const;

  /// Key of the field over `window`, a part of the terrain's grid.
  FieldKey key(const FieldSpec& spec, PixelWindow window) const;

 private:
  std::string terrain_hash(PixelWindow reach) const;
  std::string positions_hash(PixelWindow reach) const;

  const Terrain& terrain_;
  std::string propagation_;
  // Tiles start at multiples of their size on the plane, not at the grid's corner.
  long long first_column_ = 0;  ///< of the grid on the plane, in pixels
  long long first_row_ = 0;
  int tile_columns_ = 0;
  int tile_rows_ = 0;
  std::vector<std::string> tiles_;
};

/// The model with its source and all its parameters, absent ones told as such, and the program: a
/// hash over the sources of core and propagation, compiler, build type and C library. A rebuilt
/// program with changed formulas never takes a field of the earlier one.
std::string propagation_identity(const Scenario& scenario);

}  // namespace yonder::scenarios
