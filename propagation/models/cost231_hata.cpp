#include "propagation/models/cost231_hata.h"

#include <array>

#include "core/units.h"
#include "propagation/physics/hata.h"

namespace yonder::propagation::cost231_hata {
namespace {

constexpr std::string_view kValidity = "COST 231 final report, section 4.4.1";
constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 1500.0, 2000.0, true, true, kValidity},
    {"distance_m", "m", 1000.0, 20000.0, true, true, kValidity},
    {"tx.height_agl_m", "m", 30.0, 200.0, true, true, kValidity},
    {"rx.height_agl_m", "m", 1.0, 10.0, true, true, kValidity},
});

enum class Environment : std::size_t { medium_city_or_suburban, metropolitan };
constexpr auto kEnvironments =
    std::to_array<std::string_view>({"medium_city_or_suburban", "metropolitan"});

constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "environment",
     .default_value = std::string_view("medium_city_or_suburban"),
     .choices = kEnvironments,
     .meaning = "C_m: 0 dB in medium cities and suburban centres, 3 dB in metropolitan centres"},
});

class Cost231Hata final : public PathLossModel {
 public:
  explicit Cost231Hata(Environment environment)
      : cm_db_(environment == Environment::metropolitan ? 3.0 : 0.0) {}

  const ModelInfo& info() const override { return kModelInfo; }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    if (const PathLossResult refused = check_ranges(kRanges, input); !refused.ok()) return refused;
    const double f = hz_to_mhz(input.frequency_hz);
    const double reference =
        hata::cost231_loss_db(f, input.tx.height_agl_m, input.distance_m / 1000.0);
    const double a_hm = hata::height_correction_medium_city_db(f, input.rx.height_agl_m);
    if (terms != nullptr) {
      terms->add("reference_db", reference, "median loss at a(h_m) = 0 and C_m = 0",
                 "COST 231 eq. (4.4.3)");
      terms->add("a_hm_db", a_hm, "receiver height correction", "Hata 1980 eq. (11)");
      terms->add("c_m_db", cm_db_, "metropolitan correction", "COST 231 eq. (4.4.4)");
    }
    return PathLossResult::value(reference - a_hm + cm_db_);
  }

 private:
  double cm_db_;
};

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader reader(kModelInfo, values);
  return std::make_unique<Cost231Hata>(static_cast<Environment>(reader.choice("environment")));
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "cost231_hata",
    .source = "COST Action 231 final report (1999), section 4.4.1",
    .title = "COST 231-Hata: median loss in cities, 1500-2000 MHz, 1-20 km",
    .uses_profile = false,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = {},
    .make = make,
};

}  // namespace yonder::propagation::cost231_hata
