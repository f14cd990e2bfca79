#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "scenarios/field_cache.h"
#include "scenarios/plan.h"
#include "scenarios/time_plan.h"

namespace yonder::scenarios {

/// A field wanted: of one of the plan's models.
struct FieldWish {
  std::size_t model = 0;  ///< index into TimePlan::models
  FieldSpec spec;
};

/// Fields of antennas, out of the cache where it has them, else computed: those of one antenna and
/// one kind of model together, whatever its parameters, so that they share the terrain's profiles.
class FieldSource {
 public:
  /// `cache` may be nullptr. What is referred to must outlive the source. Throws Stopped.
  FieldSource(const Scenario& scenario, const Plan& plan, const TimePlan& times, FieldCache* cache,
              const RunControl& control, JobProgress& job);

  /// Fields of one antenna position, in the order of the wishes. Throws Stopped.
  std::vector<PathLossField> get(std::span<const FieldWish> wishes);

  std::size_t paths() const { return paths_; }  ///< evaluated so far

 private:
  std::vector<PathLossField> compute(const std::vector<FieldWish>& wishes);

  const Scenario& scenario_;
  const Plan& plan_;
  const TimePlan& times_;
  FieldCache* cache_;
  const RunControl& control_;
  JobProgress& job_;
  std::vector<FieldKeys> keys_;  ///< by model; empty without a cache
  std::size_t paths_ = 0;
};

}  // namespace yonder::scenarios
