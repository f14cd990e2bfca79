#include <cmath>

#include "core/antenna.h"
#include "scenarios/pattern_file.h"
#include "scenarios/scenario_error.h"
#include "targets.h"

namespace yonder::fuzz {

void run_pattern(std::string_view bytes) {
  try {
    const scenarios::PatternFile pattern =
        scenarios::read_pattern_file(input_file("panel.msi", bytes, false));
    demand(std::isfinite(pattern.spec.gain_dbi), "a gain is a finite number");
    for (const auto* cut : {&pattern.spec.horizontal_loss_db, &pattern.spec.vertical_loss_db}) {
      for (const double loss_db : *cut) {
        demand(std::isfinite(loss_db) && loss_db >= 0.0, "a cut's loss is finite and not negative");
      }
    }
  } catch (const scenarios::ScenarioErrors&) {
  }
}

}  // namespace yonder::fuzz
