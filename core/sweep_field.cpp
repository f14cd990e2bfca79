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

PathLossSample sample_of(const PathLossResult& result) {
  if (result.ok()) return {static_cast<float>(result.loss_db), pixel_status::kOk, result};
  return {std::numeric_limits<float>::quiet_NaN(), pixel_status_of(result), result};
}

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
        per_pixel_size_(1.0 / terrain.grid.pixel_size_m),
        clearance_steps_(terrain.clutter_height_m.empty() ? kClearanceSteps
                                                          : kClutterClearanceSteps),
        has_zones_(meets_zones()),
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
        const PathLossResult& result = b.results[t * receivers + r];
        // Nearer than the model's shortest path, where free space stands in: few pixels.
        if (evaluators_[t].free_space_stands_in(result)) {
          store(t, b.pixels[r].pixel, evaluators_[t].evaluate(b.pixels[r].pixel, b.exact));
        } else {
          store(t, b.pixels[r].pixel, sample_of(result));
        }
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
    const double step_m = grid.pixel_size_m / spec_.antenna.distortion.scale;
    const bool has_clutter = !terrain_.clutter_height_m.empty();
    const Pixel own_pixel = grid.pixel_at(spec_.antenna.position);
    const std::size_t wanted = samples_before(b.pixels.back());
    b.samples.resize(wanted);
    std::size_t i = 0;
    const auto keep = [&](double ground, Pixel at) {
      const std::size_t pixel = grid.index(at);
      b.samples.distance_m[i] = static_cast<double>(i) * step_m;
      b.samples.ground_amsl_m[i] = ground;
      if (has_zones_) b.samples.zone[i] = terrain_.zone[pixel];
      if (has_clutter) {
        b.samples.clutter_height_m[i] =
            at == own_pixel ? 0.0 : static_cast<double>(terrain_.clutter_height_m[pixel]);
      }
    };
    // In columns and rows between pixel centres; where four of them lie around, without checks.
    const MapPoint start = spec_.antenna.position;
    const double u0 = (start.x_m - grid.top_left.x_m) * per_pixel_size_ - 0.5;
    const double v0 = (grid.top_left.y_m - start.y_m) * per_pixel_size_ - 0.5;
    const std::size_t inner_count =
        inner(start) && inner(along(direction, static_cast<double>(wanted) * grid.pixel_size_m))
            ? wanted
            : 0;
    for (; i < inner_count; ++i) {
      const double u = u0 + static_cast<double>(i) * direction.x_m;
      const double v = v0 - static_cast<double>(i) * direction.y_m;
      const double ground = inner_ground_at(u, v);
      if (!(ground == ground)) break;
      keep(ground, {static_cast<int>(u + 0.5), static_cast<int>(v + 0.5)});
    }
    // From the first unknown height on with checks: a neighbour of weight zero may be the unknown.
    for (; i < wanted; ++i) {
      const MapPoint point = along(direction, static_cast<double>(i) * grid.pixel_size_m);
      const double ground = terrain_.ground_at(point);
      if (!(ground == ground)) break;
      keep(ground, clamped(grid.pixel_at(point)));
    }
    b.samples.resize(i);
    if (!has_clutter) b.samples.clutter_height_m.clear();
    if (!has_zones_) b.samples.zone.clear();
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
    const bool inside = inner(along(direction, b.pixels.front().plane_m)) &&
                        inner(along(direction, b.pixels.back().plane_m));
    PositionsAlong positions(*this, direction);
    std::size_t kept = 0;
    for (const RadialPixel p : b.pixels) {
      const std::size_t i = grid.index(p.pixel);
      const MapPoint point = along(direction, p.plane_m);
      double ground = std::numeric_limits<double>::quiet_NaN();
      if (inside) {
        ground = inner_ground_at((point.x_m - grid.top_left.x_m) * per_pixel_size_ - 0.5,
                                 (grid.top_left.y_m - point.y_m) * per_pixel_size_ - 0.5);
      }
      if (!(ground == ground)) ground = terrain_.ground_at(point);
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
      if (has_zones_) out.zone.push_back(terrain_.zone[i]);
      b.positions.push_back(positions.at(p.plane_m));
      b.sample_counts.push_back(static_cast<std::uint32_t>(count));
      b.pixels[kept++] = p;
    }
    b.pixels.resize(kept);
  }

  /// Geographic positions at rising distances along a radial, in straight pieces between points of
  /// the terrain's lattice as far apart as its own nodes.
  class PositionsAlong {
   public:
    PositionsAlong(const Sweeper& sweeper, MapPoint direction)
        : sweeper_(sweeper),
          direction_(direction),
          piece_m_(sweeper.terrain_.geo.step_px * sweeper.terrain_.grid.pixel_size_m) {}

    LonLat at(double plane_m) {
      if (plane_m >= end_m_) {
        const double begin_m = std::floor(plane_m / piece_m_) * piece_m_;
        end_m_ = begin_m + piece_m_;
        begin_ = lonlat(begin_m);
        const LonLat end = lonlat(end_m_);
        double turn_deg = end.lon_deg - begin_.lon_deg;  // over the antimeridian?
        if (turn_deg > 180.0) turn_deg -= 360.0;
        if (turn_deg < -180.0) turn_deg += 360.0;
        per_m_ = {turn_deg / piece_m_, (end.lat_deg - begin_.lat_deg) / piece_m_};
        begin_m_ = begin_m;
      }
      const double rest_m = plane_m - begin_m_;
      return {begin_.lon_deg + rest_m * per_m_.lon_deg, begin_.lat_deg + rest_m * per_m_.lat_deg};
    }

   private:
    LonLat lonlat(double plane_m) const {
      return sweeper_.terrain_.geo.at(sweeper_.along(direction_, plane_m));
    }

    const Sweeper& sweeper_;
    MapPoint direction_;
    double piece_m_;
    double begin_m_ = 0.0;
    double end_m_ = 0.0;
    LonLat begin_;
    LonLat per_m_;
  };

  /// Whether radials could meet another zone than inland; where not, nobody need count zones.
  bool meets_zones() const {
    const Pixel own = clamped(terrain_.grid.pixel_at(spec_.antenna.position));
    const int first_column = std::min(own.column, window_.column);
    const int end_column = std::max(own.column + 1, window_.column + window_.columns);
    const int end_row = std::max(own.row + 1, window_.row + window_.rows);
    for (int row = std::min(own.row, window_.row); row < end_row; ++row) {
      const auto begin = terrain_.zone.begin() +
                         static_cast<std::ptrdiff_t>(terrain_.grid.index({first_column, row}));
      const auto end = begin + (end_column - first_column);
      if (std::any_of(begin, end, [](Zone zone) { return zone != Zone::inland; })) return true;
    }
    return false;
  }

  Pixel clamped(Pixel p) const {  // a point on the outer border belongs to the last pixel
    return {std::min(p.column, terrain_.grid.columns - 1), std::min(p.row, terrain_.grid.rows - 1)};
  }

  /// Whether a point lies between four pixel centres.
  bool inner(MapPoint point) const {
    const Grid& grid = terrain_.grid;
    const double margin_m = 0.5 * grid.pixel_size_m;
    return point.x_m > grid.top_left.x_m + margin_m && point.y_m < grid.top_left.y_m - margin_m &&
           point.x_m < grid.top_left.x_m + (grid.columns - 1) * grid.pixel_size_m - margin_m &&
           point.y_m > grid.top_left.y_m - (grid.rows - 1) * grid.pixel_size_m + margin_m;
  }

  /// Terrain::ground_at() of a point `u` columns and `v` rows from the first pixel's centre, with
  /// four pixel centres around. NaN when any of their heights is unknown.
  double inner_ground_at(double u, double v) const {
    const Grid& grid = terrain_.grid;
    const int column = static_cast<int>(u);
    const int row = static_cast<int>(v);
    const double s = u - column;
    const double t = v - row;
    const float* const upper = terrain_.ground_amsl_m.data() + grid.index({column, row});
    const float* const lower = upper + grid.columns;
    const auto a = static_cast<double>(upper[0]);
    const auto b = static_cast<double>(upper[1]);
    const auto c = static_cast<double>(lower[0]);
    const auto d = static_cast<double>(lower[1]);
    const double top = a + s * (b - a);
    return top + t * (c + s * (d - c) - top);
  }

  /// Samples of the radial in the profile of a pixel.
  std::size_t samples_before(const RadialPixel& p) const {
    return static_cast<std::size_t>(p.plane_m * per_pixel_size_ - clearance_steps_) + 1;
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
    if (!field.served_by.empty()) field.served_by[i] = sample.result.served_by;
  }

  const Terrain& terrain_;
  const FieldSpec& spec_;
  std::span<const SweepTarget> targets_;
  std::vector<PathLossField>& fields_;
  PixelWindow window_;
  double nearest_plane_m_;
  double per_pixel_size_;
  double clearance_steps_;
  bool has_zones_;
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
  std::vector<PathLossField> fields = {empty_field({pixel.column, pixel.row, 1, 1}, model.info())};
  const Sweeper sweeper(terrain, spec, {&target, 1}, fields);
  Buffers b;
  for (int k = 0; k < sweeper.radials(); ++k) {
    if (!sweeper.prepare(k, b)) {
      if (fields[0].status[0] ==
          pixel_status::kNoTerrainData) {  // its azimuth crosses unknown ground
        profile = {};
        PathLossSample none;
        none.status = pixel_status::kNoTerrainData;
        none.loss_db = std::numeric_limits<float>::quiet_NaN();
        return none;
      }
      continue;
    }
    const RadialInput radial = sweeper.input(b);
    b.results.resize(1);
    model.sweep(radial, {&target, 1}, b.scratch, b.results);
    if (evaluator.free_space_stands_in(b.results[0])) break;
    const PathLossInput input = receiver_input(radial, 0, target, profile);
    if (terms != nullptr) model.evaluate(input, b.scratch.workspace, terms);
    return sample_of(b.results[0]);
  }
  // Near the antenna or out of reach: the exact engine's.
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
  for (std::size_t t = 0; t < targets.size(); ++t) {
    fields.push_back(empty_field(window, targets[t].model->info()));
  }
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
