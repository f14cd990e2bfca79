#include "scenarios/loss_cases.h"

#include <algorithm>
#include <array>
#include <istream>
#include <ostream>
#include <set>
#include <vector>

#include "core/path_loss_model.h"
#include "core/text.h"
#include "core/units.h"
#include "propagation/additions.h"
#include "propagation/models.h"
#include "propagation/with_additions.h"
#include "scenarios/json_text.h"
#include "scenarios/number_tables.h"
#include "scenarios/scenario_error.h"
#include "scenarios/scenario_files.h"

namespace yonder::scenarios {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

[[noreturn]] void refuse(std::string kind, std::string parameter, std::string message) {
  throw CaseError{std::move(kind), std::move(parameter), std::move(message)};
}

/// Leaves of a case by dotted key: {"tx": {"height_agl_m": 3}} -> "tx.height_agl_m". Null means not
/// given.
void flatten(const json& node, const std::string& prefix,
             std::map<std::string, const json*, std::less<>>& leaves) {
  for (const auto& [key, value] : node.items()) {
    const std::string path = prefix.empty() ? key : prefix + "." + key;
    if (value.is_object()) {
      flatten(value, path, leaves);
    } else if (!value.is_null()) {
      leaves[path] = &value;
    }
  }
}

/// Parameters below `node`, by dotted name: booleans as the words "true" and "false".
ParameterValues parameter_values(const std::map<std::string, const json*, std::less<>>& leaves) {
  ParameterValues values;
  for (const auto& [key, value] : leaves) {
    if (value->is_number()) {
      values[key] = value->get<double>();
    } else if (value->is_string()) {
      values[key] = value->get<std::string>();
    } else if (value->is_boolean()) {
      values[key] = std::string(value->get<bool>() ? "true" : "false");
    } else {
      refuse("wrong_type", key, "'" + key + "' must be a number or a word");
    }
  }
  return values;
}

/// A case's leaves; what has been read is crossed off, so that what is left can be refused.
class CaseReader {
 public:
  explicit CaseReader(const json& loss_case) { flatten(loss_case, "", leaves_); }

  std::optional<double> number(const std::string& key) {
    const json* value = take(key);
    if (value == nullptr) return std::nullopt;
    if (!value->is_number()) refuse("wrong_type", key, "'" + key + "' must be a number");
    return value->get<double>();
  }
  std::optional<std::string> word(const std::string& key) {
    const json* value = take(key);
    if (value == nullptr) return std::nullopt;
    if (!value->is_string()) refuse("wrong_type", key, "'" + key + "' must be a word");
    return value->get<std::string>();
  }
  std::vector<double> numbers(const std::string& key) {
    const json* value = take(key);
    if (value == nullptr) return {};
    if (!value->is_array()) refuse("wrong_type", key, "'" + key + "' must be a list of numbers");
    std::vector<double> list;
    for (const json& item : *value) {
      if (!item.is_number()) refuse("wrong_type", key, "'" + key + "' must hold numbers only");
      list.push_back(item.get<double>());
    }
    return list;
  }
  std::vector<std::string> words(const std::string& key) {
    const json* value = take(key);
    if (value == nullptr) return {};
    if (!value->is_array()) refuse("wrong_type", key, "'" + key + "' must be a list of words");
    std::vector<std::string> list;
    for (const json& item : *value) {
      if (!item.is_string()) refuse("wrong_type", key, "'" + key + "' must hold words only");
      list.push_back(item.get<std::string>());
    }
    return list;
  }
  /// The value itself, for lists of objects; nullptr when absent.
  const json* list(const std::string& key) {
    const json* value = take(key);
    if (value != nullptr && !value->is_array()) {
      refuse("wrong_type", key, "'" + key + "' must be a list");
    }
    return value;
  }
  /// Everything not read yet becomes a parameter of the model.
  ParameterValues rest() const { return parameter_values(leaves_); }
  void drop(const std::string& prefix) {
    std::erase_if(leaves_, [&](const auto& leaf) {
      return leaf.first == prefix || leaf.first.starts_with(prefix + ".");
    });
  }

 private:
  const json* take(const std::string& key) {
    const auto it = leaves_.find(key);
    if (it == leaves_.end()) return nullptr;
    const json* value = it->second;
    leaves_.erase(it);
    return value;
  }
  std::map<std::string, const json*, std::less<>> leaves_;
};

PathProfile read_profile(CaseReader& reader) {
  PathProfile profile;
  profile.distance_m = reader.numbers("profile.distance_m");
  profile.ground_amsl_m = reader.numbers("profile.ground_amsl_m");
  profile.clutter_height_m = reader.numbers("profile.clutter_m");
  const std::optional<double> step_m = reader.number("profile.step_m");
  if (step_m) {
    if (!profile.distance_m.empty()) {
      refuse("conflict", "profile.step_m",
             "give 'profile.step_m' or 'profile.distance_m', not both");
    }
    for (std::size_t i = 0; i < profile.ground_amsl_m.size(); ++i) {
      profile.distance_m.push_back(static_cast<double>(i) * *step_m);
    }
  }
  for (const std::string& zone : reader.words("profile.zone")) {
    if (zone == "sea") {
      profile.zone.push_back(Zone::sea);
    } else if (zone == "coastal") {
      profile.zone.push_back(Zone::coastal);
    } else if (zone == "inland") {
      profile.zone.push_back(Zone::inland);
    } else {
      refuse("wrong_value", "profile.zone",
             "zone '" + zone + "' is not one of sea, coastal, inland");
    }
  }
  const std::size_t n = profile.distance_m.size();
  if (profile.ground_amsl_m.size() != n) {
    refuse("wrong_length", "profile.ground_amsl_m",
           "'profile.ground_amsl_m' needs one value per distance (" + std::to_string(n) + ")");
  }
  if (!profile.clutter_height_m.empty() && profile.clutter_height_m.size() != n) {
    refuse("wrong_length", "profile.clutter_m",
           "'profile.clutter_m' needs one value per distance (" + std::to_string(n) + ")");
  }
  if (!profile.zone.empty() && profile.zone.size() != n) {
    refuse("wrong_length", "profile.zone",
           "'profile.zone' needs one value per distance (" + std::to_string(n) + ")");
  }
  if (n == 1) refuse("wrong_length", "profile.distance_m", "a profile needs at least two points");
  if (n > 0 && profile.distance_m.front() != 0.0) {
    refuse("wrong_value", "profile.distance_m", "profile distances start at 0");
  }
  for (std::size_t i = 1; i < n; ++i) {
    if (!(profile.distance_m[i] > profile.distance_m[i - 1])) {
      refuse("wrong_value", "profile.distance_m", "profile distances must rise");
    }
  }
  return profile;
}

/// Lengths of a path by what it crosses: the sum of each becomes the parameter "path.<zone>_m".
struct PathSections {
  double length_m = 0.0;
  ParameterValues parameters;
};

std::optional<PathSections> read_sections(CaseReader& reader) {
  const json* list = reader.list("path");
  if (list == nullptr) return std::nullopt;
  PathSections sections;
  std::map<std::string, double> length_of;
  for (const json& section : *list) {
    if (!section.is_object() || section.size() != 2 || !section.contains("zone") ||
        !section["zone"].is_string() || !section.contains("length_m") ||
        !section["length_m"].is_number()) {
      refuse("wrong_value", "path",
             "each section of 'path' looks like {\"zone\": \"land\", \"length_m\": 5000}");
    }
    const double length_m = section["length_m"].get<double>();
    if (!(length_m >= 0.0)) refuse("wrong_value", "path", "a section's length_m is negative");
    length_of[section["zone"].get<std::string>()] += length_m;
    sections.length_m += length_m;
  }
  for (const auto& [zone, length_m] : length_of) {
    sections.parameters["path." + zone + "_m"] = length_m;
  }
  return sections;
}

/// Puts what is in them in place of the paths of table parameters.
void read_table_parameters(const ModelInfo& info, const CaseFiles& files, ParameterValues& values) {
  for (const ParameterSpec& spec : info.parameters) {
    if (spec.table == TableForm::none) continue;
    const std::string name(spec.name);
    std::filesystem::path path;
    const auto given = values.find(name);
    const auto standard = files.defaults.find(name);
    if (given != values.end()) {
      const auto* text = std::get_if<std::string>(&given->second);
      if (text == nullptr) refuse("wrong_type", name, "'" + name + "' must be the path of a file");
      path = resolve_path(files.base, *text);
    } else if (standard != files.defaults.end()) {
      path = standard->second;
    } else {
      continue;
    }
    try {
      values[name] = read_tables(spec, path);
    } catch (const ScenarioErrors& errors) {
      refuse("unreadable_file", name, errors.list().front().text());
    }
  }
}

Terminal read_terminal(CaseReader& reader, const std::string& name) {
  Terminal terminal;
  terminal.height_agl_m = reader.number(name + ".height_agl_m").value_or(0.0);
  terminal.position.lat_deg = reader.number(name + ".lat_deg").value_or(0.0);
  terminal.position.lon_deg = reader.number(name + ".lon_deg").value_or(0.0);
  terminal.distance_to_coast_m = reader.number(name + ".distance_to_coast_m");
  return terminal;
}

ordered_json term_json(const Term& term) {
  return std::visit([](const auto& value) { return ordered_json(value); }, term.value);
}

ordered_json range_error(std::string_view parameter, bool below, double limit, bool limit_allowed,
                         const std::string& message) {
  return {{"error", "out_of_range"},
          {"parameter", parameter},
          {"bound", below ? "min" : "max"},
          {"limit", limit},
          {"limit_itself_allowed", limit_allowed},
          {"message", message}};
}

ordered_json refusal_json(const ModelInfo& info, const PathLossResult& result,
                          const PathLossInput& input) {
  const std::string message = explain(info, result, input);
  if (result.status == LossStatus::not_applicable) {
    return {{"error", "not_applicable"}, {"parameter", "path"}, {"message", message}};
  }
  const RangeSpec& range = info.ranges[result.bound];
  const bool below = result.status == LossStatus::below_range;
  return range_error(range.name, below, below ? range.min : range.max,
                     below ? range.min_allowed : range.max_allowed, message);
}

/// Frequency, polarization and terminals.
PathLossInput read_path(CaseReader& reader, const json& loss_case) {
  PathLossInput input;
  const std::optional<double> frequency_mhz = reader.number("frequency_mhz");
  if (!frequency_mhz) refuse("missing", "frequency_mhz", "a case needs 'frequency_mhz'");
  input.frequency_hz = mhz_to_hz(*frequency_mhz);
  if (const auto polarization = reader.word("polarization")) {
    if (*polarization != "horizontal" && *polarization != "vertical") {
      refuse("wrong_value", "polarization", "'polarization' must be horizontal or vertical");
    }
    input.polarization =
        *polarization == "horizontal" ? Polarization::horizontal : Polarization::vertical;
  }
  // Air-to-ground cases call their terminals low and high.
  const bool is_low_high = loss_case.contains("low");
  input.tx = read_terminal(reader, is_low_high ? "low" : "tx");
  input.rx = read_terminal(reader, is_low_high ? "high" : "rx");
  return input;
}

double read_distance(CaseReader& reader, const PathProfile& profile,
                     const std::optional<PathSections>& sections) {
  std::optional<double> distance_m = reader.number("distance_m");
  if (!distance_m) distance_m = reader.number("distance_2d_m");
  if (!distance_m && !profile.distance_m.empty()) distance_m = profile.distance_m.back();
  if (!distance_m && sections) distance_m = sections->length_m;
  if (!distance_m) refuse("missing", "distance_m", "a case needs 'distance_m' or a 'profile'");
  return *distance_m;
}

/// "additions": [{"id": .., "where": .., "parameters": {..}}]
std::vector<propagation::AdditionChoice> read_additions(const json& loss_case) {
  std::vector<propagation::AdditionChoice> choices;
  const auto found = loss_case.find("additions");
  if (found == loss_case.end() || found->is_null()) return choices;
  const std::string form = R"('additions' must be a list of {"id": .., "parameters": {..}})";
  if (!found->is_array()) refuse("wrong_type", "additions", form);
  for (const json& one : *found) {
    if (!one.is_object() || !one.contains("id") || !one["id"].is_string()) {
      refuse("wrong_type", "additions", form);
    }
    propagation::AdditionChoice choice;
    const auto id = one["id"].get<std::string>();
    choice.info = propagation::find_addition(id);
    if (choice.info == nullptr) {
      std::vector<std::string_view> ids;
      for (const propagation::AdditionInfo* info : propagation::all_additions()) {
        ids.push_back(info->id);
      }
      std::string message = "there is no addition '" + id + "'";
      const std::string_view near = nearest_word(id, ids);
      if (!near.empty()) message += "; did you mean '" + std::string(near) + "'?";
      refuse("unknown_model", "additions", message);
    }
    for (const auto& [key, value] : one.items()) {
      if (key == "id") continue;
      if (key == "parameters" && value.is_object()) {
        std::map<std::string, const json*, std::less<>> leaves;
        flatten(value, "", leaves);
        choice.parameters = parameter_values(leaves);
      } else if (key == "where" && value.is_string()) {
        const auto word = value.get<std::string>();
        const auto& words = propagation::kAdditionSurfaces;
        const auto at = std::find(words.begin(), words.end(), word);
        if (at == words.end()) {
          refuse("wrong_value", "additions.where", "'where' is everywhere, land or sea");
        }
        choice.surface = static_cast<propagation::AdditionSurface>(at - words.begin());
      } else {
        refuse("unknown_key", "additions." + key, form);
      }
    }
    choices.push_back(std::move(choice));
  }
  return choices;
}

/// An addition on its own, without a model: its loss at its percentage of locations.
ordered_json evaluate_addition(const propagation::AdditionInfo& info, const json& loss_case) {
  CaseReader reader(loss_case);
  for (const char* key : {"id", "model", "expected", "edition", "comment"}) reader.drop(key);
  propagation::AdditionPath path{.input = read_path(reader, loss_case)};
  path.input.distance_m = read_distance(reader, {}, {});
  path.elevation_deg = reader.number("elevation_deg").value_or(0.0);
  const auto addition = info.make(reader.rest());
  const propagation::AdditionResult result = addition->evaluate(path);
  if (result.ok()) {
    return {{"loss_db", result.loss_db + result.deviation_db}, {"median_db", result.loss_db}};
  }
  const ModelInfo tables{.id = info.id,
                         .source = info.source,
                         .title = info.title,
                         .ranges = info.ranges,
                         .parameters = info.parameters,
                         .refusals = info.refusals};
  return refusal_json(tables, {.status = result.status, .bound = result.bound}, path.input);
}

ordered_json evaluate_model(const ModelInfo& info, const json& loss_case, const CaseFiles& files) {
  CaseReader reader(loss_case);
  for (const char* key : {"id", "model", "expected", "edition", "comment", "additions"}) {
    reader.drop(key);
  }
  const std::vector<propagation::AdditionChoice> additions = read_additions(loss_case);
  PathLossInput input = read_path(reader, loss_case);
  const PathProfile profile = read_profile(reader);
  input.profile = profile.view();
  const std::optional<PathSections> sections = read_sections(reader);
  input.distance_m = read_distance(reader, profile, sections);
  ParameterValues parameters = reader.rest();
  if (sections) parameters.insert(sections->parameters.begin(), sections->parameters.end());
  read_table_parameters(info, files, parameters);
  const std::unique_ptr<PathLossModel> model = propagation::make_with_additions(
      info, parameters, additions, !profile.clutter_height_m.empty());
  if (model->needs_profile() && profile.distance_m.empty()) {
    refuse("missing", "profile", "model " + std::string(info.id) + " needs a 'profile'");
  }
  Workspace workspace;
  Terms terms;
  const PathLossResult result = model->evaluate(input, workspace, &terms);
  if (!result.ok()) return refusal_json(model->info(), result, input);
  ordered_json answer = {{"loss_db", result.loss_db}};
  if (loss_case.contains("expected") && loss_case["expected"].is_object()) {
    for (const auto& [key, value] : loss_case["expected"].items()) {
      const Term* term = terms.find(key);
      if (term != nullptr && !answer.contains(key)) answer[key] = term_json(*term);
    }
  }
  answer["terms"] = ordered_json::object();
  for (const Term& term : terms.list()) answer["terms"][std::string(term.key)] = term_json(term);
  return answer;
}

ordered_json evaluate_by_id(const std::string& id, const json& loss_case, const CaseFiles& files) {
  if (const ModelInfo* info = propagation::find_model(id)) {
    return evaluate_model(*info, loss_case, files);
  }
  for (const FormulaPiece& piece : formula_pieces()) {
    if (piece.id == id) return piece.evaluate(loss_case);
  }
  if (const propagation::AdditionInfo* info = propagation::find_addition(id)) {
    return evaluate_addition(*info, loss_case);
  }
  std::vector<std::string_view> ids;
  for (const ModelInfo* info : propagation::all_models()) ids.push_back(info->id);
  for (const FormulaPiece& piece : formula_pieces()) ids.push_back(piece.id);
  for (const propagation::AdditionInfo* info : propagation::all_additions()) {
    ids.push_back(info->id);
  }
  std::string message = "there is no model '" + id + "'";
  const std::string_view near = nearest_word(id, ids);
  if (!near.empty()) message += "; did you mean '" + std::string(near) + "'?";
  refuse("unknown_model", "model", message);
}

}  // namespace

bool is_case_model(std::string_view id) {
  const auto pieces = formula_pieces();
  return propagation::find_model(id) != nullptr || propagation::find_addition(id) != nullptr ||
         std::any_of(pieces.begin(), pieces.end(),
                     [&](const FormulaPiece& piece) { return piece.id == id; });
}

PathProfile case_profile(const json& loss_case) {
  CaseReader reader(loss_case);
  return read_profile(reader);
}

ordered_json evaluate_case(const json& loss_case, std::string_view model_override,
                           const CaseFiles& files) {
  ordered_json answer = {{"id", loss_case.is_object() ? loss_case.value("id", json()) : json()}};
  try {
    if (!loss_case.is_object()) refuse("wrong_type", "", "a case must be a JSON object");
    std::string id(model_override);
    if (id.empty()) {
      if (loss_case.contains("model") && loss_case["model"].is_string()) {
        id = loss_case["model"].get<std::string>();
      } else if (!loss_case.contains("model") && !files.model.empty()) {
        id = files.model;
      } else {
        refuse("missing", "model",
               "a case needs 'model', unless --model is given or the file is named after one");
      }
    }
    answer.update(evaluate_by_id(id, loss_case, files));
  } catch (const CaseError& error) {
    answer["error"] = error.kind;
    answer["parameter"] = error.parameter;
    answer.update(error.details);
    answer["message"] = error.message;
  } catch (const ParameterRangeError& error) {
    answer.update(range_error(error.parameter(), error.below, error.limit, error.limit_allowed,
                              error.what()));
  } catch (const ParameterError& error) {
    answer["error"] = "wrong_value";
    answer["parameter"] = error.parameter();
    answer["message"] = error.what();
  }
  return answer;
}

CaseFileSummary evaluate_case_file(std::istream& in, std::ostream& out,
                                   std::string_view model_override, const CaseFiles& files) {
  CaseFileSummary summary;
  std::string line;
  for (int line_number = 1; std::getline(in, line); ++line_number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    ++summary.cases;
    ordered_json answer;
    try {
      answer = evaluate_case(json::parse(line), model_override, files);
    } catch (const json::exception& error) {  // also a number that no double holds, 1e999
      answer = {{"id", nullptr},
                {"error", "not_json"},
                {"parameter", ""},
                {"message", "line " + std::to_string(line_number) + ": " + error.what()}};
    }
    if (answer.contains("error")) ++summary.errors;
    // A complaint may quote bytes of the line that are not UTF-8.
    out << json_text(answer) << '\n';
  }
  return summary;
}

}  // namespace yonder::scenarios
