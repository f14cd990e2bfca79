#include "propagation/additions/rain_p530.h"

#include <array>
#include <cmath>

#include "core/units.h"
#include "propagation/physics/p530_rain.h"

namespace yonder::propagation::rain_p530 {
namespace {

constexpr std::string_view kSection = "P.530-18 section 2.4.1";
constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 1000.0, 100e3, true, true, kSection},
    {"distance_m", "m", 0.0, 60e3, false, true, kSection},
});
constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "rain_rate_001_mm_per_h",
     .unit = "mm/h",
     .default_value = 30.0,
     .range = {{}, "mm/h", 0.0, 300.0, false, true, "wider than P.837's map"},
     .meaning = "rain rate exceeded for 0.01 % of an average year, averaged over 1 minute",
     .required = true},
    {.name = "exceeded_percent",
     .unit = "%",
     .default_value = 0.01,
     .range = {{}, "%", 0.001, 1.0, true, true, kSection},
     .meaning = "share of an average year in which the rain takes more than this"},
});

class Rain final : public LossAddition {
 public:
  Rain(double rain_rate, double percent) : rain_rate_(rain_rate), percent_(percent) {}
  const AdditionInfo& info() const override { return kAddition; }

  AdditionResult evaluate(const AdditionPath& path) const override {
    if (const AdditionResult refused = check_all_rows(kAddition, path.input); !refused.ok()) {
      return refused;
    }
    const bool is_vertical = path.input.polarization == Polarization::vertical;
    return {.loss_db =
                p530_rain::attenuation_db({.frequency_ghz = hz_to_ghz(path.input.frequency_hz),
                                           .path_km = path.slant_km(),
                                           .rain_rate_001_mm_per_h = rain_rate_,
                                           .path_elevation_deg = path.elevation_deg,
                                           .polarization_tilt_deg = is_vertical ? 90.0 : 0.0},
                                          percent_)};
  }

 private:
  double rain_rate_;
  double percent_;
};

std::unique_ptr<LossAddition> make(const ParameterValues& values) {
  const ParameterReader reader = read_parameters(kAddition, values);
  return std::make_unique<Rain>(reader.number("rain_rate_001_mm_per_h"),
                                reader.number("exceeded_percent"));
}

}  // namespace

const AdditionInfo kAddition = {
    .id = "rain_p530",
    .term_key = "rain_p530_db",
    .source = "ITU-R P.838-3 (03/2005), P.530-18 (09/2021)",
    .title = "rain along a clear path to 60 km, exceeded for a share of the year",
    .label = "rain",
    .kind = AdditionKind::medium,
    .ranges = kRanges,
    .parameters = kParameters,
    .make = make,
};

}  // namespace yonder::propagation::rain_p530
