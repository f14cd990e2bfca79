#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/run_control.h"
#include "scenarios/batch/batch_merge.h"
#include "scenarios/batch/batch_plan.h"

/// A batch: tiles computed one after the other, each by all threads, and put together.
namespace yonder::scenarios {

/// Part `number` of `count`: every count-th tile. 1/1 are all.
struct Shard {
  int number = 1;
  int count = 1;
};

struct BatchOptions {
  RunControl control;          ///< its progress gets thousandths of the estimated work
  std::optional<Shard> shard;  ///< only these tiles, and no merge
  bool merge_only = false;     ///< no tile is computed
  /// Called with what happens: a name ("tile-finished"), its figures, and a sentence.
  std::function<void(const std::string& event, const nlohmann::ordered_json& fields,
                     const std::string& sentence)>
      log;
};

/// A tile of the work.
struct TileWork {
  Tile tile;
  TileState state = TileState::absent;
  std::string reason;  ///< of its state
  std::size_t cells = 0;
  double paths = 0.0;            ///< estimated
  double seconds = 0.0;          ///< estimated, on the threads asked for
  std::size_t memory_bytes = 0;  ///< estimated
};

struct BatchWork {
  std::vector<TileWork> tiles;         ///< of the shard
  std::size_t merge_memory_bytes = 0;  ///< estimated; 0: of a shard, which does not merge
  int threads = 0;
};

/// What there is to do, as `--dry-run` shows it: every tile's state on disk and what it will cost.
/// Writes nothing. Throws as run_batch().
BatchWork survey_batch(const BatchPlan& plan, const BatchOptions& options);

struct BatchResult {
  std::size_t tiles = 0;  ///< of the shard
  std::size_t reused = 0;
  std::size_t computed = 0;
  std::vector<MissingTile> missing;  ///< failed, or not there to be merged
  double estimated_s = 0.0;          ///< of the tiles computed
  double seconds = 0.0;              ///< that they took
  double estimated_mib = 0.0;        ///< of the largest tile computed, or of the merge
  double peak_rss_mib = 0.0;         ///< of the process
  std::optional<BatchMap> map;       ///< nullopt: not merged
};

/// Computes what is not finished and puts all together. A tile that fails is told and the others go
/// on. Throws ScenarioErrors and geodata::GeodataError for the plan as a whole, OutputError where
/// results cannot be written, Stopped; what is finished by then stays.
BatchResult run_batch(const BatchPlan& plan, const BatchOptions& options);

/// What a planner reads in the terminal.
std::string batch_summary(const BatchPlan& plan, const BatchResult& result);
std::string work_table(const BatchPlan& plan, const BatchWork& work);

}  // namespace yonder::scenarios
