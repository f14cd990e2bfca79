#include "scenarios/batch/slurm.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/simd_level.h"

namespace yonder::scenarios {
namespace {

/// Letters, digits, - and _: what a job's name can hold everywhere.
std::string job_name(const BatchPlan& plan) {
  std::string name = plan.file.stem().string();
  for (char& c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_';
    if (!plain) c = '_';
  }
  return name;
}

std::string time_text(double minutes) {
  return fmt::format("{:.0f}", std::max(1.0, std::ceil(minutes)));
}

std::string command(const BatchPlan& plan, const SlurmOptions& options) {
  std::string text = fmt::format(
      "exec {} batch {} --output {} --log json", shell_quoted(options.executable.string()),
      shell_quoted(plan.file.string()), shell_quoted(plan.directory.string()));
  for (const std::string& one : options.settings) text += " --set " + shell_quoted(one);
  return text;
}

std::string head(const BatchPlan& plan, const SlurmOptions& options, const std::string& step,
                 const std::string& output) {
  std::string text = fmt::format(
      "#!/bin/bash\n"
      "#SBATCH --job-name={0}-{1}\n"
      "#SBATCH --output=\"{2}\"\n"
      "#SBATCH --chdir=\"{3}\"\n"
      "#SBATCH --cpus-per-task={4}\n",
      job_name(plan), step, output, options.directory.string(), options.threads);
  if (options.memory_mib > 0) text += fmt::format("#SBATCH --mem={}M\n", options.memory_mib);
  for (const std::string& one : options.extra) text += "#SBATCH " + one + "\n";
  return text;
}

std::string body(const std::string& last) {
  return fmt::format(
      "set -euo pipefail\n"
      "# The same instructions on every node, for the same bytes.\n"
      "export YONDER_SIMD={}\n"
      "{}\n",
      simd_level_name(simd_level()), last);
}

}  // namespace

std::string shell_quoted(const std::string& word) {
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string slurm_tiles_script(const BatchPlan& plan, const SlurmOptions& options) {
  const std::string log = (plan.directory / "slurm" / "tiles-%a.log").string();
  return head(plan, options, "tiles", log) +
         fmt::format(
             "#SBATCH --array=1-{}\n"
             "#SBATCH --requeue\n"
             "#SBATCH --open-mode=append\n"
             "#SBATCH --time={}\n",
             options.shards, time_text(options.minutes)) +
         body(fmt::format("{} --threads \"${{SLURM_CPUS_PER_TASK:-{}}}\" --shard "
                          "\"${{SLURM_ARRAY_TASK_ID}}/{}\"",
                          command(plan, options), options.threads, options.shards));
}

std::string slurm_merge_script(const BatchPlan& plan, const SlurmOptions& options) {
  const std::string log = (plan.directory / "slurm" / "merge.log").string();
  return head(plan, options, "merge", log) +
         body(fmt::format("{} --threads {} --merge", command(plan, options), options.threads));
}

}  // namespace yonder::scenarios
