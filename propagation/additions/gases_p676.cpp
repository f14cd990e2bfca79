#include "propagation/additions/gases_p676.h"

#include <array>
#include <cmath>

#include "core/units.h"
#include "propagation/physics/itu_p676.h"

namespace yonder::propagation::gases_p676 {
namespace {

constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 1000.0, 1e6, true, true, "P.676-13: 1 to 1000 GHz"},
});
constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "dry_air_pressure_hpa",
     .unit = "hPa",
     .default_value = 1013.25,
     .range = {{}, "hPa", 0.0, 1100.0, false, true, "wider than the ground's"},
     .meaning = "pressure of the dry air, without the vapour's"},
    {.name = "temperature_k",
     .unit = "K",
     .default_value = 288.15,
     .range = {{}, "K", 180.0, 340.0, true, true, "wider than the ground's"},
     .meaning = "of the air"},
    {.name = "water_vapour_density_g_per_m3",
     .unit = "g/m3",
     .default_value = 7.5,
     .range = {{}, "g/m3", 0.0, 100.0, true, true, "wider than the ground's"},
     .meaning = "of the air"},
});

class Gases final : public LossAddition {
 public:
  explicit Gases(const itu_p676::Air& air) : air_(air) {}
  const AdditionInfo& info() const override { return kAddition; }

  AdditionResult evaluate(const AdditionPath& path) const override {
    if (const AdditionResult refused = check_all_rows(kAddition, path.input); !refused.ok()) {
      return refused;
    }
    const double gamma =
        itu_p676::specific_attenuation(hz_to_ghz(path.input.frequency_hz), air_).total_db_per_km();
    return {.loss_db = gamma * path.slant_km()};  // P.676-13 annex 1 section 2.1
  }

 private:
  itu_p676::Air air_;
};

std::unique_ptr<LossAddition> make(const ParameterValues& values) {
  const ParameterReader reader = read_parameters(kAddition, values);
  return std::make_unique<Gases>(itu_p676::Air{
      .dry_pressure_hpa = reader.number("dry_air_pressure_hpa"),
      .temperature_k = reader.number("temperature_k"),
      .water_vapour_density_g_per_m3 = reader.number("water_vapour_density_g_per_m3")});
}

}  // namespace

const AdditionInfo kAddition = {
    .id = "gases_p676",
    .term_key = "gases_p676_db",
    .source = "ITU-R P.676-13 (08/2022)",
    .title = "oxygen and water vapour along a path near the ground",
    .label = "oxygen and water vapour",
    .kind = AdditionKind::medium,
    .ranges = kRanges,
    .parameters = kParameters,
    .make = make,
};

}  // namespace yonder::propagation::gases_p676
