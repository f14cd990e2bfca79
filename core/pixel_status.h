#pragma once

#include <cstdint>
#include <string>

#include "core/path_loss_model.h"

namespace yonder {

/// What is known of a pixel, as the code written to the status layer. Codes from kBelowRange on
/// carry the row of the model's range table, or its refusal, that stopped the calculation.
using PixelStatus = std::uint8_t;

namespace pixel_status {
inline constexpr PixelStatus kBeyondRadius = 0;  ///< no cell's radius reaches the pixel
inline constexpr PixelStatus kOk = 1;            ///< evaluated by the model
inline constexpr PixelStatus kShortRange =
    2;  ///< nearer than the model's shortest path: free space stands in
inline constexpr PixelStatus kIncomplete =
    3;  ///< has a value, but some cell in reach could not be evaluated
inline constexpr PixelStatus kNoTerrainData = 4;  ///< the path crosses ground without terrain data
inline constexpr PixelStatus kBelowRange =
    16;  ///< + 2 * row: a quantity below the model's range; + 1: above
inline constexpr PixelStatus kNotApplicable = 192;  ///< + index into ModelInfo::refusals

constexpr bool has_value(PixelStatus s) { return s >= kOk && s <= kIncomplete; }
}  // namespace pixel_status

PixelStatus pixel_status_of(const PathLossResult& result);

/// Words for a status: "ok", "no terrain data", "out of model range: distance_m below 250".
std::string status_text(PixelStatus status, const ModelInfo& model);

}  // namespace yonder
