#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/scenario.h"
#include "scenarios/staged_output.h"

/// Finished runs side by side: maps of differences, every number, what is gained in km and %.
/// docs/methods/compare.md has the rules. Reads only what the runs have written.
namespace yonder::scenarios {

inline constexpr std::string_view kComparisonFile = "compare.json";

/// A finished run's folder.
struct RunFolder {
  std::string id;  ///< variant, or the folder's name
  Label name;
  std::filesystem::path folder;
  nlohmann::ordered_json record;  ///< run.json
};

/// Reads a folder's run.json. Throws ScenarioErrors where there is none that can be read.
RunFolder read_run_folder(const std::filesystem::path& folder, const std::string& id,
                          const Label& name);

/// The runs of a folder: itself, or those of its variants in their order. Throws ScenarioErrors
/// where there are none.
std::vector<RunFolder> find_runs(const std::filesystem::path& folder);

/// One number of the runs' records. The first run is the one that others are compared with.
struct KpiRow {
  std::string path;  ///< JSON pointer in run.json, of the first run that has it
  std::string name;  ///< the same with ids in place of indices
  std::string unit;  ///< "" where it has none
  std::vector<std::optional<double>> values;  ///< by run
};

/// What a run reaches farther than the first.
struct Gain {
  std::string id;                               ///< "range_land_good"
  std::string what;                             ///< "range at -105 dBm over level land"
  std::string how;                              ///< how the figure comes about
  std::vector<std::optional<double>> values_m;  ///< by run

  std::optional<double> gain_m(std::size_t run) const;
  /// nullopt also where the first run reaches nothing.
  std::optional<double> gain_percent(std::size_t run) const;
};

/// How one layer of a run differs from the first run's.
struct MapDifference {
  std::size_t run = 0;
  std::string terminal;  ///< empty: the receiver
  std::string layer;     ///< "rsrp" or "class"
  std::string file;
  std::string picture;     ///< empty: none was drawn
  std::size_t pixels = 0;  ///< with a value in both
  // Of rsrp: dB over the pixels with a value in both.
  std::optional<double> mean_db, p10_db, p50_db, p90_db;
  // Of class (and, of the receiver's rsrp, the weakest threshold): km2 with service in one alone.
  double gained_km2 = 0.0;
  double lost_km2 = 0.0;
};

struct Comparison {
  std::vector<RunFolder> runs;
  std::vector<KpiRow> kpis;
  std::vector<Gain> gains;
  std::vector<MapDifference> maps;
  std::vector<std::string> warnings;
};

/// Compares runs with the first; difference maps go into the staging folder, as pictures too where
/// they are wanted. Throws GeodataError.
Comparison compare_runs(std::vector<RunFolder> runs, const StagedOutput& output,
                        bool pictures = true);

/// Writes compare.json and compare.csv. `to_come`: files that will be written beside them.
void write_comparison(const Comparison& comparison, const StagedOutput& output,
                      const std::vector<std::string>& to_come = {});

/// Tables for the terminal: gains, maps and the numbers that planners look at first.
std::string comparison_text(const Comparison& comparison);

/// The numbers of a run's record that can be compared, in its order.
std::vector<KpiRow> flatten_record(const nlohmann::ordered_json& record);

}  // namespace yonder::scenarios
