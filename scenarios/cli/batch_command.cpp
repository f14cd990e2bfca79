#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <regex>
#include <stdexcept>

#include "scenarios/batch/batch_run.h"
#include "scenarios/batch/slurm.h"
#include "scenarios/cli/command.h"
#include "scenarios/cli/interrupt.h"
#include "scenarios/cli/progress_line.h"
#include "scenarios/json_text.h"
#include "scenarios/run_record_parts.h"
#include "scenarios/staged_output.h"

namespace yonder::cli {
namespace {

using nlohmann::ordered_json;

constexpr int kSomeTilesMissing = 1;
constexpr int kInterrupted = 130;

struct Arguments {
  std::string plan;
  std::vector<std::string> set;
  std::string output;
  std::string shard;
  std::string log = "text";
  std::vector<std::string> sbatch;
  int threads = 0;
  int shards = 0;
  bool merge = false;
  bool dry_run = false;
  bool slurm = false;
  bool quiet = false;
};

/// "2/8" -> {2, 8}. The form has been checked.
std::optional<scenarios::Shard> shard_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const std::size_t slash = text.find('/');
  return scenarios::Shard{std::stoi(text.substr(0, slash)), std::stoi(text.substr(slash + 1))};
}

std::string check_shard(const std::string& text) {
  static const std::regex kForm("([1-9][0-9]{0,6})/([1-9][0-9]{0,6})");
  std::smatch match;
  if (!std::regex_match(text, match, kForm) || std::stoi(match[1]) > std::stoi(match[2])) {
    return "'" + text + "' is no part of a batch. Valid: 1/8 (the first of eight) to 8/8";
  }
  return {};
}

/// Where what happens is told: sentences, or a JSON object a line, on standard error.
void tell(const Arguments& arguments, const std::string& event, const ordered_json& fields,
          const std::string& sentence) {
  if (arguments.log == "json") {
    ordered_json line = {{"time", scenarios::utc_now()}, {"event", event}};
    line.update(fields);
    fmt::print(stderr, "{}\n", scenarios::json_text(line));
  } else if (!arguments.quiet || event == "tile-failed") {
    fmt::print(stderr, "{}\n", sentence);
  }
}

/// The output of a command that succeeds. Its words come from us, none from the shell.
std::string output_of(const std::vector<std::string>& words) {
  std::array<int, 2> pipe_ends{};
  if (pipe(pipe_ends.data()) != 0) throw std::runtime_error("cannot start " + words.front());
  const pid_t child = fork();
  if (child == 0) {
    dup2(pipe_ends[1], STDOUT_FILENO);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  close(pipe_ends[1]);
  std::string text;
  std::array<char, 512> part{};
  for (ssize_t n = 0; (n = read(pipe_ends[0], part.data(), part.size())) > 0;) {
    text.append(part.data(), static_cast<std::size_t>(n));
  }
  close(pipe_ends[0]);
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) < 0 || !WIFEXITED(status) ||
      WEXITSTATUS(status) != 0) {
    throw std::runtime_error(
        WIFEXITED(status) && WEXITSTATUS(status) == 127
            ? "there is no " + words.front() + " here: --slurm needs Slurm's commands; " +
                  "yonder batch --shard 1/8 … 8/8 and --merge do the same under any scheduler"
            : words.front() + " refused the job; its words are above");
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

/// "12;cluster" -> "12".
std::string job_number(const std::string& parsable) {
  return parsable.substr(0, parsable.find(';'));
}

/// A job script's head has no quoting: a line break would begin a line that the job carries out,
/// and sbatch reads percent signs and backslashes as its own.
void refuse_for_job_scripts(const std::filesystem::path& folder, const std::string& what) {
  const std::string text = folder.string();
  const bool bad = std::ranges::any_of(text, [](char c) {
    return (static_cast<unsigned char>(c) < 0x20) || c == '\x7f' || c == '"' || c == '%' ||
           c == '\\';
  });
  if (!bad) return;
  throw scenarios::OutputError(fmt::format(
      "{} {} cannot be written into a job script: no line break, quotation mark, percent sign or "
      "backslash may be in it; for example -o maps",
      what, text));
}

int submit(const Arguments& arguments, const scenarios::BatchPlan& plan) {
  refuse_for_job_scripts(plan.directory, "the output folder");
  refuse_for_job_scripts(std::filesystem::current_path(), "the current folder");
  scenarios::BatchOptions options;
  options.control.threads = arguments.threads > 0 ? arguments.threads : 1;
  const scenarios::BatchWork work = scenarios::survey_batch(plan, options);
  std::size_t memory_bytes = work.merge_memory_bytes;
  std::size_t left = 0;
  for (const scenarios::TileWork& one : work.tiles) {
    memory_bytes = std::max(memory_bytes, one.memory_bytes);
    left += one.state == scenarios::TileState::finished ? 0U : 1U;
  }
  scenarios::SlurmOptions slurm;
  slurm.executable = std::filesystem::read_symlink("/proc/self/exe");
  slurm.directory = std::filesystem::current_path();
  slurm.settings = arguments.set;
  // A job takes every so-manieth tile, finished or not.
  slurm.shards = arguments.shards > 0
                     ? arguments.shards
                     : static_cast<int>(std::clamp<std::size_t>(work.tiles.size(), 1, 1000));
  std::vector<double> seconds(static_cast<std::size_t>(slurm.shards));
  for (std::size_t i = 0; i < work.tiles.size(); ++i) {
    if (work.tiles[i].state == scenarios::TileState::finished) continue;
    seconds[i % seconds.size()] += work.tiles[i].seconds;
  }
  slurm.threads = options.control.threads;
  // Estimates come from this machine, and others may be half as fast.
  slurm.memory_mib =
      static_cast<std::size_t>(1.5 * static_cast<double>(memory_bytes) / (1 << 20)) + 256;
  slurm.minutes = 10.0 + 3.0 * *std::ranges::max_element(seconds) / 60.0;
  slurm.extra = arguments.sbatch;

  std::filesystem::create_directories(plan.directory / "slurm");
  const auto write = [&](const std::string& name, const std::string& text) {
    scenarios::StagedOutput output(plan.directory / "slurm");
    output.write_text(name, text);
    output.commit(name);
    return (plan.directory / "slurm" / name).string();
  };
  const std::string tiles = write("tiles.sbatch", scenarios::slurm_tiles_script(plan, slurm));
  const std::string merge = write("merge.sbatch", scenarios::slurm_merge_script(plan, slurm));
  if (arguments.dry_run) {
    fmt::print("{} of {} tiles in {} jobs; nothing was submitted. The jobs:\n  {}\n  {}\n", left,
               work.tiles.size(), slurm.shards, tiles, merge);
    return 0;
  }
  const std::string array_job = job_number(output_of({"sbatch", "--parsable", tiles}));
  std::string merge_job;
  try {
    // After the tiles, however they ended: what is missing is told by the merge.
    merge_job = job_number(
        output_of({"sbatch", "--parsable", "--dependency=afterany:" + array_job, merge}));
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(
        fmt::format("{}\nThe array runs as job {}; when it is done: yonder batch {} --merge",
                    error.what(), array_job, arguments.plan));
  }
  fmt::print(
      "{} of {} tiles in {} jobs of {} core{}\n"
      "  array job {}, then merge job {}\n"
      "  scripts and logs in {}\n",
      left, work.tiles.size(), slurm.shards, slurm.threads, slurm.threads == 1 ? "" : "s",
      array_job, merge_job, (plan.directory / "slurm").string());
  return 0;
}

int run(const Arguments& arguments) {
  const std::stop_token stop = stop_on_interrupt();
  scenarios::BatchPlan plan =
      scenarios::load_batch_plan(arguments.plan, overrides_of(arguments.set));
  if (!arguments.output.empty()) plan.directory = std::filesystem::absolute(arguments.output);
  if (arguments.slurm) return submit(arguments, plan);

  ProgressLine progress(!arguments.quiet && arguments.log == "text");
  scenarios::BatchOptions options;
  options.control.threads = arguments.threads;
  options.control.stop = stop;
  options.shard = shard_of(arguments.shard);
  options.merge_only = arguments.merge;
  if (arguments.dry_run) {
    fmt::print("{}", scenarios::work_table(plan, scenarios::survey_batch(plan, options)));
    return 0;
  }
  options.control.progress = [&](std::size_t done, std::size_t total) {
    progress.update(done, total);
  };
  options.log = [&](const std::string& event, const ordered_json& fields,
                    const std::string& sentence) {
    progress.end();
    tell(arguments, event, fields, sentence);
    if (event == "batch") progress.begin("Calculating");
    if (event == "merge") progress.begin("Putting together");
  };
  scenarios::BatchResult result;
  try {
    result = scenarios::run_batch(plan, options);
  } catch (const Stopped&) {
    progress.end();
    fmt::print(stderr,
               "stopped; finished tiles stay, and the same command goes on with the rest\n");
    return kInterrupted;
  }
  progress.end();
  fmt::print("{}", scenarios::batch_summary(plan, result));
  return result.missing.empty() ? 0 : kSomeTilesMissing;
}

}  // namespace

void add_batch(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "batch", "compute maps of any size in tiles; goes on where it was interrupted");
  command->add_option("PLAN", arguments->plan, "batch plan (YAML)")->required();
  command
      ->add_option("--set", arguments->set,
                   "override a value of the scenario, e.g. --set calculation.radius_km=50")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  command->add_option("-o,--output", arguments->output, "output folder (instead of the plan's)")
      ->type_name("DIR");
  auto* shard = command
                    ->add_option("--shard", arguments->shard,
                                 "compute only this part of the tiles, and do not merge")
                    ->type_name("I/N")
                    ->check(CLI::Validator(check_shard, "", "shard"));
  auto* merge = command->add_flag("--merge", arguments->merge, "only put finished tiles together");
  auto* dry_run = command->add_flag("--dry-run", arguments->dry_run,
                                    "list the tiles with their states and estimates");
  auto* slurm = command->add_flag("--slurm", arguments->slurm,
                                  "submit the tiles as a job array to Slurm, and a merge after it");
  command
      ->add_option("--shards", arguments->shards,
                   "jobs of the array (default: one a tile, at most 1000)")
      ->type_name("N")
      ->check(CLI::Range(1, 1000000))
      ->needs(slurm);
  command
      ->add_option("--sbatch", arguments->sbatch,
                   "a further option of the jobs, e.g. --sbatch=--partition=long")
      ->type_name("OPTION")
      ->allow_extra_args(false)
      ->needs(slurm);
  shard->excludes(merge)->excludes(slurm);
  merge->excludes(slurm)->excludes(dry_run);
  command->add_option("--threads", arguments->threads, "threads (default: all cores)")
      ->check(CLI::Range(1, 1024));
  command->add_option("--log", arguments->log, "what happens, on standard error")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->add_flag("--quiet", arguments->quiet, "no progress; failures only");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace yonder::cli
