#include <fmt/format.h>

#include "core/text.h"
#include "propagation/addition_conflicts.h"
#include "propagation/additions.h"
#include "propagation/models.h"
#include "scenarios/cli/command.h"

namespace yonder::cli {
namespace {

std::string limit_text(double limit) {
  return std::isinf(limit) ? std::string(limit < 0 ? "-inf" : "inf") : number_text(limit);
}

std::string range_text(const RangeSpec& range) {
  return (range.min_allowed ? "[" : "(") + limit_text(range.min) + ", " + limit_text(range.max) +
         (range.max_allowed ? "]" : ")");
}

void list_models() {
  for (const ModelInfo* model : propagation::all_models()) {
    fmt::print("{:<16}  {:<40}  {}\n", model->id, model->source, model->title);
  }
  fmt::print("\nAdditions, in the order in which they are applied (propagation.additions)\n");
  for (const propagation::AdditionInfo* addition : propagation::all_additions()) {
    fmt::print("{:<26}  {:<44}  {}\n", addition->id, addition->source, addition->title);
  }
}

void print_ranges(std::span<const RangeSpec> ranges) {
  fmt::print("\nValid ranges\n");
  for (const RangeSpec& range : ranges) {
    fmt::print("  {:<28} {:<24} {:<8} {}\n", range.name, range_text(range), range.unit,
               range.source);
  }
}

void print_parameters(std::span<const ParameterSpec> parameters, std::string_view key) {
  if (!parameters.empty()) fmt::print("\nParameters ({}.*)\n", key);
  for (const ParameterSpec& parameter : parameters) {
    std::string valid;
    std::string standard;
    if (parameter.table != TableForm::none) {
      valid = parameter.table == TableForm::csv ? "path of a CSV file" : "path of a folder";
      standard = std::get<std::string_view>(parameter.default_value);
    } else if (parameter.choices.empty()) {
      valid = range_text(parameter.range);
      standard = number_text(std::get<double>(parameter.default_value));
    } else {
      for (const std::string_view choice : parameter.choices) {
        valid += (valid.empty() ? "" : " | ") + std::string(choice);
      }
      standard = std::get<std::string_view>(parameter.default_value);
    }
    fmt::print("  {:<28} {} {}\n      {}; {}\n", parameter.name, valid, parameter.unit,
               parameter.meaning,
               parameter.required                   ? "required, e.g. " + standard
               : parameter.table != TableForm::none ? "e.g. " + standard
                                                    : "default " + standard);
  }
}

void print_refusals(std::span<const std::string_view> refusals) {
  if (!refusals.empty()) fmt::print("\nRefuses\n");
  for (const std::string_view refusal : refusals) fmt::print("  {}\n", refusal);
}

void describe(const ModelInfo& model) {
  fmt::print("{}: {}\n  source  {}\n  terrain {}\n", model.id, model.title, model.source,
             model.uses_profile ? "needs a profile" : "not needed");
  if (!model.members.empty()) fmt::print("\nModels it picks from, and when\n");
  for (const ModelMember& member : model.members) {
    fmt::print("  {:<16} {}\n", member.id, member.rule);
  }
  print_ranges(model.ranges);
  print_parameters(model.parameters, "propagation.parameters");
  print_refusals(model.refusals);
}

void describe(const propagation::AdditionInfo& addition) {
  fmt::print("{}: {}\n  source  {}\n  added to a model's loss\n", addition.id, addition.title,
             addition.source);
  print_ranges(addition.ranges);
  print_parameters(addition.parameters, "propagation.additions[].parameters");
  print_refusals(addition.refusals);
  bool is_first = true;
  const auto line = [&](const std::string& text) {
    if (is_first) fmt::print("\nNot together with\n");
    is_first = false;
    fmt::print("  {}\n", text);
  };
  for (const propagation::ModelExclusion& row : propagation::model_exclusions()) {
    if (row.addition != addition.id) continue;
    line(fmt::format("model {}{}: {}", row.model,
                     row.only_with_clutter_heights ? " over clutter heights" : "", row.reason));
  }
  for (const propagation::PairExclusion& row : propagation::pair_exclusions()) {
    if (row.first == addition.id) line(fmt::format("{}: {}", row.second, row.reason));
    if (row.second == addition.id) line(fmt::format("{}: {}", row.first, row.reason));
  }
}

int models(const std::string& id) {
  if (id.empty()) {
    list_models();
    return 0;
  }
  if (const ModelInfo* model = propagation::find_model(id)) {
    describe(*model);
    return 0;
  }
  if (const propagation::AdditionInfo* addition = propagation::find_addition(id)) {
    describe(*addition);
    return 0;
  }
  std::vector<std::string_view> ids;
  for (const ModelInfo* model : propagation::all_models()) ids.push_back(model->id);
  for (const propagation::AdditionInfo* addition : propagation::all_additions()) {
    ids.push_back(addition->id);
  }
  const std::string_view near = nearest_word(id, ids);
  throw scenarios::ScenarioErrors({{{},
                                    "models",
                                    "there is no model or addition '" + id + "'",
                                    "yonder models " + std::string(near.empty() ? ids[0] : near)}});
}

}  // namespace

void add_models(CLI::App& app, int& exit_code) {
  auto id = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "models", "list the propagation models and additions, or describe one of them");
  command->add_option("ID", *id, "model or addition to describe");
  command->callback([id, &exit_code] { exit_code = models(*id); });
}

}  // namespace yonder::cli
