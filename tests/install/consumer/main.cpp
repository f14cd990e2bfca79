// Asks an installed Yonder for one free-space loss and leaves with 0 when it is right.
#include <cmath>
#include <cstdio>

#include "core/units.h"
#include "propagation/models.h"

int main() {
  for (const yonder::ModelInfo* info : yonder::propagation::all_models()) {
    std::printf("%.*s\n", static_cast<int>(info->id.size()), info->id.data());
  }
  const yonder::ModelInfo* info = yonder::propagation::find_model("free_space");
  if (info == nullptr) return 1;
  yonder::Workspace workspace;
  const yonder::PathLossResult result = info->make({})->evaluate(
      {.frequency_hz = yonder::mhz_to_hz(1000.0), .distance_m = 1000.0}, workspace);
  std::printf("%.4f dB\n", result.loss_db);
  // 20 log10(4 pi * 1000 m * 1e9 Hz / c), computed apart.
  return result.ok() && std::abs(result.loss_db - 92.44778322) < 1e-8 ? 0 : 1;
}
