#include "propagation/additions/dust_rayleigh.h"

#include <array>
#include <cmath>

#include "core/units.h"
#include "propagation/physics/dust.h"

namespace yonder::propagation::dust_rayleigh {
namespace {

constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 30.0, 40e3, true, true,
     "Yonder: grains to 0.15 mm are small against the wavelength"},
});
constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "visibility_m",
     .unit = "m",
     .default_value = 100.0,
     .range = {{}, "m", 5.0, 10e3, true, true, "Yonder: storms that the fit is used for"},
     .meaning = "optical visibility in the storm, along the whole path",
     .required = true},
    {.name = "grain_permittivity",
     .unit = "",
     .default_value = 4.56,
     .range = {{}, "", 1.0, 80.0, false, true, "a dielectric's"},
     .meaning = "real part of the grains' relative permittivity"},
    {.name = "grain_loss_factor",
     .unit = "",
     .default_value = 0.251,
     .range = {{}, "", 0.0, 80.0, true, true, "a dielectric's"},
     .meaning = "imaginary part of the grains' relative permittivity; grows with moisture"},
});

class Dust final : public LossAddition {
 public:
  Dust(double visibility_m, const dust::Grains& grains)
      : visibility_m_(visibility_m), grains_(grains) {}
  const AdditionInfo& info() const override { return kAddition; }

  AdditionResult evaluate(const AdditionPath& path) const override {
    if (const AdditionResult refused = check_all_rows(kAddition, path.input); !refused.ok()) {
      return refused;
    }
    return {.loss_db = path.slant_km() * dust::specific_attenuation_db_per_km(
                                             path.input.frequency_hz, visibility_m_, grains_)};
  }

 private:
  double visibility_m_;
  dust::Grains grains_;
};

std::unique_ptr<LossAddition> make(const ParameterValues& values) {
  const ParameterReader reader = read_parameters(kAddition, values);
  return std::make_unique<Dust>(reader.number("visibility_m"),
                                dust::Grains{.permittivity = reader.number("grain_permittivity"),
                                             .loss_factor = reader.number("grain_loss_factor")});
}

}  // namespace

const AdditionInfo kAddition = {
    .id = "dust_rayleigh",
    .term_key = "dust_rayleigh_db",
    .source = "Goldhirsh, Radio Sci. 17 no. 6 (1982); Patterson and Gillette (1977)",
    .title = "sand and dust storm of a given visibility over the whole path",
    .label = "sand and dust",
    .kind = AdditionKind::medium,
    .ranges = kRanges,
    .parameters = kParameters,
    .make = make,
};

}  // namespace yonder::propagation::dust_rayleigh
