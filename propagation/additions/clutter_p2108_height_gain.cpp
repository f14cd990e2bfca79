#include "propagation/additions/clutter_p2108_height_gain.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/units.h"
#include "propagation/physics/itu_p2108.h"

namespace yonder::propagation::clutter_p2108_height_gain {
namespace {

constexpr std::string_view kSection = "P.2108-1 section 3.1";
constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 30.0, 3000.0, true, true, kSection},
    {"tx.height_agl_m", "m", 0.0, 1e6, true, true, kSection},
    {"rx.height_agl_m", "m", 0.0, 1e6, true, true, kSection},
});
constexpr auto kTerminals = std::to_array<std::string_view>({"receiver", "transmitter", "both"});
/// In the order of itu_p2108::ClutterType.
constexpr auto kTypes = std::to_array<std::string_view>(
    {"water_sea", "open_rural", "suburban", "urban", "trees_forest", "dense_urban"});
/// Representative heights of table 3.
constexpr auto kHeights = std::to_array<double>({10.0, 10.0, 10.0, 15.0, 15.0, 20.0});
constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "clutter_type",
     .default_value = std::string_view("suburban"),
     .choices = kTypes,
     .meaning = "surroundings of the terminal",
     .required = true},
    {.name = "terminal",
     .default_value = std::string_view("receiver"),
     .choices = kTerminals,
     .meaning = "which end stands in the clutter"},
    {.name = "clutter_height_m",
     .unit = "m",
     .default_value = 10.0,
     .range = {{}, "m", 0.0, 100.0, false, true, "taller than houses and trees"},
     .meaning = "representative height; left out: table 3, 10 m, urban and trees 15 m, dense urban "
                "20 m"},
    {.name = "street_width_m",
     .unit = "m",
     .default_value = 27.0,
     .range = {{}, "m", 0.0, 1000.0, false, true, kSection},
     .meaning = "to the houses or trees opposite"},
});
constexpr auto kRefusals = std::to_array<std::string_view>(
    {"over water and open land the height gain of P.2108-1 eq. (2b) has no value for an antenna on "
     "the ground"});

struct Settings {
  itu_p2108::ClutterType type;
  bool at_tx;
  bool at_rx;
  double clutter_height_m;
  double street_width_m;
};

class HeightGain final : public LossAddition {
 public:
  explicit HeightGain(const Settings& settings) : s_(settings) {}
  const AdditionInfo& info() const override { return kAddition; }

  // The correction stands for the way down from the clutter's height, where the model ends.
  double model_tx_height_m(double height_m) const override {
    return s_.at_tx ? std::max(height_m, s_.clutter_height_m) : height_m;
  }
  double model_rx_height_m(double height_m) const override {
    return s_.at_rx ? std::max(height_m, s_.clutter_height_m) : height_m;
  }

  AdditionResult evaluate(const AdditionPath& path) const override {
    if (const AdditionResult refused = check_all_rows(kAddition, path.input); !refused.ok()) {
      return refused;
    }
    const double f_ghz = hz_to_ghz(path.input.frequency_hz);
    const double loss_db = (s_.at_tx ? at(f_ghz, path.input.tx.height_agl_m) : 0.0) +
                           (s_.at_rx ? at(f_ghz, path.input.rx.height_agl_m) : 0.0);
    if (!std::isfinite(loss_db)) return {.status = LossStatus::not_applicable, .bound = 0};
    return {.loss_db = loss_db};
  }

 private:
  double at(double frequency_ghz, double height_m) const {
    return itu_p2108::height_gain_db(frequency_ghz, height_m, s_.street_width_m,
                                     s_.clutter_height_m, s_.type);
  }

  Settings s_;
};

std::unique_ptr<LossAddition> make(const ParameterValues& values) {
  const ParameterReader reader = read_parameters(kAddition, values);
  const std::size_t type = reader.choice("clutter_type");
  const std::string_view terminal = reader.word("terminal");
  return std::make_unique<HeightGain>(Settings{
      .type = static_cast<itu_p2108::ClutterType>(type),
      .at_tx = terminal != "receiver",
      .at_rx = terminal != "transmitter",
      .clutter_height_m =
          reader.given("clutter_height_m") ? reader.number("clutter_height_m") : kHeights[type],
      .street_width_m = reader.number("street_width_m")});
}

}  // namespace

const AdditionInfo kAddition = {
    .id = "clutter_p2108_height_gain",
    .term_key = "clutter_p2108_height_gain_db",
    .source = "ITU-R P.2108-1 (09/2021) section 3.1",
    .title =
        "clutter of known height around a terminal, below 3 GHz; the model then ends at that "
        "height",
    .label = "clutter, height gain",
    .kind = AdditionKind::surroundings,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::clutter_p2108_height_gain
