#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/path_loss_field.h"
#include "scenarios/scenario.h"

/// Which losses a map of availability needs.
namespace yonder::scenarios {

/// A model at one share of time, and its part of a field's key.
struct TimedModel {
  const PathLossModel* model = nullptr;
  std::string identity;
};

/// How the loss at one share of time comes about: of one model; where the scenario's P.1812 ends,
/// with what P.2001 loses more than at the end.
struct TimeSlice {
  double percent = 50.0;
  std::size_t loss = 0;  ///< index into TimePlan::models
  struct Excess {
    std::size_t at = 0;    ///< P.2001 at the percentage
    std::size_t from = 0;  ///< and at 50 %
  };
  std::optional<Excess> excess;
};

struct TimePlan {
  std::vector<TimedModel> models;  ///< the first is the scenario's own
  std::vector<TimeSlice> slices;   ///< by rising percentage; empty: availability is not judged
  std::vector<std::unique_ptr<PathLossModel>> owned;
};

/// `own`: the scenario's model. Throws ParameterError for what the models cannot take.
TimePlan make_time_plan(const Scenario& scenario, const PathLossModel& own);

/// loss + max(0, at − from) where both are known, else the loss alone: on paths too short for
/// P.2001 nothing varies with time.
PathLossField with_excess(const PathLossField& loss, const PathLossField& at,
                          const PathLossField& from);

}  // namespace yonder::scenarios
