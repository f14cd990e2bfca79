#include "propagation/additions/vegetation_p833.h"

#include <array>

#include "core/units.h"
#include "propagation/physics/p833_vegetation.h"

namespace yonder::propagation::vegetation_p833 {
namespace {

enum Row : std::size_t { measured_row, given_row, single_row };
constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 105.9, 2117.5, true, true,
     "P.833-10 table 1; outside it, values: given"},
    {"frequency_mhz", "MHz", 30.0, 100e3, true, true, "P.833-10 recommends 1"},
    {"frequency_mhz", "MHz", 30.0, 1000.0, true, true,
     "P.833-10 section 3.1: single obstruction at or below 1 GHz"},
});
constexpr auto kGeometries = std::to_array<std::string_view>({"woodland", "single_obstruction"});
constexpr auto kValues = std::to_array<std::string_view>({"st_petersburg", "given"});
constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "geometry",
     .default_value = std::string_view("woodland"),
     .choices = kGeometries,
     .meaning = "a terminal inside a wood, or one stand of trees between terminals outside it"},
    {.name = "depth_m",
     .unit = "m",
     .default_value = 100.0,
     .range = {{}, "m", 0.0, 10e3, true, true, "Yonder: measured to 7 km"},
     .meaning = "length of the path that lies in the vegetation",
     .required = true},
    {.name = "values",
     .default_value = std::string_view("st_petersburg"),
     .choices = kValues,
     .meaning = "attenuation measured in a mixed wood near St. Petersburg, or the two below"},
    {.name = "specific_attenuation_db_per_m",
     .unit = "dB/m",
     .default_value = 0.2,
     .range = {{}, "dB/m", 0.0, 100.0, false, true, "wider than P.833-10 figure 2"},
     .meaning = "with values: given, where it is needed"},
    {.name = "maximum_attenuation_db",
     .unit = "dB",
     .default_value = 25.0,
     .range = {{}, "dB", 0.0, 200.0, false, true, "wider than P.833-10 table 1"},
     .meaning = "with values: given and geometry: woodland, where it is needed"},
});

struct Settings {
  bool is_woodland;
  bool is_given;
  double depth_m;
  double specific_attenuation_db_per_m;
  double maximum_attenuation_db;
};

class Vegetation final : public LossAddition {
 public:
  explicit Vegetation(const Settings& settings) : s_(settings) {}
  const AdditionInfo& info() const override { return kAddition; }

  AdditionResult evaluate(const AdditionPath& path) const override {
    const Row row = s_.is_given ? given_row : measured_row;
    if (const AdditionResult refused = check_rows(kAddition, path.input, row, 1); !refused.ok()) {
      return refused;
    }
    if (!s_.is_woodland) {
      const AdditionResult refused = check_rows(kAddition, path.input, single_row, 1);
      if (!refused.ok()) return refused;
    }
    const double f = hz_to_mhz(path.input.frequency_hz);
    const double gamma = s_.is_given ? s_.specific_attenuation_db_per_m
                                     : p833::measured_specific_attenuation_db_per_m(f);
    if (!s_.is_woodland) return {.loss_db = gamma * s_.depth_m};  // P.833-10 section 3.1
    const double a_m =
        s_.is_given ? s_.maximum_attenuation_db : p833::measured_maximum_attenuation_db(f);
    return {.loss_db = p833::woodland_loss_db(s_.depth_m, gamma, a_m)};
  }

 private:
  Settings s_;
};

std::unique_ptr<LossAddition> make(const ParameterValues& values) {
  const ParameterReader reader = read_parameters(kAddition, values);
  const Settings settings{
      .is_woodland = reader.word("geometry") == "woodland",
      .is_given = reader.word("values") == "given",
      .depth_m = reader.number("depth_m"),
      .specific_attenuation_db_per_m = reader.number("specific_attenuation_db_per_m"),
      .maximum_attenuation_db = reader.number("maximum_attenuation_db")};
  for (const std::string_view name : {"specific_attenuation_db_per_m", "maximum_attenuation_db"}) {
    const bool wanted =
        settings.is_given && (settings.is_woodland || name != "maximum_attenuation_db");
    if (reader.given(name) != wanted) {
      throw ParameterError(std::string(name),
                           "'" + std::string(name) + "' " +
                               (wanted ? "is needed with 'values' given"
                                       : "has no meaning with these 'values' and 'geometry'"));
    }
  }
  return std::make_unique<Vegetation>(settings);
}

}  // namespace

const AdditionInfo kAddition = {
    .id = "vegetation_p833",
    .term_key = "vegetation_p833_db",
    .source = "ITU-R P.833-10 (09/2021)",
    .title = "a wood around a terminal (saturating), or one stand of trees below 1 GHz",
    .label = "vegetation",
    .kind = AdditionKind::surroundings,
    .ranges = kRanges,
    .parameters = kParameters,
    .make = make,
};

}  // namespace yonder::propagation::vegetation_p833
