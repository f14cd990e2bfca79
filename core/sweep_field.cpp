#include "core/sweep_field.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/parallel_rows.h"
#include "core/profile_cut.h"
#include "core/radial_layout.h"

namespace yonder {
namespace {

/// Radials that one thread does at a time: neighbours touch the same terrain.
constexpr int kRadialsPerTask = 16;

/// What one thread works with.
struct Buffers {
  std::vector<RadialPixel> pixels;  ///< of a radial, then those of them that have a profile
  PathProfile samples;
  PathProfile receivers;  ///< one entry a receiver: distance, ground, clutter, zone
  std::vector<LonLat> positions;
  std::vector<std::uint32_t> sample_counts;
  std::vector<PathLossResult> results;
  SweepScratch scratch;
  PathScratch exact;
};

class Sweeper {
 public:
  Sweeper(const Terrain& terrain, const FieldSpec& spec, std::span<const SweepTarget> targets,
          std::vector<PathLossField>& fields)
      : terrain_(terrain),
        spec_(spec),
        targets_(targets),
        fields_(fields),
        window_(fields.front().window),
        nearest_plane_m_(kExactWithinPixels * terrain.grid.pixel_size_m),
        clearance_steps_(terrain.clutter_height_m.empty() ? kClearanceSteps
                                                          : kClutterClearanceSteps),
        layout_(terrain.grid, window_, spec.antenna.position, nearest_plane_m_,
                spec.radius_m * spec.antenna.distortion.scale, kRadialsPerPixel) {
    for (const SweepTarget& target : targets) {
      evaluators_.emplace_back(terrain, *target.model, spec_of(spec, target));
    }
  }

  int radials() const { return layout_.count(); }

  /// Pixels too near for radials, each by its own profile.
  void near_pixels(Buffers& b) const {
    const Grid& grid = terrain_.grid;
    const MapPoint at = spec_.antenna.position;
    const Pixel first = grid.pixel_at({at.x_m - nearest_plane_m_, at.y_m + nearest_plane_m_});
    const Pixel last = grid.pixel_at({at.x_m + nearest_plane_m_, at.y_m - nearest_plane_m_});
    for (int row = first.row; row <= last.row; ++row) {
      for (int column = first.column; column <= last.column; ++column) {
        const Pixel pixel{column, row};
        if (!window_.contains(pixel)) continue;
        const MapPoint center = grid.center(pixel);
        const double dx = center.x_m - at.x_m;
        const double dy = center.y_m - at.y_m;
        if (std::sqrt(dx * dx + dy * dy) >= nearest_plane_m_) continue;
        for (std::size_t t = 0; t < targets_.size(); ++t) {
          store(t, pixel, evaluators_[t].evaluate(pixel, b.exact));
        }
      }
    }
  }

  void radial(int index, Buffers& b) const {
    if (!prepare(index, b)) return;
    const std::size_t receivers = b.pixels.size();
    b.results.resize(targets_.size() * receivers);
    targets_.front().model->sweep(input(b), targets_, b.scratch, b.results);
    for (std::size_t t = 0; t < targets_.size(); ++t) {
      for (std::size_t r = 0; r < receivers; ++r) {
        store(t, b.pixels[r].pixel,
              evaluators_[t].sample(b.results[t * receivers + r], b.receivers.distance_m[r],
                                    b.receivers.ground_amsl_m[r]));
      }
    }
  }

  /// Terrain and receivers of a radial; false when no pixel of it has a profile.
  bool prepare(int index, Buffers& b) const {
    layout_.pixels(index, b.pixels);
    if (b.pixels.empty()) return false;
    const MapPoint direction = layout_.direction(index);
    sample_terrain(direction, b);
    place_receivers(direction, b);
    return !b.pixels.empty();
  }

  /// What prepare() made, for a model.
  RadialInput input(const Buffers& b) const {
    return {.tx = {spec_.antenna.height_agl_m, spec_.antenna.lonlat, std::nullopt},
            .step_m = terrain_.grid.pixel_size_m / spec_.antenna.distortion.scale,
            .samples = b.samples.view(),
            .distance_m = b.receivers.distance_m,
            .ground_amsl_m = b.receivers.ground_amsl_m,
            .clutter_height_m = b.receivers.clutter_height_m,
            .zone = b.receivers.zone,
            .position = b.positions,
            .sample_count = b.sample_counts};
  }

 private:
  /// Ground, clutter and zone along the radial, as far as its last pixel needs and data reaches.
  void sample_terrain(MapPoint direction, Buffers& b) const {
    const Grid& grid = terrain_.grid;
    const double step_plane_m = grid.pixel_size_m;
    const double step_m = step_plane_m / spec_.antenna.distortion.scale;
    const bool has_clutter = !terrain_.clutter_height_m.empty();
    const Pixel own_pixel = grid.pixel_at(spec_.antenna.position);
    const std::size_t wanted = samples_before(b.pixels.back());
    b.samples.resize(wanted);
    b.samples.clutter_height_m.resize(has_clutter ? wanted : 0);
    std::size_t i = 0;
    for (; i < wanted; ++i) {
      const MapPoint point = along(direction, static_cast<double>(i) * step_plane_m);
      const double ground = terrain_.ground_at(point);
      if (!(ground == ground)) break;
      const Pixel at = grid.pixel_at(point);
      const std::size_t pixel = grid.index(at);
      b.samples.distance_m[i] = static_cast<double>(i) * step_m;
      b.samples.ground_amsl_m[i] = ground;
      b.samples.zone[i] = terrain_.zone[pixel];
      if (has_clutter) {
        b.samples.clutter_height_m[i] =
            at == own_pixel ? 0.0 : static_cast<double>(terrain_.clutter_height_m[pixel]);
      }
    }
    b.samples.resize(i);
    if (!has_clutter) b.samples.clutter_height_m.clear();
  }

  /// The radial's pixels as receivers; those behind unknown ground get their status and are
  /// dropped.
  void place_receivers(MapPoint direction, Buffers& b) const {
    const Grid& grid = terrain_.grid;
    const bool has_clutter = !terrain_.clutter_height_m.empty();
    PathProfile& out = b.receivers;
    out.distance_m.clear();
    out.ground_amsl_m.clear();
    out.clutter_height_m.clear();
    out.zone.clear();
    b.positions.clear();
    b.sample_counts.clear();
    std::size_t kept = 0;
    for (const RadialPixel p : b.pixels) {
      const std::size_t i = grid.index(p.pixel);
      const double ground = terrain_.ground_at(along(direction, p.plane_m));
      const std::size_t count = samples_before(p);
      if (count > b.samples.distance_m.size() || !(ground == ground) ||
          !terrain_.has_data(p.pixel)) {
        for (std::size_t t = 0; t < targets_.size(); ++t) {
          PathLossSample none;
          none.status = pixel_status::kNoTerrainData;
          none.loss_db = std::numeric_limits<float>::quiet_NaN();
          store(t, p.pixel, none);
        }
        continue;
      }
      out.distance_m.push_back(p.plane_m / spec_.antenna.distortion.scale);
      out.ground_amsl_m.push_back(ground);
      if (has_clutter) {
        out.clutter_height_m.push_back(static_cast<double>(terrain_.clutter_height_m[i]));
      }
      out.zone.push_back(terrain_.zone[i]);
      b.positions.push_back(terrain_.geo.at(grid.center(p.pixel)));
      b.sample_counts.push_back(static_cast<std::uint32_t>(count));
      b.pixels[kept++] = p;
    }
    b.pixels.resize(kept);
  }

  /// Samples of the radial in the profile of a pixel.
  std::size_t samples_before(const RadialPixel& p) const {
    return static_cast<std::size_t>(p.plane_m / terrain_.grid.pixel_size_m - clearance_steps_) + 1;
  }

  MapPoint along(MapPoint direction, double plane_m) const {
    return {spec_.antenna.position.x_m + plane_m * direction.x_m,
            spec_.antenna.position.y_m + plane_m * direction.y_m};
  }

  void store(std::size_t target, Pixel pixel, const PathLossSample& sample) const {
    PathLossField& field = fields_[target];
    const std::size_t i = window_.index(pixel);
    field.loss_db[i] = sample.loss_db;
    field.status[i] = sample.status;
  }

  const Terrain& terrain_;
  const FieldSpec& spec_;
  std::span<const SweepTarget> targets_;
  std::vector<PathLossField>& fields_;
  PixelWindow window_;
  double nearest_plane_m_;
  double clearance_steps_;
  RadialLayout layout_;
  std::vector<PathEvaluator> evaluators_;
};

}  // namespace

FieldSpec spec_of(const FieldSpec& spec, const SweepTarget& target) {
  FieldSpec out = spec;
  out.frequency_hz = target.frequency_hz;
  out.polarization = target.polarization;
  out.receiver_height_agl_m = target.rx_height_agl_m;
  return out;
}

PathLossSample sweep_pixel(const Terrain& terrain, const FieldSpec& spec,
                           const PathLossModel& model, Pixel pixel, PathProfile& profile,
                           Terms* terms) {
  const SweepTarget target = {&model, spec.frequency_hz, spec.polarization,
                              spec.receiver_height_agl_m};
  const PathEvaluator evaluator(terrain, model, spec);
  std::vector<PathLossField> fields = {empty_field({pixel.column, pixel.row, 1, 1})};
  const Sweeper sweeper(terrain, spec, {&target, 1}, fields);
  Buffers b;
  for (int k = 0; k < sweeper.radials(); ++k) {
    if (!sweeper.prepare(k, b)) continue;
    const RadialInput radial = sweeper.input(b);
    b.results.resize(1);
    model.sweep(radial, {&target, 1}, b.scratch, b.results);
    const PathLossInput input = receiver_input(radial, 0, target, profile);
    if (terms != nullptr) model.evaluate(input, b.scratch.workspace, terms);
    return evaluator.sample(b.results[0], input.distance_m, profile.ground_amsl_m.back());
  }
  // Near the antenna, out of reach, or behind unknown ground.
  const PathLossSample sample = evaluator.evaluate(pixel, b.exact, terms);
  profile = b.exact.profile;
  return sample;
}

std::vector<PathLossField> sweep_path_loss_fields(const Terrain& terrain, const FieldSpec& spec,
                                                  std::span<const SweepTarget> targets,
                                                  PixelWindow area, const RunControl& control,
                                                  JobProgress& job) {
  const PixelWindow window = field_window(terrain.grid, area, spec);
  const auto rows = static_cast<std::size_t>(window.rows);
  std::vector<PathLossField> fields;
  for (std::size_t t = 0; t < targets.size(); ++t) fields.push_back(empty_field(window));
  if (window.size() == 0 || targets.empty()) return fields;

  const Sweeper sweeper(terrain, spec, targets, fields);
  std::vector<Buffers> buffers(static_cast<std::size_t>(thread_count(control)));
  const int tasks = (sweeper.radials() + kRadialsPerTask - 1) / kRadialsPerTask;
  // Progress is counted in rows of the window, whatever the engine.
  RunControl scaled = control;
  if (control.progress) {
    scaled.progress = [&](std::size_t done, std::size_t total) {
      control.progress(job.done + done * rows / total, job.total);
    };
  }
  parallel_rows(tasks + 1, scaled, 0, static_cast<std::size_t>(tasks) + 1,
                [&](int task, int thread) {
                  Buffers& b = buffers[static_cast<std::size_t>(thread)];
                  if (task == 0) {
                    sweeper.near_pixels(b);
                    return;
                  }
                  const int end = std::min(task * kRadialsPerTask, sweeper.radials());
                  for (int k = (task - 1) * kRadialsPerTask; k < end; ++k) sweeper.radial(k, b);
                });
  job.done += rows;
  return fields;
}

}  // namespace yonder
