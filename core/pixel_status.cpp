#include "core/pixel_status.h"

#include "core/text.h"

namespace yonder {

PixelStatus pixel_status_of(const PathLossResult& result) {
  switch (result.status) {
    case LossStatus::ok:
      return pixel_status::kOk;
    case LossStatus::below_range:
      return static_cast<PixelStatus>(pixel_status::kBelowRange + 2 * result.bound);
    case LossStatus::above_range:
      return static_cast<PixelStatus>(pixel_status::kBelowRange + 2 * result.bound + 1);
    case LossStatus::not_applicable:
      break;
  }
  return static_cast<PixelStatus>(pixel_status::kNotApplicable + result.bound);
}

std::string status_text(PixelStatus status, const ModelInfo& model) {
  switch (status) {
    case pixel_status::kBeyondRadius:
      return "beyond the calculation radius";
    case pixel_status::kOk:
      return "ok";
    case pixel_status::kShortRange:
      return "ok, nearer than the model's shortest path: free space";
    case pixel_status::kIncomplete:
      return "value, but not every cell in reach could be evaluated";
    case pixel_status::kNoTerrainData:
      return "no terrain data on the path";
    default:
      break;
  }
  if (status >= pixel_status::kNotApplicable) {
    const std::size_t index = status - pixel_status::kNotApplicable;
    if (index < model.refusals.size()) return std::string(model.refusals[index]);
    return "unknown status";
  }
  const std::size_t row = (status - pixel_status::kBelowRange) / 2;
  if (status < pixel_status::kBelowRange || row >= model.ranges.size()) return "unknown status";
  const RangeSpec& range = model.ranges[row];
  const bool above = (status - pixel_status::kBelowRange) % 2 == 1;
  return "out of model range: " + std::string(range.name) + (above ? " above " : " below ") +
         number_text(above ? range.max : range.min);
}

}  // namespace yonder
