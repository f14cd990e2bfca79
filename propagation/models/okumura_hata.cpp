#include "propagation/models/okumura_hata.h"

#include <array>

#include "core/units.h"
#include "propagation/physics/hata.h"

namespace yonder::propagation::okumura_hata {
namespace {

constexpr std::string_view kValidity = "Hata 1980, range of the approximation";
constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 150.0, 1500.0, true, true, kValidity},
    {"distance_m", "m", 1000.0, 20000.0, true, true, kValidity},
    {"tx.height_agl_m", "m", 30.0, 200.0, true, true, kValidity},
    {"rx.height_agl_m", "m", 1.0, 10.0, true, true, kValidity},
});

enum class Environment : std::size_t { urban, suburban, open };
enum class City : std::size_t { medium_small, large };
constexpr auto kEnvironments = std::to_array<std::string_view>({"urban", "suburban", "open"});
constexpr auto kCities = std::to_array<std::string_view>({"medium_small", "large"});

constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "environment",
     .default_value = std::string_view("urban"),
     .choices = kEnvironments,
     .meaning = "surroundings of the receiver"},
    {.name = "city",
     .default_value = std::string_view("medium_small"),
     .choices = kCities,
     .meaning = "size of the city; large only with environment urban"},
});

constexpr auto kRefusals = std::to_array<std::string_view>({
    "for a large city Hata's receiver height correction is given up to 200 MHz and from 400 MHz, "
    "not between",
});

class OkumuraHata final : public PathLossModel {
 public:
  OkumuraHata(Environment environment, City city) : environment_(environment), city_(city) {}

  const ModelInfo& info() const override { return kModelInfo; }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    if (const PathLossResult refused = check_ranges(kRanges, input); !refused.ok()) return refused;
    const double f = hz_to_mhz(input.frequency_hz);
    if (city_ == City::large && f > 200.0 && f < 400.0) {
      return {.status = LossStatus::not_applicable, .bound = 0};
    }
    const double urban = hata::urban_loss_db(f, input.tx.height_agl_m, input.distance_m / 1000.0);
    const double a_hm = city_ == City::large
                            ? hata::height_correction_large_city_db(f, input.rx.height_agl_m)
                            : hata::height_correction_medium_city_db(f, input.rx.height_agl_m);
    const double relief = environment_ == Environment::suburban ? hata::suburban_relief_db(f)
                          : environment_ == Environment::open   ? hata::open_area_relief_db(f)
                                                                : 0.0;
    const double loss_db = urban - a_hm - relief;
    if (terms != nullptr) {
      terms->add("urban_reference_db", urban, "urban median loss at a(h_m) = 0",
                 "Hata 1980 eq. (15)");
      terms->add("a_hm_db", a_hm, "receiver height correction", "Hata 1980 eqs. (11)-(13)");
      terms->add("environment_relief_db", relief, "subtracted for suburban or open surroundings",
                 "Hata 1980 eqs. (22), (24)");
    }
    return PathLossResult::value(loss_db);
  }

 private:
  Environment environment_;
  City city_;
};

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader reader(kModelInfo, values);
  const auto environment = static_cast<Environment>(reader.choice("environment"));
  const auto city = static_cast<City>(reader.choice("city"));
  if (city == City::large && environment != Environment::urban) {
    throw ParameterError("city",
                         "'city' large goes with 'environment' urban only: Hata's suburban and "
                         "open formulas start from a medium or small city");
  }
  return std::make_unique<OkumuraHata>(environment, city);
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "okumura_hata",
    .source = "M. Hata, IEEE Trans. Veh. Technol. VT-29 no. 3 (08/1980)",
    .title = "Okumura-Hata: median loss in urban, suburban and open areas, 150-1500 MHz, 1-20 km",
    .uses_profile = false,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::okumura_hata
