#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/path_loss_model.h"

/// What each model promises, and what its source does not: the list that the tests of this folder
/// walk. Every model of propagation/model_list.h has an entry (model_traits.cpp).
namespace yonder::propagation {

/// A path that the model answers with its plain parameters; over flat ground where it needs a
/// profile.
struct UsualPath {
  double frequency_mhz = 900.0;
  double distance_m = 5000.0;
  double tx_m = 40.0;
  double rx_m = 1.5;
};

/// How loss must go with one quantity, all others kept, over flat ground without clutter.
struct Trend {
  enum Way { rises, falls };
  std::string_view quantity;  ///< as in range tables, or a parameter's name
  Way way = rises;
  double against_db = 0.0;  ///< what the source's own steps may do against it
  std::string_view source;  ///< of that, or why the trend must hold
  ParameterValues parameters{};
  double from = 0.0, to = 0.0;      ///< in the quantity's unit; 0, 0: the model's whole range
  bool of_usual_path_only = false;  ///< else of paths all over the model's range
};

/// Steps of the loss over a quantity that the source itself has.
struct KnownSteps {
  std::string_view quantity;
  double largest_db = 0.0;
  std::string_view source;
};

/// Between which points the model measures: what free space is compared over.
enum class Geometry {
  over_terrain,  ///< straight between the antennas, ground included
  over_plane,    ///< straight, on level ground: the model does not know the ground's heights
  horizontal
};

/// How much less than free space a path may lose.
struct Enhancement {
  double db = 0.0;
  bool with_any_parameters = true;  ///< else the bound is that of the default ones
  std::string_view source;
};

/// How a row of the range table is left, where a usual path and the quantity itself do not do.
struct RowCase {
  std::size_t row = 0;
  ParameterValues parameters{};
  std::optional<double> ground_below_m{};  ///< rows computed inside: ground that goes below,
  std::optional<double> ground_above_m{};  ///< ... and above
  ParameterValues parameters_above{};
  std::string_view unreachable{};  ///< why no input in range can leave it
};

struct ModelTraits {
  std::string_view id;
  UsualPath usual{};

  bool reciprocal = false;
  double reciprocal_within_db = 0.0;
  std::string_view reciprocity_source;  ///< or why it does not hold

  std::vector<Trend> trends{};
  std::vector<KnownSteps> steps{};
  Geometry geometry = Geometry::over_terrain;
  std::optional<Enhancement> enhancement{};  ///< nullopt: not comparable, and why_not says why
  std::string_view enhancement_why_not{};
  std::vector<RowCase> rows{};

  double share_answered = 0.5;  ///< of random paths; the others are refused with a reason
  int everyday_paths = 20000;   ///< tried by every test run; a million where that is cheap
  int paths_per_terminals = 1;  ///< paths that share frequency and heights, dear to prepare
};

/// All models that can be made without a file of the user's. Those that need one (itu_p1546) are
/// held by tests of their own, on tables made up there.
std::vector<const ModelInfo*> models_to_try();

/// The traits of a model, or nullptr.
const ModelTraits* find_traits(std::string_view id);
const std::vector<ModelTraits>& all_traits();

}  // namespace yonder::propagation
