#include "scenarios/sweep_models.h"

#include <optional>

#include "core/text.h"
#include "propagation/models.h"
#include "scenarios/plain_number.h"
#include "scenarios/scenario_error.h"

namespace yonder::scenarios {
namespace {

constexpr const char* kExample = "--model itu_p1812[time_percent=1],itu_p1812,two_ray_sea";

[[noreturn]] void refuse(std::string_view what, const std::string& problem,
                         const std::string& valid = kExample) {
  throw ScenarioErrors({{{}, "--model " + std::string(what), problem, valid}});
}

/// Splits at the commas outside brackets.
std::vector<std::string_view> split_outside_brackets(std::string_view text) {
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '[') ++depth;
    if (i < text.size() && text[i] == ']') --depth;
    if (depth < 0 || depth > 1) refuse(text, "has brackets that do not match");
    if (i < text.size() && (text[i] != ',' || depth > 0)) continue;
    parts.push_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  if (depth != 0) refuse(text, "has a bracket that is not closed");
  return parts;
}

void find_id(std::string_view id, SweepModel& found) {
  found.model = propagation::find_model(id);
  if (found.model != nullptr) return;
  std::vector<std::string_view> ids;
  for (const ModelInfo* model : propagation::all_models()) ids.push_back(model->id);
  for (const FormulaPiece& piece : formula_pieces()) {
    if (piece.id == id) {
      found.piece = &piece;
      return;
    }
    ids.push_back(piece.id);
  }
  const std::string_view near = nearest_word(id, ids);
  refuse(id, "there is no model '" + std::string(id) + "'",
         near.empty() ? "an id of `yonder models`" : "--model " + std::string(near));
}

SweepModel parse_one(std::string_view text) {
  SweepModel found;
  const std::size_t open = text.find('[');
  find_id(text.substr(0, open), found);
  if (open == std::string_view::npos) return found;
  if (text.back() != ']') refuse(text, "has text behind its bracket");
  std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  while (!inside.empty()) {
    const std::size_t comma = inside.find(',');
    found.own.push_back(parse_setting(inside.substr(0, comma), "--model " + std::string(text)));
    inside = comma == std::string_view::npos ? "" : inside.substr(comma + 1);
  }
  return found;
}

}  // namespace

std::string SweepSetting::text() const {
  const double* number = std::get_if<double>(&value);
  return key + "=" + (number != nullptr ? number_text(*number) : std::get<std::string>(value));
}

SweepSetting parse_setting(std::string_view text, const std::string& option) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size()) {
    throw ScenarioErrors(
        {{{}, option, "'" + std::string(text) + "' is not KEY=VALUE", "frequency_mhz=700"}});
  }
  SweepSetting setting{std::string(text.substr(0, equals)), {}};
  const std::string_view value = text.substr(equals + 1);
  if (const std::optional<double> number = plain_number(value)) {
    setting.value = *number;
  } else {
    setting.value = std::string(value);
  }
  return setting;
}

std::string SweepModel::overrides() const {
  std::string list;
  for (const SweepSetting& setting : own) list += (list.empty() ? "" : ", ") + setting.text();
  return list;
}

std::string SweepModel::label() const {
  return std::string(id()) + (own.empty() ? "" : "[" + overrides() + "]");
}

std::vector<SweepModel> parse_sweep_models(std::string_view text) {
  std::vector<SweepModel> models;
  for (const std::string_view part : split_outside_brackets(text)) {
    models.push_back(parse_one(part));
    for (std::size_t i = 0; i + 1 < models.size(); ++i) {
      if (models[i].label() == models.back().label()) refuse(part, "is named twice");
    }
  }
  if (models.size() > kMostCurves) {
    refuse(text, "names " + std::to_string(models.size()) + " curves; at most " +
                     std::to_string(kMostCurves) + " can be told apart");
  }
  return models;
}

}  // namespace yonder::scenarios
