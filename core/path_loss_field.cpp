#include "core/path_loss_field.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/free_space.h"
#include "core/parallel_rows.h"
#include "core/profile_cut.h"

namespace yonder {
namespace {

constexpr float kNoLoss = std::numeric_limits<float>::quiet_NaN();

bool below_shortest_distance(const ModelInfo& info, const PathLossResult& result) {
  return result.status == LossStatus::below_range && info.ranges[result.bound].name == "distance_m";
}

}  // namespace

PathEvaluator::PathEvaluator(const Terrain& terrain, const PathLossModel& model,
                             const FieldSpec& spec)
    : terrain_(terrain), model_(model), spec_(spec) {}

PathLossInput PathEvaluator::input_for(Pixel receiver, const PathProfile& profile) const {
  return input_for(receiver_at_pixel(terrain_, receiver, spec_.receiver_height_agl_m), profile);
}

PathLossInput PathEvaluator::input_for(const ReceiverPlace& receiver,
                                       const PathProfile& profile) const {
  PathLossInput input;
  input.frequency_hz = spec_.frequency_hz;
  input.polarization = spec_.polarization;
  input.tx = {spec_.antenna.height_agl_m, spec_.antenna.lonlat, std::nullopt};
  input.rx = {receiver.height_agl_m, terrain_.geo.at(receiver.position), std::nullopt};
  input.profile = profile.view();
  input.distance_m = input.profile.length_m();
  return input;
}

PathLossSample PathEvaluator::evaluate(Pixel receiver, PathScratch& scratch, Terms* terms) const {
  return evaluate(receiver_at_pixel(terrain_, receiver, spec_.receiver_height_agl_m), scratch,
                  terms);
}

PathLossSample PathEvaluator::evaluate(const ReceiverPlace& receiver, PathScratch& scratch,
                                       Terms* terms) const {
  const Bearing bearing = bearing_to(spec_.antenna, receiver.position);
  if (bearing.distance_m > spec_.radius_m) return {kNoLoss, pixel_status::kBeyondRadius, {}};
  AntennaPosition antenna = spec_.antenna;
  // A receiver at the mast itself has no direction to cut along; half a metre aside is the same
  // place.
  if (bearing.distance_m == 0.0) antenna.position.x_m += 0.5;
  if (!cut_profile_to(terrain_, antenna, receiver, scratch.profile)) {
    return {kNoLoss, pixel_status::kNoTerrainData, {}};
  }
  const PathLossInput input = input_for(receiver, scratch.profile);
  const PathLossResult result = model_.evaluate(input, scratch.workspace, terms);
  if (result.ok()) return {static_cast<float>(result.loss_db), pixel_status::kOk, result};
  if (free_space_stands_in(result)) {
    const double rise_m = input.profile.ground_amsl_m.front() + input.tx.height_agl_m -
                          input.profile.ground_amsl_m.back() - input.rx.height_agl_m;
    const double slant_m = std::hypot(input.distance_m, rise_m);
    if (slant_m > 0.0) {
      const PathLossResult near =
          model_.with_additions(free_space_loss_db(spec_.frequency_hz, slant_m), input, terms);
      if (near.ok()) {
        return {static_cast<float>(near.loss_db), pixel_status::kShortRange, result};
      }
      return {kNoLoss, pixel_status_of(near), near};
    }
  }
  return {kNoLoss, pixel_status_of(result), result};
}

bool PathEvaluator::free_space_stands_in(const PathLossResult& result) const {
  return spec_.free_space_at_short_range && below_shortest_distance(model_.info(), result);
}

PathLossField empty_field(PixelWindow window, const ModelInfo& model) {
  return {.window = window,
          .loss_db = std::vector<float>(window.size(), kNoLoss),
          .status = std::vector<PixelStatus>(window.size(), pixel_status::kBeyondRadius),
          .served_by = std::vector<std::uint8_t>(model.members.empty() ? 0 : window.size(), 0)};
}

PixelWindow field_window(const Grid& grid, PixelWindow area, const FieldSpec& spec) {
  const double reach_m = spec.radius_m * spec.antenna.distortion.scale + grid.pixel_size_m;
  const MapPoint at = spec.antenna.position;
  const Pixel first = grid.pixel_at({at.x_m - reach_m, at.y_m + reach_m});
  const Pixel last = grid.pixel_at({at.x_m + reach_m, at.y_m - reach_m});
  const int column = std::max(area.column, first.column);
  const int row = std::max(area.row, first.row);
  return {column, row, std::max(0, std::min(area.column + area.columns, last.column + 1) - column),
          std::max(0, std::min(area.row + area.rows, last.row + 1) - row)};
}

PathLossField compute_path_loss_field(const PathEvaluator& evaluator, PixelWindow area,
                                      const RunControl& control, JobProgress& job) {
  PathLossField field = empty_field(field_window(evaluator.terrain().grid, area, evaluator.spec()),
                                    evaluator.model().info());
  std::vector<PathScratch> scratch(static_cast<std::size_t>(thread_count(control)));
  parallel_rows(field.window.rows, control, job.done, job.total, [&](int row, int thread) {
    for (int column = 0; column < field.window.columns; ++column) {
      const Pixel pixel{field.window.column + column, field.window.row + row};
      const PathLossSample sample =
          evaluator.evaluate(pixel, scratch[static_cast<std::size_t>(thread)]);
      const std::size_t i = field.window.index(pixel);
      field.loss_db[i] = sample.loss_db;
      field.status[i] = sample.status;
      if (!field.served_by.empty()) field.served_by[i] = sample.result.served_by;
    }
  });
  job.done += static_cast<std::size_t>(field.window.rows);
  return field;
}

}  // namespace yonder
