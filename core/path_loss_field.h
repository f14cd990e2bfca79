#pragma once

#include <cstdint>
#include <vector>

#include "core/path_loss_model.h"
#include "core/pixel_status.h"
#include "core/run_control.h"
#include "core/terrain.h"

namespace yonder {

/// Basic transmission loss from one antenna position on one frequency to each pixel of a window:
/// independent of pattern, tilt, azimuth and power, so that changing those needs no propagation.
struct PathLossField {
  PixelWindow window;          ///< within the terrain's grid
  std::vector<float> loss_db;  ///< NaN where the status has no value
  std::vector<PixelStatus> status;
  /// PathLossResult::served_by of each pixel; empty unless the model has members.
  std::vector<std::uint8_t> served_by;
};

/// What a field depends on besides terrain and model.
struct FieldSpec {
  AntennaPosition antenna;
  double frequency_hz = 0.0;
  Polarization polarization = Polarization::vertical;
  double receiver_height_agl_m = 1.5;
  double radius_m = 0.0;
  /// Free space over the slant distance stands in below the model's shortest distance (status
  /// kShortRange).
  bool free_space_at_short_range = true;
};

/// How a field is computed.
enum class Engine : std::uint8_t {
  exact,  ///< each pixel by its own profile
  sweep   ///< pixels share profiles along azimuths (core/sweep_field.h)
};

/// Buffers of one thread.
struct PathScratch {
  PathProfile profile;
  Workspace workspace;
};

/// One pixel of a field.
struct PathLossSample {
  float loss_db = 0.0F;
  PixelStatus status = pixel_status::kBeyondRadius;
  PathLossResult result;  ///< the model's own answer, for explanations
};

/// Evaluates single receivers: profile -> model -> loss. The engine, the one-pixel explanation,
/// routes and points all go through here, so they cannot differ.
class PathEvaluator {
 public:
  PathEvaluator(const Terrain& terrain, const PathLossModel& model, const FieldSpec& spec);

  PathLossSample evaluate(Pixel receiver, PathScratch& scratch, Terms* terms = nullptr) const;
  /// The same at any place, whose height goes before the spec's.
  PathLossSample evaluate(const ReceiverPlace& receiver, PathScratch& scratch,
                          Terms* terms = nullptr) const;

  /// Whether free space takes the place of this answer of the model: evaluate() sees to it.
  bool free_space_stands_in(const PathLossResult& result) const;

  /// The model's input for a receiver, over `profile` (which must outlive it).
  PathLossInput input_for(Pixel receiver, const PathProfile& profile) const;
  PathLossInput input_for(const ReceiverPlace& receiver, const PathProfile& profile) const;

  const FieldSpec& spec() const { return spec_; }
  const Terrain& terrain() const { return terrain_; }
  const PathLossModel& model() const { return model_; }

 private:
  const Terrain& terrain_;
  const PathLossModel& model_;
  FieldSpec spec_;
};

/// The pixels of `area` that the radius around the antenna touches.
PixelWindow field_window(const Grid& grid, PixelWindow area, const FieldSpec& spec);

/// A field of which no pixel is known yet.
PathLossField empty_field(PixelWindow window, const ModelInfo& model);

/// Counts rows of a job that spans several fields, for progress.
struct JobProgress {
  std::size_t done = 0;
  std::size_t total = 0;
};

/// The exact engine: every pixel gets its own profile. Bit-identical at any thread count. Throws
/// Stopped.
PathLossField compute_path_loss_field(const PathEvaluator& evaluator, PixelWindow area,
                                      const RunControl& control, JobProgress& job);

}  // namespace yonder
