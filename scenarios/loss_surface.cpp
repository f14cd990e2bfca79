#include "scenarios/loss_surface.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <type_traits>
#include <vector>

#include "core/contracts.h"
#include "core/text.h"
#include "scenarios/csv_table.h"
#include "scenarios/loss_cases.h"
#include "scenarios/plain_number.h"
#include "scenarios/scenario_error.h"

namespace yonder::scenarios {
namespace {

constexpr const char* kExampleHeader = "distance_m,ground_amsl_m,clutter_height_m,zone";

/// Reads the columns of a profile table; collects all that is wrong.
class ProfileTable {
 public:
  explicit ProfileTable(const std::string& file) : file_(file), table_(read_csv(file)) {}

  PathProfile read() {
    const std::optional<std::size_t> distance = column("distance_m", true);
    const std::optional<std::size_t> ground = column("ground_amsl_m", true);
    const std::optional<std::size_t> clutter = column("clutter_height_m", false);
    const std::optional<std::size_t> zone = column("zone", false);
    refuse_other_columns();
    if (!errors_.empty()) throw ScenarioErrors(errors_);
    PathProfile profile;
    for (const CsvRow& row : table_.rows) {
      profile.distance_m.push_back(number(row, *distance));
      profile.ground_amsl_m.push_back(number(row, *ground));
      if (clutter) {
        profile.clutter_height_m.push_back(number(row, *clutter));
        if (profile.clutter_height_m.back() < 0.0) {
          wrong(row, *clutter, "is negative", "0 for open ground");
        }
      }
      if (zone) profile.zone.push_back(zone_of(row, *zone));
      check_order(profile, row, *distance);
    }
    if (profile.distance_m.size() < 2) {
      errors_.push_back({{file_, 0, 0}, "", "has fewer than two points", kExampleHeader});
    }
    if (!errors_.empty()) throw ScenarioErrors(errors_);
    return profile;
  }

 private:
  static constexpr auto kColumns =
      std::to_array<std::string_view>({"distance_m", "ground_amsl_m", "clutter_height_m", "zone"});

  std::optional<std::size_t> column(std::string_view name, bool needed) {
    const auto it = std::find(table_.header.begin(), table_.header.end(), name);
    if (it != table_.header.end()) return static_cast<std::size_t>(it - table_.header.begin());
    if (needed) {
      errors_.push_back(
          {{file_, 1, 0}, "", "lacks the column " + std::string(name), kExampleHeader});
    }
    return std::nullopt;
  }

  void refuse_other_columns() {
    for (const std::string& name : table_.header) {
      if (std::find(kColumns.begin(), kColumns.end(), name) != kColumns.end()) continue;
      const std::string_view near = nearest_word(name, kColumns);
      errors_.push_back({{file_, 1, 0},
                         name,
                         "is no column of a profile",
                         near.empty() ? kExampleHeader : std::string(near)});
    }
  }

  void wrong(const CsvRow& row, std::size_t column, const std::string& problem,
             const std::string& valid) {
    errors_.push_back({{file_, row.line, 0},
                       table_.header[column],
                       "'" + row.fields[column] + "' " + problem,
                       valid});
  }

  double number(const CsvRow& row, std::size_t column) {
    if (const auto value = plain_number(row.fields[column])) return *value;
    wrong(row, column, "is not a number", "1250.5");
    return 0.0;
  }

  Zone zone_of(const CsvRow& row, std::size_t column) {
    const std::string& word = row.fields[column];
    if (word == "sea") return Zone::sea;
    if (word == "coastal") return Zone::coastal;
    if (word != "inland") wrong(row, column, "is no zone", "sea, coastal or inland");
    return Zone::inland;
  }

  void check_order(const PathProfile& profile, const CsvRow& row, std::size_t column) {
    const std::size_t n = profile.distance_m.size();
    if (n == 1 && profile.distance_m[0] != 0.0) {
      wrong(row, column, "is not the transmitter's place: the first distance is 0", "0");
    }
    if (n > 1 && !(profile.distance_m[n - 1] > profile.distance_m[n - 2])) {
      wrong(row, column, "is not more than the distance before it", "rising distances");
    }
  }

  std::string file_;
  CsvTable table_;
  std::vector<ScenarioError> errors_;
};

bool is_case_file(const std::string& file) {
  return file.ends_with(".jsonl") || file.ends_with(".json");
}

/// The profile of the case with that id, or, when `id` is empty, of the only case of the file.
PathProfile read_case_profile(const std::string& file, const std::string& id) {
  std::ifstream in(file);
  if (!in) throw ScenarioErrors({{{file, 0, 0}, "", "cannot be read", "a file of cases"}});
  std::vector<std::string> ids;
  std::optional<PathProfile> profile;
  std::string line;
  for (int line_number = 1; std::getline(in, line); ++line_number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto refuse = [&](const std::string& problem) {
      throw ScenarioErrors(
          {{{file, line_number, 0}, "", problem, "a line in the form of docs/loss-cases.md"}});
    };
    const auto loss_case = nlohmann::json::parse(line, nullptr, false);
    if (!loss_case.is_object()) refuse("is not a case, one JSON object a line");
    const auto it = loss_case.find("id");
    ids.push_back(it == loss_case.end() ? ""
                  : it->is_string()     ? it->get<std::string>()
                                        : it->dump());
    if (!id.empty() && ids.back() != id) continue;
    if (profile && !id.empty()) refuse("has the id '" + id + "' again");
    try {
      profile = case_profile(loss_case);
    } catch (const CaseError& error) {
      refuse(error.parameter + ": " + error.message);
    }
    if (profile->distance_m.empty()) {
      if (!id.empty()) refuse("case '" + id + "' has no profile");
      profile.reset();
    }
  }
  if (id.empty() && ids.size() > 1) {
    throw ScenarioErrors({{{file, 0, 0},
                           "",
                           "has " + std::to_string(ids.size()) + " cases; say which",
                           "--surface " + file + "#" + ids.front()}});
  }
  if (!profile) {
    const std::vector<std::string_view> names(ids.begin(), ids.end());
    const std::string_view near = nearest_word(id, names);
    throw ScenarioErrors({{{file, 0, 0},
                           "",
                           id.empty() ? "has no case with a profile" : "has no case '" + id + "'",
                           near.empty() ? "" : "--surface " + file + "#" + std::string(near)}});
  }
  return *profile;
}

}  // namespace

LossSurface::LossSurface(const std::string& what) {
  if (what == "flat") {
    description_ = "flat ground, inland, at 0 m";
    return;
  }
  if (what == "sea") {
    description_ = "sea at 0 m";
    level_zone_ = Zone::sea;
    return;
  }
  const std::size_t hash = what.rfind('#');
  const std::string file = what.substr(0, hash);
  if (is_case_file(file)) {
    given_ = read_case_profile(file, hash == std::string::npos ? "" : what.substr(hash + 1));
  } else if (std::filesystem::exists(what)) {
    given_ = ProfileTable(what).read();
  } else {
    throw ScenarioErrors({{{},
                           "--surface " + what,
                           "is neither flat nor sea nor a file that exists",
                           "--surface sea, --surface ridge.csv, --surface cases.jsonl#dune-1"}});
  }
  description_ = "profile " + std::filesystem::path(what).filename().string() + ", " +
                 number_text(length_m()) + " m long";
}

double LossSurface::nearest_point_m(double distance_m) const {
  YONDER_EXPECTS(is_given());
  const auto first = given_.distance_m.begin() + 1;
  const auto after = std::lower_bound(first, given_.distance_m.end(), distance_m);
  if (after == given_.distance_m.end()) return given_.distance_m.back();
  if (after == first) return *first;
  return distance_m - *(after - 1) < *after - distance_m ? *(after - 1) : *after;
}

PathProfile LossSurface::cut(double distance_m) const {
  YONDER_EXPECTS(distance_m > 0.0);
  PathProfile profile;
  if (!is_given()) {
    profile.resize(kLevelIntervals + 1);
    for (int i = 0; i <= kLevelIntervals; ++i) {
      const auto at = static_cast<std::size_t>(i);
      profile.distance_m[at] = distance_m * i / kLevelIntervals;
      profile.ground_amsl_m[at] = 0.0;
      profile.clutter_height_m[at] = 0.0;
      profile.zone[at] = level_zone_;
    }
    return profile;
  }
  const auto last =
      std::lower_bound(given_.distance_m.begin(), given_.distance_m.end(), distance_m);
  YONDER_EXPECTS(last != given_.distance_m.end() && *last == distance_m);
  const auto count = static_cast<std::size_t>(last - given_.distance_m.begin()) + 1;
  const auto head = [&](const auto& values) {
    using Values = std::decay_t<decltype(values)>;
    return values.empty()
               ? Values()
               : Values(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count));
  };
  profile.distance_m = head(given_.distance_m);
  profile.ground_amsl_m = head(given_.ground_amsl_m);
  profile.clutter_height_m = head(given_.clutter_height_m);
  profile.zone = head(given_.zone);
  return profile;
}

}  // namespace yonder::scenarios
