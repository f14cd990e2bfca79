#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "propagation/with_additions.h"

/// Which additions may not be counted on top of which models, and of each other: what a model
/// already contains is not added again.
namespace yonder::propagation {

/// One row of the table that docs/additions.md shows.
struct ModelExclusion {
  std::string_view addition;
  std::string_view model;
  std::string_view reason;   ///< what is contained
  std::string_view instead;  ///< what to do
  bool only_with_clutter_heights = false;
};
std::span<const ModelExclusion> model_exclusions();

struct PairExclusion {
  std::string_view first, second;
  std::string_view reason;
};
std::span<const PairExclusion> pair_exclusions();

struct AdditionConflict {
  std::size_t index = 0;  ///< of the addition at fault
  std::string problem;    ///< "cannot be added to model x: reason; what to do"
};

/// What is wrong with a choice of additions; empty when nothing is. Their parameters are taken as
/// checked.
std::vector<AdditionConflict> addition_conflicts(const ModelInfo& model,
                                                 const ParameterValues& parameters,
                                                 std::span<const AdditionChoice> additions,
                                                 bool has_clutter_heights);

}  // namespace yonder::propagation
