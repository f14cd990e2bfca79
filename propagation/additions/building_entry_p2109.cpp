#include "propagation/additions/building_entry_p2109.h"

#include <array>

#include "core/units.h"
#include "propagation/physics/itu_p2109.h"

namespace yonder::propagation::building_entry_p2109 {
namespace {

constexpr auto kRanges = std::to_array<RangeSpec>({
    {"frequency_mhz", "MHz", 80.0, 100e3, true, true, "P.2109-2 section 3"},
});
/// In the order of itu_p2109::BuildingType.
constexpr auto kTypes = std::to_array<std::string_view>({"traditional", "thermally_efficient"});
constexpr auto kParameters = std::to_array<ParameterSpec>({
    {.name = "building_type",
     .default_value = std::string_view("traditional"),
     .choices = kTypes,
     .meaning = "thermally efficient: metallised glass, foil-backed panels",
     .required = true},
    kLocationPercentSpec,
});

class BuildingEntry final : public LossAddition {
 public:
  BuildingEntry(itu_p2109::BuildingType type, double percent) : type_(type), percent_(percent) {}
  const AdditionInfo& info() const override { return kAddition; }
  double percent() const override { return percent_; }

  AdditionResult evaluate(const AdditionPath& path) const override {
    if (const AdditionResult refused = check_all_rows(kAddition, path.input); !refused.ok()) {
      return refused;
    }
    const double f_ghz = hz_to_ghz(path.input.frequency_hz);
    const double median = itu_p2109::building_entry_loss_db(f_ghz, 50.0, path.elevation_deg, type_);
    const double deviation = percent_ == 50.0 ? 0.0
                                              : itu_p2109::building_entry_loss_db(
                                                    f_ghz, percent_, path.elevation_deg, type_) -
                                                    median;
    return {.loss_db = median, .deviation_db = deviation};
  }

 private:
  itu_p2109::BuildingType type_;
  double percent_;
};

std::unique_ptr<LossAddition> make(const ParameterValues& values) {
  const ParameterReader reader = read_parameters(kAddition, values);
  return std::make_unique<BuildingEntry>(
      static_cast<itu_p2109::BuildingType>(reader.choice("building_type")),
      reader.number(kLocationPercent));
}

}  // namespace

const AdditionInfo kAddition = {
    .id = "building_entry_p2109",
    .term_key = "building_entry_p2109_db",
    .source = "ITU-R P.2109-2 (08/2023)",
    .title = "loss into a building, over buildings and places in them",
    .label = "building entry",
    .kind = AdditionKind::shell,
    .statistical = true,
    .ranges = kRanges,
    .parameters = kParameters,
    .make = make,
};

}  // namespace yonder::propagation::building_entry_p2109
