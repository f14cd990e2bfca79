#include "propagation/models/leaky_feeder.h"

#include <array>
#include <cmath>

#include "core/units.h"

namespace yonder::propagation::leaky_feeder {
namespace {

constexpr std::string_view kMeasurement = "IEC 61196-4: coupling loss is measured at 2 m";
constexpr double kReferenceM = 2.0;

constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 30.0, 6000.0, true, true, "Yonder: radiating cables on the market"},
    {"distance_m", "m", 0.0, 5000.0, true, true, "Yonder: longest cable without amplifier"},
});

/// A typical cable of 1 5/8": its two known points, joined by a straight line of log attenuation
/// and of coupling loss over log frequency. Order of magnitude, not a data sheet.
struct CablePoint {
  double frequency_mhz;
  double attenuation_db_per_100m;
  double coupling_loss_db;
};
constexpr CablePoint kLow{700.0, 1.9, 70.0};
constexpr CablePoint kHigh{2600.0, 4.8, 66.0};

constexpr auto kCables = std::to_array<std::string_view>({"typical", "given"});
constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "cable",
     .default_value = std::string_view("typical"),
     .choices = kCables,
     .meaning = "typical: round figures for 700-2600 MHz; given: the data sheet's values below"},
    {.name = "attenuation_db_per_100m",
     .unit = "dB/100 m",
     .default_value = 1.9,
     .range = {{}, "dB/100 m", 0.0, 100.0, true, true, "Yonder"},
     .meaning = "longitudinal attenuation at the frequency; with cable given, where it is needed"},
    {.name = "coupling_loss_db",
     .unit = "dB",
     .default_value = 70.0,
     .range = {{}, "dB", 0.0, 150.0, true, true, "Yonder"},
     .meaning = "coupling loss at 2 m with 95 % reception probability; with cable given, where it "
                "is needed"},
    {.name = "radial_distance_m",
     .unit = "m",
     .default_value = 2.0,
     .range = {{}, "m", 0.5, 50.0, true, true, "Yonder"},
     .meaning = "from the cable to the receiver or the train's wall"},
});

enum Refusal : std::uint8_t { outside_typical };
constexpr auto kRefusals = std::to_array<std::string_view>({
    "the typical cable is known from 700 to 2600 MHz only: give cable, attenuation_db_per_100m and "
    "coupling_loss_db from a data sheet",
});

class LeakyFeeder final : public PathLossModel {
 public:
  LeakyFeeder(bool typical, double attenuation_db_per_100m, double coupling_loss_db,
              double radial_distance_m)
      : typical_(typical),
        attenuation_db_per_100m_(attenuation_db_per_100m),
        coupling_loss_db_(coupling_loss_db),
        radial_db_(20.0 * std::log10(radial_distance_m / kReferenceM)) {}

  const ModelInfo& info() const override { return kModelInfo; }

  PathLossResult evaluate(const PathLossInput& input, Workspace&, Terms* terms) const override {
    if (const PathLossResult refused = check_ranges(kRanges, input); !refused.ok()) return refused;
    double attenuation = attenuation_db_per_100m_;
    double coupling = coupling_loss_db_;
    if (typical_) {
      const double f = hz_to_mhz(input.frequency_hz);
      if (f < kLow.frequency_mhz || f > kHigh.frequency_mhz) {
        return {.status = LossStatus::not_applicable, .bound = outside_typical};
      }
      const double t =
          std::log(f / kLow.frequency_mhz) / std::log(kHigh.frequency_mhz / kLow.frequency_mhz);
      attenuation = kLow.attenuation_db_per_100m *
                    std::pow(kHigh.attenuation_db_per_100m / kLow.attenuation_db_per_100m, t);
      coupling = std::lerp(kLow.coupling_loss_db, kHigh.coupling_loss_db, t);
    }
    const double longitudinal = attenuation * input.distance_m / 100.0;
    if (terms != nullptr) {
      terms->add("attenuation_db_per_100m", attenuation, "of the cable", "data sheet or typical");
      terms->add("longitudinal_db", longitudinal, "along the cable", "attenuation times length");
      terms->add("coupling_loss_db", coupling, "cable to receiver at 2 m, 95 %", kMeasurement);
      terms->add("radial_db", radial_db_, "20 log10(r / 2 m)", "Yonder");
    }
    return PathLossResult::value(longitudinal + coupling + radial_db_);
  }

 private:
  bool typical_;
  double attenuation_db_per_100m_;
  double coupling_loss_db_;
  double radial_db_;
};

std::unique_ptr<PathLossModel> make(const ParameterValues& values) {
  const ParameterReader reader(kModelInfo, values);
  const bool typical = reader.word("cable") == "typical";
  for (const std::string_view name : {"attenuation_db_per_100m", "coupling_loss_db"}) {
    if (reader.given(name) == !typical) continue;
    throw ParameterError(
        std::string(name),
        typical ? "'" + std::string(name) + "' goes with 'cable' given; a typical cable has its own"
                : "'cable' given needs '" + std::string(name) + "' from the data sheet");
  }
  return std::make_unique<LeakyFeeder>(typical, reader.number("attenuation_db_per_100m"),
                                       reader.number("coupling_loss_db"),
                                       reader.number("radial_distance_m"));
}

}  // namespace

const ModelInfo kModelInfo = {
    .id = "leaky_feeder",
    .source = "coupling loss as measured by IEC 61196-4, attenuation along the cable",
    .title = "radiating cable in a tunnel: attenuation along it, coupling loss, distance from it",
    .uses_profile = false,
    .ranges = kRanges,
    .parameters = kParameters,
    .refusals = kRefusals,
    .make = make,
};

}  // namespace yonder::propagation::leaky_feeder
