#include "propagation/with_additions.h"

#include <algorithm>
#include <cmath>

#include "core/contracts.h"
#include "core/radial_sweep.h"
#include "core/units.h"
#include "propagation/addition_conflicts.h"
#include "propagation/additions.h"

namespace yonder::propagation {
namespace {

constexpr std::size_t kMaxAdditions = 16;
constexpr std::size_t kSweepChunk = 8;

double elevation_deg(double tx_amsl_m, double rx_amsl_m, double distance_m) {
  return rad_to_deg(std::atan2(std::abs(tx_amsl_m - rx_amsl_m), distance_m));
}

AdditionPath addition_path(const PathLossInput& input) {
  AdditionPath path{.input = input};
  double tx_amsl_m = input.tx.height_agl_m;
  double rx_amsl_m = input.rx.height_agl_m;
  if (!input.profile.empty()) {
    tx_amsl_m += input.profile.ground_amsl_m.front();
    rx_amsl_m += input.profile.ground_amsl_m.back();
    path.rx_zone = input.profile.zone_at(input.profile.size() - 1);
  }
  path.elevation_deg = elevation_deg(tx_amsl_m, rx_amsl_m, input.distance_m);
  return path;
}

}  // namespace

WithAdditions::WithAdditions(std::unique_ptr<const PathLossModel> model,
                             std::vector<AppliedAddition> additions)
    : model_(std::move(model)), additions_(std::move(additions)) {
  YONDER_EXPECTS(additions_.size() <= kMaxAdditions);
  const ModelInfo& plain = model_->info();
  id_ = plain.id;
  source_ = plain.source;
  title_ = plain.title;
  ranges_.assign(plain.ranges.begin(), plain.ranges.end());
  refusals_.assign(plain.refusals.begin(), plain.refusals.end());
  for (const AppliedAddition& applied : additions_) {
    const AdditionInfo& added = applied.addition->info();
    id_ += "+" + std::string(added.id);
    source_ += " + " + std::string(added.source);
    title_ += " + " + std::string(added.label);
    first_row_.push_back(ranges_.size());
    first_refusal_.push_back(refusals_.size());
    ranges_.insert(ranges_.end(), added.ranges.begin(), added.ranges.end());
    refusals_.insert(refusals_.end(), added.refusals.begin(), added.refusals.end());
  }
  info_ = {.id = id_,
           .source = source_,
           .title = title_,
           .uses_profile = plain.uses_profile,
           .needs_equidistant_profile = plain.needs_equidistant_profile,
           .ranges = ranges_,
           .parameters = plain.parameters,
           .refusals = refusals_,
           .make = nullptr,
           .members = plain.members};
}

double WithAdditions::model_tx_height_m(double height_m) const {
  for (const AppliedAddition& applied : additions_) {
    height_m = applied.addition->model_tx_height_m(height_m);
  }
  return height_m;
}

double WithAdditions::model_rx_height_m(double height_m) const {
  for (const AppliedAddition& applied : additions_) {
    height_m = applied.addition->model_rx_height_m(height_m);
  }
  return height_m;
}

PathLossResult WithAdditions::add(double loss_db, const AdditionPath& path, bool skip_too_short,
                                  Terms* terms) const {
  std::array<double, kMaxAdditions> row_db{};
  double total_db = loss_db;
  double squares = 0.0;
  double sign = 1.0;
  for (std::size_t i = 0; i < additions_.size(); ++i) {
    if (!additions_[i].counts_at(path.rx_zone)) continue;
    const AdditionResult result = additions_[i].addition->evaluate(path);
    if (!result.ok()) {
      const bool is_range = result.status != LossStatus::not_applicable;
      const std::size_t bound = (is_range ? first_row_[i] : first_refusal_[i]) + result.bound;
      if (skip_too_short && result.status == LossStatus::below_range &&
          ranges_[bound].name == "distance_m") {
        continue;
      }
      return {.status = result.status, .bound = static_cast<std::uint8_t>(bound)};
    }
    row_db[i] = result.loss_db;
    total_db += result.loss_db;
    squares += result.deviation_db * result.deviation_db;
    if (result.deviation_db < 0.0) sign = -1.0;  // one percentage for all: one sign
  }
  const double deviation_db = sign * std::sqrt(squares);
  total_db += deviation_db;
  if (terms != nullptr) {
    terms->add(kModelLossKey, loss_db, "of the model alone", model_->info().source);
    for (std::size_t i = 0; i < additions_.size(); ++i) {
      const AdditionInfo& added = additions_[i].addition->info();
      terms->add(added.term_key, row_db[i], added.label, added.source);
    }
    if (squares > 0.0) {
      terms->add(kDeviationKey, deviation_db,
                 "root of the sum of squares of the deviations from the medians",
                 "independent normal distributions");
    }
  }
  return PathLossResult::value(total_db);
}

PathLossResult WithAdditions::evaluate(const PathLossInput& input, Workspace& workspace,
                                       Terms* terms) const {
  PathLossInput to_model = input;
  to_model.tx.height_agl_m = model_tx_height_m(input.tx.height_agl_m);
  to_model.rx.height_agl_m = model_rx_height_m(input.rx.height_agl_m);
  const PathLossResult result = model_->evaluate(to_model, workspace, terms);
  if (!result.ok()) return result;
  PathLossResult total = add(result.loss_db, addition_path(input), false, terms);
  total.served_by = result.served_by;
  return total;
}

PathLossResult WithAdditions::with_additions(double loss_db, const PathLossInput& input,
                                             Terms* terms) const {
  return add(loss_db, addition_path(input), true, terms);
}

void WithAdditions::sweep(const RadialInput& radial, std::span<const SweepTarget> targets,
                          SweepScratch& scratch, std::span<PathLossResult> results) const {
  const std::size_t receivers = radial.receiver_count();
  YONDER_EXPECTS(results.size() == targets.size() * receivers);
  // The models under the targets, a few at a time so that nothing is allocated.
  for (std::size_t first = 0; first < targets.size();) {
    std::array<SweepTarget, kSweepChunk> chunk;
    RadialInput to_model = radial;
    std::size_t count = 0;
    const double tx_height_m = radial.tx.height_agl_m;
    for (; count < kSweepChunk && first + count < targets.size(); ++count) {
      const SweepTarget& target = targets[first + count];
      const auto& decorated = static_cast<const WithAdditions&>(*target.model);
      const double raised_m = decorated.model_tx_height_m(tx_height_m);
      if (count > 0 && raised_m != to_model.tx.height_agl_m) break;
      to_model.tx.height_agl_m = raised_m;
      chunk[count] = target;
      chunk[count].model = decorated.model_.get();
      chunk[count].rx_height_agl_m = decorated.model_rx_height_m(target.rx_height_agl_m);
    }
    chunk[0].model->sweep(to_model, std::span(chunk).first(count), scratch,
                          results.subspan(first * receivers, count * receivers));
    for (std::size_t t = first; t < first + count; ++t) {
      const auto& decorated = static_cast<const WithAdditions&>(*targets[t].model);
      for (std::size_t r = 0; r < receivers; ++r) {
        PathLossResult& result = results[t * receivers + r];
        if (!result.ok()) continue;
        AdditionPath path;
        path.input.frequency_hz = targets[t].frequency_hz;
        path.input.polarization = targets[t].polarization;
        path.input.distance_m = radial.distance_m[r];
        path.input.tx = radial.tx;
        path.input.rx = {targets[t].rx_height_agl_m, radial.position[r], std::nullopt};
        path.rx_zone = radial.zone.empty() ? Zone::inland : radial.zone[r];
        path.elevation_deg = elevation_deg(
            radial.tx.height_agl_m + radial.samples.ground_amsl_m.front(),
            targets[t].rx_height_agl_m + radial.ground_amsl_m[r], radial.distance_m[r]);
        const std::uint8_t served_by = result.served_by;
        result = decorated.add(result.loss_db, path, false, nullptr);
        result.served_by = served_by;
      }
    }
    first += count;
  }
}

std::unique_ptr<PathLossModel> make_with_additions(const ModelInfo& model,
                                                   const ParameterValues& parameters,
                                                   std::span<const AdditionChoice> additions,
                                                   bool has_clutter_heights) {
  std::unique_ptr<PathLossModel> plain = model.make(parameters);
  if (additions.empty()) return plain;
  const std::vector<AdditionConflict> conflicts =
      addition_conflicts(model, parameters, additions, has_clutter_heights);
  if (!conflicts.empty()) {
    throw ParameterError("additions", std::string(additions[conflicts.front().index].info->id) +
                                          " " + conflicts.front().problem);
  }
  std::vector<AppliedAddition> applied;
  for (const AdditionInfo* info : all_additions()) {
    for (const AdditionChoice& choice : additions) {
      if (choice.info == info) applied.push_back({info->make(choice.parameters), choice.surface});
    }
  }
  return std::make_unique<WithAdditions>(std::move(plain), std::move(applied));
}

}  // namespace yonder::propagation
