#include "scenarios/availability.h"

#include <algorithm>

#include "core/text.h"
#include "propagation/models.h"

namespace yonder::scenarios {
namespace {

/// Models whose loss depends on the share of time, for messages.
std::string models_with_time() {
  std::string list;
  for (const ModelInfo* model : propagation::all_models()) {
    if (time_parameter(*model).empty()) continue;
    list += (list.empty() ? "" : ", ") + std::string(model->id);
  }
  return list;
}

/// Why the model has no loss at a share of time; empty when it has.
std::string why_not(const ModelInfo& model, double percent) {
  const std::string_view name = time_parameter(model);
  for (const ParameterSpec& spec : model.parameters) {
    if (spec.name != name || spec.range.holds(percent)) continue;
    if (model.id == "itu_p1812" && percent > 50.0) {
      return {};  // itu_p2001 takes over
    }
    return "model " + std::string(model.id) + " has no loss at " + number_text(percent) +
           " % of time: it serves " + range_text(spec.range) +
           (spec.range.source.empty() ? "" : " (" + std::string(spec.range.source) + ")") +
           "; itu_p1812 serves 1 to 50 % and hands over to itu_p2001 above, auto serves all";
  }
  return {};
}

}  // namespace

std::string_view time_parameter(const ModelInfo& model) {
  for (const ParameterSpec& spec : model.parameters) {
    if (spec.name == "time_percent" || spec.name == "variability.time_percent") return spec.name;
  }
  return {};
}

AvailabilityConfig decode_availability(const SectionReader& section, const Scenario& scenario) {
  AvailabilityConfig config;
  config.mark = section.mark();
  const ModelInfo* const model = propagation::find_model(scenario.propagation.model);
  for (const FoundValue& item : section.items("time_percents")) {
    std::string problem;
    const auto percent = parse_number(*item.node, problem);
    if (percent && !(*percent > 0.0 && *percent < 100.0)) {
      problem = "must be above 0 and below 100 % of time, not " + number_text(*percent);
    } else if (percent &&
               std::ranges::find(config.time_percents, *percent) != config.time_percents.end()) {
      problem = "stands twice (" + number_text(*percent) + ")";
    } else if (percent && model != nullptr && !time_parameter(*model).empty()) {
      problem = why_not(*model, *percent);
    }
    if (problem.empty()) {
      config.time_percents.push_back(*percent);
    } else {
      section.problems().add(item.node->mark, item.key_path, problem,
                             "time_percents: [1, 10, 50, 90, 99]");
    }
  }
  std::ranges::sort(config.time_percents);
  if (config.time_percents.size() > kMostTimes) {
    section.fail("time_percents", "has " + std::to_string(config.time_percents.size()) +
                                      " shares of time; at most " + std::to_string(kMostTimes) +
                                      " can be evaluated at once");
  }
  if (model != nullptr && time_parameter(*model).empty()) {
    section.problems().add(section.mark(), section.shown_path(),
                           "needs a model whose loss depends on the share of time, and " +
                               std::string(model->id) + " knows none; such are " +
                               models_with_time(),
                           "propagation: {model: itu_p1812}");
  }
  if (scenario.terminals.empty()) {
    section.problems().add(section.mark(), section.shown_path(),
                           "is a share of time with service, and service is not judged: there are "
                           "no terminals",
                           "terminals: [{id: phone, profile: handset_outdoors}]");
  }
  return config;
}

}  // namespace yonder::scenarios
