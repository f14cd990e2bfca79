#include "propagation/models/free_space.h"

#include <array>
#include <cmath>

#include "core/units.h"
#include "propagation/physics/free_space.h"

namespace yonder::propagation::free_space {
namespace {

constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 0.0, 1e6, false, true, "radio frequencies"},
    {"distance_m", "m", 0.0, 1e9, true, true, "far field"},
});

constexpr auto kRefusals = std::to_array<std::string_view>({
    "transmitter and receiver are at the same point: the loss between them is not defined",
});

class FreeSpace final : public PathLossModel {
 public:
  const ModelInfo& info() const override { return kModelInfo; }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    if (const PathLossResult refused = check_ranges(kRanges, input); !refused.ok()) return refused;
    const double tx_ground = input.profile.empty() ? 0.0 : input.profile.ground_amsl_m.front();
    const double rx_ground = input.profile.empty() ? 0.0 : input.profile.ground_amsl_m.back();
    const double rise_m = tx_ground + input.tx.height_agl_m - (rx_ground + input.rx.height_agl_m);
    const double slant_m = std::hypot(input.distance_m, rise_m);
    if (slant_m <= 0.0) return {.status = LossStatus::not_applicable, .bound = 0};
    const double loss_db = free_space_loss_db(input.frequency_hz, slant_m);
    if (terms != nullptr) {
      terms->add("slant_distance_m", slant_m, "distance between the antennas", "geometry");
      terms->add("free_space_db", loss_db, "free-space basic transmission loss", "P.525-4 eq. (3)");
    }
    return PathLossResult::value(loss_db);
  }
};

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader check(kModelInfo, values);
  return std::make_unique<FreeSpace>();
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "free_space",
    .source = "ITU-R P.525-4",
    .title = "free-space loss over the slant distance",
    .uses_profile = false,
    .ranges = kRanges,
    .parameters = {},
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::free_space
