#include "propagation/models/extended_hata_seamcat.h"

#include <algorithm>
#include <array>

#include "core/units.h"
#include "propagation/physics/seamcat_hata.h"

namespace yonder::propagation::extended_hata_seamcat {
namespace {

using seamcat_hata::Environment;

constexpr std::string_view kReport = "SM.2028-2 section 6.1";
constexpr std::string_view kHeights =
    "SM.2028-2 section 6.1: mobile 1-10 m, base 30-200 m; a(H_m) and b(H_b) bridge the heights "
    "between";
constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 30.0, 3000.0, false, true, kReport},
    {"distance_m", "m", 0.0, 100000.0, false, true,
     "SM.2028-2 section 6.1: to 100 km, advised to 40 km"},
    {"tx.height_agl_m", "m", 1.0, 200.0, true, true, kHeights},
    {"rx.height_agl_m", "m", 1.0, 200.0, true, true, kHeights},
});

constexpr auto kEnvironments = std::to_array<std::string_view>({"urban", "suburban", "open"});
constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "environment",
     .default_value = std::string_view("urban"),
     .choices = kEnvironments,
     .meaning = "surroundings of the mobile; open is the report's open area"},
});

class ExtendedHataSeamcat final : public PathLossModel {
 public:
  explicit ExtendedHataSeamcat(Environment environment) : environment_(environment) {}

  const ModelInfo& info() const override { return kModelInfo; }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    if (const PathLossResult refused = check_ranges(kRanges, input); !refused.ok()) return refused;
    const seamcat_hata::Path path{
        .frequency_mhz = hz_to_mhz(input.frequency_hz),
        .distance_km = input.distance_m / 1000.0,
        .base_height_m = std::max(input.tx.height_agl_m, input.rx.height_agl_m),
        .mobile_height_m = std::min(input.tx.height_agl_m, input.rx.height_agl_m)};
    const double median_db = seamcat_hata::median_db(path, environment_);
    const double free_space_db = seamcat_hata::free_space_db(path);
    if (terms != nullptr) {
      const double f = path.frequency_mhz;
      terms->add("median_db", median_db, "median before it is held to free space", kReport);
      terms->add("free_space_db", free_space_db, "the least loss the method gives", kReport);
      terms->add("a_hm_db", seamcat_hata::mobile_height_correction_db(f, path.mobile_height_m),
                 "correction of the lower antenna, subtracted", kReport);
      terms->add("b_hb_db", seamcat_hata::base_height_correction_db(path.base_height_m),
                 "correction of a higher antenna below 30 m, subtracted", kReport);
      terms->add("alpha", seamcat_hata::distance_exponent(path), "exponent of log10 d", kReport);
      terms->add("environment_relief_db", seamcat_hata::environment_relief_db(f, environment_),
                 "subtracted for suburban or open surroundings from 100 m on", kReport);
      terms->add("sigma_above_roof_db", seamcat_hata::sigma_above_roof_db(path.distance_km),
                 "standard deviation of the loss, signal above the roofs; not in the loss",
                 kReport);
      terms->add("sigma_below_roof_db", seamcat_hata::sigma_below_roof_db(path.distance_km),
                 "the same for a signal below the roofs; not in the loss", kReport);
    }
    return PathLossResult::value(std::max(median_db, free_space_db));
  }

 private:
  Environment environment_;
};

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader reader(kModelInfo, values);
  return std::make_unique<ExtendedHataSeamcat>(
      static_cast<Environment>(reader.choice("environment")));
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "extended_hata_seamcat",
    .source = "ITU-R SM.2028-2 (06/2017), section 6.1",
    .title = "extended Hata of SEAMCAT: urban, suburban, open; 30 MHz-3 GHz, to 100 km",
    .uses_profile = false,
    .ranges = kRanges,
    .parameters = kParameters,
    .make = make,
};

}  // namespace yonder::propagation::extended_hata_seamcat
