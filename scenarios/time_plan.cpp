#include "scenarios/time_plan.h"

#include <algorithm>
#include <cmath>
#include <variant>

#include "propagation/models.h"
#include "scenarios/availability.h"
#include "scenarios/field_key.h"
#include "scenarios/plan.h"

namespace yonder::scenarios {
namespace {

constexpr double kMostOfP1812 = 50.0;

/// The scenario with another share of time.
Scenario at_time(const Scenario& scenario, const std::string& parameter, double percent) {
  Scenario changed = scenario;
  changed.propagation.parameters[parameter] = percent;
  return changed;
}

/// P.2001 in the climate of the scenario's P.1812, without additions: of it only a difference
/// counts.
Scenario as_p2001(const Scenario& scenario, double percent) {
  Scenario changed = scenario;
  PropagationConfig& propagation = changed.propagation;
  ParameterValues values = {{"time_percent", percent}};
  const auto lapse = propagation.parameters.find("delta_n_per_km");
  if (lapse != propagation.parameters.end()) {
    values["climate.mid.dn_median_n_per_km"] = lapse->second;
  }
  propagation.model = "itu_p2001";
  propagation.parameters = std::move(values);
  propagation.additions.clear();
  return changed;
}

/// The share of time that the scenario's own model is made for; nullopt: told otherwise than by
/// time_percent alone.
std::optional<double> own_percent(const Scenario& scenario, const ModelInfo& model) {
  const auto given = scenario.propagation.parameters.find("time_percent");
  if (given != scenario.propagation.parameters.end()) {
    const auto* number = std::get_if<double>(&given->second);
    return number != nullptr ? std::optional(*number) : std::nullopt;
  }
  for (const ParameterSpec& spec : model.parameters) {
    if (spec.name == "time_percent") return std::get<double>(spec.default_value);
  }
  return std::nullopt;
}

class Maker {
 public:
  Maker(const Scenario& scenario, const PathLossModel& own) : scenario_(scenario) {
    plan_.models.push_back({&own, propagation_identity(scenario)});
  }

  TimePlan make() {
    const ModelInfo& info = *propagation::find_model(scenario_.propagation.model);
    const std::string parameter(time_parameter(info));
    for (const double percent : scenario_.availability.time_percents) {
      TimeSlice slice{.percent = percent};
      const bool beyond = info.id == "itu_p1812" && percent > kMostOfP1812;
      const double of_own = beyond ? kMostOfP1812 : percent;
      const bool same = own_percent(scenario_, info) == of_own;
      slice.loss = same ? 0 : model(at_time(scenario_, parameter, of_own));
      if (beyond) {
        slice.excess = {.at = model(as_p2001(scenario_, percent)),
                        .from = model(as_p2001(scenario_, kMostOfP1812))};
      }
      plan_.slices.push_back(slice);
    }
    return std::move(plan_);
  }

 private:
  /// Index of a scenario's model, made where it is not there yet.
  std::size_t model(const Scenario& scenario) {
    std::string identity = propagation_identity(scenario);
    for (std::size_t i = 0; i < plan_.models.size(); ++i) {
      if (plan_.models[i].identity == identity) return i;
    }
    plan_.owned.push_back(make_model(scenario));
    plan_.models.push_back({plan_.owned.back().get(), std::move(identity)});
    return plan_.models.size() - 1;
  }

  const Scenario& scenario_;
  TimePlan plan_;
};

}  // namespace

TimePlan make_time_plan(const Scenario& scenario, const PathLossModel& own) {
  return Maker(scenario, own).make();
}

PathLossField with_excess(const PathLossField& loss, const PathLossField& at,
                          const PathLossField& from) {
  PathLossField sum = loss;
  for (std::size_t i = 0; i < sum.loss_db.size(); ++i) {
    const float more_db = at.loss_db[i] - from.loss_db[i];
    if (!std::isnan(more_db)) sum.loss_db[i] += std::max(0.0F, more_db);
  }
  return sum;
}

}  // namespace yonder::scenarios
