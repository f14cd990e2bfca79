#include <fmt/format.h>

#include "core/text.h"
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
}

void describe(const ModelInfo& model) {
  fmt::print("{}: {}\n  source  {}\n  terrain {}\n", model.id, model.title, model.source,
             model.uses_profile ? "needs a profile" : "not needed");
  fmt::print("\nValid ranges\n");
  for (const RangeSpec& range : model.ranges) {
    fmt::print("  {:<28} {:<24} {:<8} {}\n", range.name, range_text(range), range.unit,
               range.source);
  }
  if (!model.parameters.empty()) fmt::print("\nParameters (propagation.parameters.*)\n");
  for (const ParameterSpec& parameter : model.parameters) {
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
  if (!model.refusals.empty()) fmt::print("\nRefuses\n");
  for (const std::string_view refusal : model.refusals) fmt::print("  {}\n", refusal);
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
  std::vector<std::string_view> ids;
  for (const ModelInfo* model : propagation::all_models()) ids.push_back(model->id);
  const std::string_view near = nearest_word(id, ids);
  throw scenarios::ScenarioErrors({{{},
                                    "models",
                                    "there is no model '" + id + "'",
                                    "yonder models " + std::string(near.empty() ? ids[0] : near)}});
}

}  // namespace

void add_models(CLI::App& app, int& exit_code) {
  auto id = std::make_shared<std::string>();
  CLI::App* command =
      app.add_subcommand("models", "list the propagation models, or describe one of them");
  command->add_option("ID", *id, "model to describe");
  command->callback([id, &exit_code] { exit_code = models(*id); });
}

}  // namespace yonder::cli
