#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "propagation/addition.h"

namespace yonder::propagation {

/// Where an addition counts, by the surface under the receiver. A path without a profile is over
/// land.
enum class AdditionSurface : std::uint8_t { everywhere, land, sea };
inline constexpr std::array<std::string_view, 3> kAdditionSurfaces = {"everywhere", "land", "sea"};

/// An addition that a user wants, before it is made.
struct AdditionChoice {
  const AdditionInfo* info = nullptr;
  ParameterValues parameters;
  AdditionSurface surface = AdditionSurface::everywhere;
};

/// An addition that a model counts.
struct AppliedAddition {
  std::unique_ptr<const LossAddition> addition;
  AdditionSurface surface = AdditionSurface::everywhere;

  bool counts_at(Zone rx_zone) const {
    return surface == AdditionSurface::everywhere ||
           (surface == AdditionSurface::sea) == (rx_zone == Zone::sea);
  }
};

/// A model and what is added to it (docs/additions.md):
///   loss = model + sum of the additions' losses, in the order of addition_list.h,
///          + sign sqrt(sum of squares of the statistical additions' deviations).
/// Where one of them refuses a path, there is no loss; its range rows and refusals stand behind the
/// model's own in info(), whose id is "<model>+<addition>+...".
class WithAdditions final : public PathLossModel {
 public:
  WithAdditions(std::unique_ptr<const PathLossModel> model, std::vector<AppliedAddition> additions);

  const ModelInfo& info() const override { return info_; }
  bool needs_profile() const override { return model_->needs_profile(); }
  PathLossResult evaluate(const PathLossInput& input, Workspace& workspace,
                          Terms* terms) const override;
  void sweep(const RadialInput& radial, std::span<const SweepTarget> targets, SweepScratch& scratch,
             std::span<PathLossResult> results) const override;
  /// Leaves out an addition for which the path is too short.
  PathLossResult with_additions(double loss_db, const PathLossInput& input,
                                Terms* terms) const override;

  const PathLossModel& model() const { return *model_; }
  std::span<const AppliedAddition> additions() const { return additions_; }

 private:
  PathLossResult add(double loss_db, const AdditionPath& path, bool skip_too_short,
                     Terms* terms) const;
  double model_tx_height_m(double height_m) const;
  double model_rx_height_m(double height_m) const;

  std::unique_ptr<const PathLossModel> model_;
  std::vector<AppliedAddition> additions_;
  std::vector<std::size_t> first_row_;      ///< of each addition in ranges_
  std::vector<std::size_t> first_refusal_;  ///< of each addition in refusals_
  std::string id_, source_, title_;
  std::vector<RangeSpec> ranges_;
  std::vector<std::string_view> refusals_;
  ModelInfo info_;
};

/// Key of the row that holds the model's own loss, and of the one with the additions' joint
/// deviation (absent at 50 %).
inline constexpr std::string_view kModelLossKey = "model_loss_db";
inline constexpr std::string_view kDeviationKey = "additions_deviation_db";

/// A model with additions, whatever order they are given in; the plain model when there are none.
/// Throws ParameterError for parameters that cannot be used and for additions that do not go with
/// the model or with each other (addition_conflicts.h). `has_clutter_heights`: profiles will carry
/// clutter heights.
std::unique_ptr<PathLossModel> make_with_additions(const ModelInfo& model,
                                                   const ParameterValues& parameters,
                                                   std::span<const AdditionChoice> additions,
                                                   bool has_clutter_heights);

}  // namespace yonder::propagation
