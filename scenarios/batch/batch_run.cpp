#include "scenarios/batch/batch_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/parallel_rows.h"
#include "geodata/error.h"
#include "scenarios/batch/batch_lock.h"
#include "scenarios/batch/tile_key.h"
#include "scenarios/batch/tile_run.h"
#include "scenarios/estimate.h"
#include "scenarios/peak_memory.h"
#include "scenarios/sha256.h"
#include "scenarios/staged_output.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

/// Beside propagation: terrain, service and files of a pixel, on one thread. Measured on the plan
/// of docs/methods/scaling.md; progress corrects itself as tiles finish.
constexpr double kGridPixelSeconds = 0.35e-6;
constexpr double kServicePixelSeconds = 6e-6;
constexpr double kFilePixelSeconds = 0.6e-6;

std::string batch_identity(const BatchPlan& plan) {
  Sha256 digest;
  digest.add(plan.scenario.echo);
  digest.add(fmt::format("tile_px {}\n", plan.tile_px));
  digest.add(cells_sha256(plan.scenario));
  return digest.hex();
}

/// A tile with all that is needed to compute it.
struct ReadyTile {
  Scenario part;
  AnalysisGrid analysis;
  TileKey key;
};

class Batch {
 public:
  Batch(const BatchPlan& plan, const BatchOptions& options)
      : plan_(plan),
        options_(options),
        siteless_(plan.scenario),
        grid_(make_tile_grid(plan.scenario, plan.tile_px)),
        keys_(plan.scenario) {
    siteless_.sites.clear();
    // What is held by now is mostly the plan: its cells, and the table they came from.
    constexpr double kLibrariesMib = 60.0;
    const auto held = static_cast<std::size_t>((peak_rss_mib() + kLibrariesMib) * (1 << 20));
    beside_bytes_ = std::max(kProgramBytes, held);
    const Shard shard = options.shard.value_or(Shard{});
    for (std::size_t t = static_cast<std::size_t>(shard.number) - 1; t < grid_.tiles.size();
         t += static_cast<std::size_t>(shard.count)) {
      mine_.push_back(t);
    }
  }

  BatchWork survey() {
    BatchWork work;
    work.threads = thread_count(options_.control);
    work.merge_memory_bytes = merge_bytes();
    for (const std::size_t t : mine_) {
      stop_if_asked();
      try {
        const ReadyTile ready = make_ready(t);
        TileWork one = estimate(t, ready);
        TileCheck check = check_of(t, ready.key);
        one.state = check.state;
        one.reason = std::move(check.reason);
        work.tiles.push_back(std::move(one));
      } catch (const std::exception& error) {
        TileWork one;
        one.tile = grid_.tiles[t];
        one.reason = error.what();
        work.tiles.push_back(std::move(one));
      }
    }
    return work;
  }

  BatchResult run() {
    const auto start = std::chrono::steady_clock::now();
    BatchResult result;
    result.tiles = mine_.size();
    result.estimated_mib = static_cast<double>(merge_bytes()) / (1 << 20);
    std::vector<std::optional<TileRecord>> records(grid_.tiles.size());
    std::vector<TileWork> todo;
    std::vector<std::size_t> todo_index;
    for (const std::size_t t : mine_) {
      stop_if_asked();
      const Tile& tile = grid_.tiles[t];
      try {
        const ReadyTile ready = make_ready(t);
        TileCheck check = check_of(t, ready.key);
        if (check.state == TileState::finished) {
          records[t] = std::move(check.record);
          ++result.reused;
          continue;
        }
        if (check.state != TileState::absent) {
          log("tile-stale", {{"tile", tile.id}, {"reason", check.reason}},
              fmt::format("{} is to be computed again: {}", tile.id, check.reason));
        }
        if (options_.merge_only) {
          result.missing.push_back(
              {tile.id, check.state == TileState::absent ? "not computed" : check.reason});
          continue;
        }
        todo.push_back(estimate(t, ready));
        todo_index.push_back(t);
        result.estimated_s += todo.back().seconds;
        result.estimated_mib = std::max(result.estimated_mib,
                                        static_cast<double>(todo.back().memory_bytes) / (1 << 20));
      } catch (const std::exception& error) {
        fail(result, tile, error);
      }
    }
    log("batch",
        {{"tiles", mine_.size()},
         {"finished", result.reused},
         {"to_compute", todo.size()},
         {"estimated_s", result.estimated_s}},
        fmt::format("{} tiles: {} finished before, {} to compute, about {:.0f} s", mine_.size(),
                    result.reused, todo.size(), result.estimated_s));

    if (!todo.empty()) mark_incomplete(plan_.directory);
    double done_s = 0.0;
    for (std::size_t i = 0; i < todo.size(); ++i) {
      stop_if_asked();
      const std::size_t t = todo_index[i];
      try {
        records[t] = compute(t, todo[i], done_s, result.estimated_s);
        ++result.computed;
      } catch (const OutputError&) {
        throw;  // no other tile can be written either
      } catch (const Stopped&) {
        throw;
      } catch (const std::exception& error) {
        fail(result, grid_.tiles[t], error);
      }
      done_s += todo[i].seconds;
    }
    if (!options_.shard) {
      log("merge", ordered_json::object(), "putting the tiles together");
      result.map =
          merge_tiles(plan_, grid_, records, result.missing, keys_.hashes(), options_.control);
      // Last, and not of a plan that its tiles contradict: until here they could be wanted back.
      if (result.missing.empty()) remove_dropped();
      result.map->result.threads = thread_count(options_.control);
    }
    result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    result.peak_rss_mib = peak_rss_mib();
    log("done",
        {{"computed", result.computed},
         {"reused", result.reused},
         {"missing", result.missing.size()},
         {"seconds", result.seconds},
         {"peak_rss_mib", result.peak_rss_mib}},
        fmt::format("{} tiles computed, {} taken over, {} missing", result.computed, result.reused,
                    result.missing.size()));
    return result;
  }

 private:
  void stop_if_asked() const {
    if (options_.control.stop.stop_requested()) throw Stopped();
  }

  void log(const std::string& event, const ordered_json& fields, const std::string& text) const {
    if (options_.log) options_.log(event, fields, text);
  }

  /// 0 where nothing is merged.
  std::size_t merge_bytes() const {
    return options_.shard ? 0 : beside_bytes_ + merge_memory_bytes(plan_, grid_);
  }

  fs::path folder_of(const Tile& tile) const { return plan_.directory / kTilesFolder / tile.id; }

  ReadyTile make_ready(std::size_t t) {
    const Tile& tile = grid_.tiles[t];
    Scenario part = tile_scenario(siteless_, plan_.scenario.sites, tile);
    AnalysisGrid analysis = tile_analysis(part, grid_, tile);
    keys_.keep_rasters_under(analysis, part);
    TileKey key = keys_.key(part, grid_, tile, analysis);
    return {std::move(part), std::move(analysis), std::move(key)};
  }

  TileCheck check_of(std::size_t t, const TileKey& key) const {
    const Tile& tile = grid_.tiles[t];
    TileCheck check = check_tile(folder_of(tile), tile.id, key.sha256, key.text);
    // Compared already, and long: the cells of all tiles would be held at once.
    if (check.record) check.record->key_text = {};
    return check;
  }

  TileWork estimate(std::size_t t, const ReadyTile& ready) {
    const Estimate run =
        estimate_run(ready.part, ready.analysis, options_.control.threads, seconds_per_path_);
    if (run.seconds_per_path > 0.0) seconds_per_path_ = run.seconds_per_path;
    TileWork work;
    work.tile = grid_.tiles[t];
    for (const SiteConfig& site : ready.part.sites) work.cells += site.cells.size();
    work.paths = run.paths;
    work.memory_bytes = run.memory_bytes - kProgramBytes + beside_bytes_;
    const auto pixels = static_cast<double>(ready.analysis.area.size());
    const auto layers =
        3.0 + static_cast<double>(ready.part.terminals.size() * ready.part.service.layers.size());
    work.seconds =
        run.seconds +
        (static_cast<double>(ready.analysis.grid.size()) * kGridPixelSeconds +
         pixels * (kServicePixelSeconds * static_cast<double>(ready.part.terminals.size()) +
                   kFilePixelSeconds * layers)) /
            run.threads;
    return work;
  }

  TileRecord compute(std::size_t t, const TileWork& work, double done_s, double all_s) {
    const Tile& tile = grid_.tiles[t];
    ReadyTile ready = make_ready(t);
    check_memory(ready.part, ready.analysis, "tile_px",
                 fmt::format("tile_px: {}", std::max(16, plan_.tile_px / 2)));
    log("tile-started", {{"tile", tile.id}, {"cells", work.cells}, {"estimated_s", work.seconds}},
        fmt::format("{}: {} cells, about {:.1f} s", tile.id, work.cells, work.seconds));
    RunControl control = options_.control;
    if (options_.control.progress) {
      control.progress = [&](std::size_t done, std::size_t total) {
        const double share =
            total == 0 ? 0.0 : static_cast<double>(done) / static_cast<double>(total);
        const double all = std::max(all_s, 1e-9);
        options_.control.progress(
            static_cast<std::size_t>(std::lround(1000.0 * (done_s + share * work.seconds) / all)),
            1000);
      };
    }
    const TileTimings took = run_tile(ready.part, std::move(ready.analysis), tile, ready.key,
                                      keys_.hashes(), folder_of(tile), control);
    TileCheck check = check_of(t, ready.key);
    if (check.state != TileState::finished) {
      throw std::runtime_error("the tile does not read back as it was written" +
                               (check.reason.empty() ? std::string() : ": " + check.reason) +
                               "; does another process write into this folder?");
    }
    const double seconds = took.terrain_s + took.propagation_s + took.output_s;
    log("tile-finished",
        {{"tile", tile.id},
         {"seconds", seconds},
         {"terrain_s", took.terrain_s},
         {"propagation_s", took.propagation_s},
         {"output_s", took.output_s},
         {"estimated_s", work.seconds},
         {"paths", check.record->paths}},
        fmt::format("{} finished in {:.1f} s (terrain {:.1f}, propagation and service {:.1f}, "
                    "files {:.1f}; {:.1f} estimated)",
                    tile.id, seconds, took.terrain_s, took.propagation_s, took.output_s,
                    work.seconds));
    return std::move(*check.record);
  }

  void fail(BatchResult& result, const Tile& tile, const std::exception& error) const {
    result.missing.push_back({tile.id, error.what()});
    log("tile-failed", {{"tile", tile.id}, {"reason", error.what()}},
        fmt::format("{} failed: {}", tile.id, error.what()));
  }

  /// Tiles that the plan no longer has.
  void remove_dropped() const {
    for (const std::string& id : recorded_tiles(plan_.directory)) {
      if (std::ranges::find(grid_.tiles, id, &Tile::id) != grid_.tiles.end()) continue;
      remove_tile(plan_.directory / kTilesFolder / id);
      log("tile-removed", {{"tile", id}}, fmt::format("{} is not in the plan any more", id));
    }
  }

  const BatchPlan& plan_;
  const BatchOptions& options_;
  Scenario siteless_;
  TileGrid grid_;
  TileKeys keys_;
  std::vector<std::size_t> mine_;
  std::size_t beside_bytes_ = 0;  ///< program, libraries and plan
  std::optional<double> seconds_per_path_;
};

/// What killed processes of any host have left. Only for who has the folder alone.
void remove_abandoned(const fs::path& directory) {
  // Beside the tiles a `yonder run` may be at work, which knows nothing of the lock: the staging
  // folder of a merge is told by its mosaics.
  remove_all_staging(directory, [](const fs::path& staging) {
    std::error_code ignored;
    if (fs::is_symlink(staging / kTilesFolder, ignored)) return true;
    for (const auto& entry : fs::directory_iterator(staging, ignored)) {
      if (entry.path().extension() == ".vrt") return true;
    }
    return false;
  });
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(directory / kTilesFolder, ignored)) {
    if (entry.is_directory(ignored)) remove_all_staging(entry.path());
  }
}

std::string state_text(TileState state) {
  switch (state) {
    case TileState::finished:
      return "finished";
    case TileState::absent:
      return "to compute";
    case TileState::outdated:
      return "outdated";
    case TileState::damaged:
      return "damaged";
  }
  return "?";
}

std::string duration_text(double s) {
  if (s < 100.0) return fmt::format("{:.1f} s", s);
  if (s < 6000.0) return fmt::format("{:.1f} min", s / 60.0);
  return fmt::format("{:.1f} h", s / 3600.0);
}

}  // namespace

BatchWork survey_batch(const BatchPlan& plan, const BatchOptions& options) {
  return Batch(plan, options).survey();
}

BatchResult run_batch(const BatchPlan& plan, const BatchOptions& options) {
  Batch batch(plan, options);  // first: a plan that is refused leaves no folder
  const BatchLock lock(plan.directory,
                       options.shard ? BatchLock::Kind::shared : BatchLock::Kind::alone,
                       batch_identity(plan));
  if (!options.shard) remove_abandoned(plan.directory);
  return batch.run();
}

std::string work_table(const BatchPlan& plan, const BatchWork& work) {
  std::string text = fmt::format("{:<14} {:>11} {:>6} {:>12} {:>9} {:>9}  {}\n", "tile", "pixels",
                                 "cells", "paths", "time", "memory", "state");
  double seconds = 0.0, paths = 0.0;
  std::size_t memory = work.merge_memory_bytes, left = 0;
  for (const TileWork& one : work.tiles) {
    text += fmt::format("{:<14} {:>11} {:>6} {:>12.0f} {:>9} {:>5.0f} MiB  {}{}\n", one.tile.id,
                        fmt::format("{}x{}", one.tile.window.columns, one.tile.window.rows),
                        one.cells, one.paths, duration_text(one.seconds),
                        static_cast<double>(one.memory_bytes) / (1 << 20), state_text(one.state),
                        one.reason.empty() ? "" : " (" + one.reason + ")");
    if (one.state == TileState::finished) continue;
    ++left;
    seconds += one.seconds;
    paths += one.paths;
    memory = std::max(memory, one.memory_bytes);
  }
  text += fmt::format(
      "\n{} of {} tiles to compute: {:.3g} paths, about {} on {} thread{}, up to {:.0f} MiB of "
      "memory, into {}\n",
      left, work.tiles.size(), paths, duration_text(seconds), work.threads,
      work.threads == 1 ? "" : "s", static_cast<double>(memory) / (1 << 20),
      plan.directory.string());
  return text;
}

std::string batch_summary(const BatchPlan& plan, const BatchResult& result) {
  std::string text;
  if (result.map) {
    RunResult shown = result.map->result;
    shown.timings.propagation_s = shown.timings.total_s = result.seconds;
    shown.peak_rss_mib = result.peak_rss_mib;
    shown.estimated_mib = result.estimated_mib;
    if (!shown.kpis.thresholds.empty()) text = map_summary_text(plan.scenario, shown);
  }
  text += fmt::format("\n  {} tiles: {} computed in {} ({} estimated), {} taken over, {} missing\n",
                      result.tiles, result.computed, duration_text(result.seconds),
                      duration_text(result.estimated_s), result.reused, result.missing.size());
  constexpr std::size_t kShown = 10;
  for (std::size_t i = 0; i < std::min(kShown, result.missing.size()); ++i) {
    text += fmt::format("    {}: {}\n", result.missing[i].id, result.missing[i].reason);
  }
  if (result.missing.size() > kShown) {
    text += fmt::format("    and {} more, see tiles.csv\n", result.missing.size() - kShown);
  }
  if (!result.map) return text;
  text += fmt::format("\n  Files in {}:\n   ", plan.directory.string());
  for (const std::string& file : result.map->files) text += " " + file;
  return text + "\n";
}

}  // namespace yonder::scenarios
