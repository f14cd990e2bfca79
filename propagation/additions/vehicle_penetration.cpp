#include "propagation/additions/vehicle_penetration.h"

#include <array>
#include <cmath>
#include <span>

#include "core/units.h"
#include "propagation/physics/normal_quantile.h"

namespace yonder::propagation::vehicle_penetration {
namespace {

constexpr std::string_view kCars = "TR 38.901 section 7.4.3.2";
constexpr std::string_view kPractice = "Yonder: planning practice, to be replaced by measurement";
constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 600.0, 60e3, true, true, kCars},
    {"frequency_mhz", "MHz", 700.0, 3500.0, true, true, "trains: Yonder's planning defaults"},
    {"frequency_mhz", "MHz", 700.0, 5000.0, true, true, "ships: Yonder's planning defaults"},
    {"frequency_mhz", "MHz", 0.0, 1e6, false, true, "mean_db is given"},
});

/// Mean loss at a frequency; between knots on a straight line over log frequency, level beyond.
struct Knot {
  double frequency_mhz, mean_db;
};
constexpr auto kCar = std::to_array<Knot>({{1000.0, 9.0}});
constexpr auto kCarMetallised = std::to_array<Knot>({{1000.0, 20.0}});
constexpr auto kHighSpeed =
    std::to_array<Knot>({{773.0, 21.0}, {1800.0, 26.0}, {2100.0, 30.0}, {3500.0, 33.0}});
constexpr auto kConventional = std::to_array<Knot>({{773.0, 17.0}, {1800.0, 22.0}});
constexpr auto kShip = std::to_array<Knot>({{773.0, 15.0}, {2600.0, 20.0}});

struct Vehicle {
  std::size_t row;
  std::span<const Knot> knots;
  double deviation_db;  ///< 0: the source states none
};
enum : std::size_t { kGiven = 5 };
constexpr auto kVehicles = std::to_array<Vehicle>({{0, kCar, 5.0},
                                                   {0, kCarMetallised, 5.0},
                                                   {1, kHighSpeed, 0.0},
                                                   {1, kConventional, 0.0},
                                                   {2, kShip, 0.0},
                                                   {3, {}, 0.0}});
constexpr auto kWords =
    std::to_array<std::string_view>({"car", "car_metallised_glass", "train_high_speed",
                                     "train_conventional", "ship_cabin", "given"});
constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "vehicle",
     .default_value = std::string_view("car"),
     .choices = kWords,
     .meaning = "what the receiver is inside of; given: mean_db",
     .required = true},
    {.name = "mean_db",
     .unit = "dB",
     .default_value = 20.0,
     .range = {{}, "dB", 0.0, 100.0, true, true, kPractice},
     .meaning = "with vehicle: given, where it is needed"},
    {.name = "standard_deviation_db",
     .unit = "dB",
     .default_value = 0.0,
     .range = {{}, "dB", 0.0, 30.0, true, true, "a spread"},
     .meaning = "of a normal distribution over places; left out: cars 5 dB, others none known"},
    kLocationPercentSpec,
});

double interpolated_db(std::span<const Knot> knots, double frequency_mhz) {
  if (frequency_mhz <= knots.front().frequency_mhz) return knots.front().mean_db;
  for (std::size_t i = 1; i < knots.size(); ++i) {
    if (frequency_mhz > knots[i].frequency_mhz) continue;
    const double t = std::log(frequency_mhz / knots[i - 1].frequency_mhz) /
                     std::log(knots[i].frequency_mhz / knots[i - 1].frequency_mhz);
    return knots[i - 1].mean_db + t * (knots[i].mean_db - knots[i - 1].mean_db);
  }
  return knots.back().mean_db;
}

struct Settings {
  std::size_t vehicle;
  double given_mean_db;
  double percent;
  double deviation_db;  ///< at percent
};

class Penetration final : public LossAddition {
 public:
  explicit Penetration(const Settings& settings) : s_(settings) {}
  const AdditionInfo& info() const override { return kAddition; }
  double percent() const override { return s_.percent; }

  AdditionResult evaluate(const AdditionPath& path) const override {
    const Vehicle& vehicle = kVehicles[s_.vehicle];
    if (const AdditionResult refused = check_rows(kAddition, path.input, vehicle.row, 1);
        !refused.ok()) {
      return refused;
    }
    const double mean_db = s_.vehicle == kGiven
                               ? s_.given_mean_db
                               : interpolated_db(vehicle.knots, hz_to_mhz(path.input.frequency_hz));
    return {.loss_db = mean_db, .deviation_db = s_.deviation_db};
  }

 private:
  Settings s_;
};

std::unique_ptr<LossAddition> make(const ParameterValues& values) {
  const ParameterReader reader = read_parameters(kAddition, values);
  const std::size_t vehicle = reader.choice("vehicle");
  if (reader.given("mean_db") != (vehicle == kGiven)) {
    throw ParameterError("mean_db", vehicle == kGiven
                                        ? "'vehicle' given needs 'mean_db'"
                                        : "'mean_db' goes with 'vehicle' given; otherwise it would "
                                          "be ignored");
  }
  const double sigma_db = reader.given("standard_deviation_db")
                              ? reader.number("standard_deviation_db")
                              : kVehicles[vehicle].deviation_db;
  const double percent = reader.number(kLocationPercent);
  if (percent != 50.0 && sigma_db == 0.0) {
    throw ParameterError(std::string(kLocationPercent),
                         "no spread is known of this vehicle's loss: give "
                         "'standard_deviation_db' with 'location_percent' other than 50");
  }
  const double deviation_db = percent == 50.0 ? 0.0 : sigma_db * normal_quantile(percent / 100.0);
  return std::make_unique<Penetration>(
      Settings{vehicle, reader.number("mean_db"), percent, deviation_db});
}

}  // namespace

const AdditionInfo kAddition = {
    .id = "vehicle_penetration",
    .term_key = "vehicle_penetration_db",
    .source = "TR 38.901 section 7.4.3.2 (cars); Yonder's planning defaults (trains, ships)",
    .title = "loss into cars, trains and ships, or a given mean and spread",
    .label = "vehicle penetration",
    .kind = AdditionKind::shell,
    .statistical = true,
    .ranges = kRanges,
    .parameters = kParameters,
    .make = make,
};

}  // namespace yonder::propagation::vehicle_penetration
