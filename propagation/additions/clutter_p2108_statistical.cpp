#include "propagation/additions/clutter_p2108_statistical.h"

#include <array>
#include <limits>
#include <numbers>

#include "core/units.h"
#include "propagation/physics/itu_p2108.h"

namespace yonder::propagation::clutter_p2108_statistical {
namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();
constexpr std::size_t kBothEnds = 2;  // row of its own
constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 500.0, 67e3, true, true, "P.2108-1 section 3.2"},
    {"distance_m", "m", 250.0, kUnbounded, true, true, "P.2108-1 section 3.2, one end"},
    {"distance_m", "m", 1000.0, kUnbounded, true, true, "P.2108-1 section 3.2, both ends"},
});
constexpr auto kTerminals = std::to_array<std::string_view>({"one", "both"});
constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "terminals",
     .default_value = std::string_view("one"),
     .choices = kTerminals,
     .meaning = "how many ends stand well below the roofs"},
    kLocationPercentSpec,
});

class Statistical final : public LossAddition {
 public:
  Statistical(bool both, double percent) : both_(both), percent_(percent) {}
  const AdditionInfo& info() const override { return kAddition; }
  double percent() const override { return percent_; }

  AdditionResult evaluate(const AdditionPath& path) const override {
    const std::size_t rows = both_ ? kRanges.size() : kBothEnds;
    if (const AdditionResult refused = check_rows(kAddition, path.input, 0, rows); !refused.ok()) {
      return refused;
    }
    const double f_ghz = hz_to_ghz(path.input.frequency_hz);
    const double d_km = path.input.distance_m / 1000.0;
    const double median = itu_p2108::terrestrial_statistical_db(f_ghz, d_km, 50.0);
    const double deviation =
        percent_ == 50.0 ? 0.0
                         : itu_p2108::terrestrial_statistical_db(f_ghz, d_km, percent_) - median;
    // Two ends are two independent draws.
    if (both_) return {.loss_db = 2.0 * median, .deviation_db = std::numbers::sqrt2 * deviation};
    return {.loss_db = median, .deviation_db = deviation};
  }

 private:
  bool both_;
  double percent_;
};

std::unique_ptr<LossAddition> make(const ParameterValues& values) {
  const ParameterReader reader = read_parameters(kAddition, values);
  return std::make_unique<Statistical>(reader.word("terminals") == "both",
                                       reader.number(kLocationPercent));
}

}  // namespace

const AdditionInfo kAddition = {
    .id = "clutter_p2108_statistical",
    .term_key = "clutter_p2108_statistical_db",
    .source = "ITU-R P.2108-1 (09/2021) section 3.2",
    .title = "towns and suburbs around terminals well below the roofs, over locations",
    .label = "clutter, statistical",
    .kind = AdditionKind::surroundings,
    .statistical = true,
    .ranges = kRanges,
    .parameters = kParameters,
    .make = make,
};

}  // namespace yonder::propagation::clutter_p2108_statistical
