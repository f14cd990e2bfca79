#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/batch/batch_plan.h"

namespace yonder::scenarios {

struct SlurmOptions {
  std::filesystem::path executable;   ///< yonder, as all nodes see it
  std::filesystem::path directory;    ///< where the command was given: file names in settings
  std::vector<std::string> settings;  ///< --set of the command line, passed on
  int shards = 1;                     ///< jobs of the array
  int threads = 1;                    ///< cores a job takes
  std::size_t memory_mib = 0;         ///< of a job
  double minutes = 0.0;               ///< a job of the array may take
  std::vector<std::string> extra;     ///< further #SBATCH options, such as "--partition=long"
};

/// A job script for a shell: text of `tiles.sbatch` (an array over the shards) and `merge.sbatch`,
/// with everything quoted.
std::string slurm_tiles_script(const BatchPlan& plan, const SlurmOptions& options);
std::string slurm_merge_script(const BatchPlan& plan, const SlurmOptions& options);

/// A word as the shell takes it back whole.
std::string shell_quoted(const std::string& word);

}  // namespace yonder::scenarios
