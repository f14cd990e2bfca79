#pragma once

#include <filesystem>
#include <iosfwd>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>

#include "core/path_profile.h"

/// `yonder loss --cases`: evaluates files of cases, one JSON object a line (format:
/// docs/loss-cases.md).
namespace yonder::scenarios {

/// Where the files of table parameters are.
struct CaseFiles {
  std::filesystem::path base;  ///< relative paths in cases are relative to this folder
  /// Files of parameters for the cases that do not name one: {"curves": "p1546-curves.csv"};
  /// relative ones are relative to the current folder.
  std::map<std::string, std::filesystem::path> defaults;
  std::string model;  ///< of the cases that name none; empty: these are refused
};

/// Whether case files know a model, formula piece or addition of this id.
bool is_case_model(std::string_view id);

/// Evaluates one case and gives its answer: {"id", "loss_db", "terms"} plus the keys of the case's
/// "expected", or
/// {"id", "error", "parameter", "message", ...}. Never throws for a bad case: the answer says what
/// is wrong. `model_override` replaces the case's "model" unless empty.
nlohmann::ordered_json evaluate_case(const nlohmann::json& loss_case,
                                     std::string_view model_override = {},
                                     const CaseFiles& files = {});

struct CaseFileSummary {
  int cases = 0;
  int errors = 0;  ///< cases whose answer is an error, and lines that are not JSON objects
};

/// Evaluates each line of `in`, writing one answer line a case. A line that is not JSON gets an
/// answer with its line number and the parser's complaint. Blank lines are skipped.
CaseFileSummary evaluate_case_file(std::istream& in, std::ostream& out,
                                   std::string_view model_override = {},
                                   const CaseFiles& files = {});

/// The profile of a case (its object `profile`); empty when it has none. Throws CaseError.
PathProfile case_profile(const nlohmann::json& loss_case);

/// One formula that is not a whole path-loss model (a clutter loss, a specific attenuation),
/// reachable from case files under an id of its own. It takes the case and returns the answer
/// without "id"; it may throw CaseError.
struct FormulaPiece {
  std::string_view id;
  nlohmann::ordered_json (*evaluate)(const nlohmann::json& loss_case);
};

/// All formula pieces (formula_pieces.cpp).
std::span<const FormulaPiece> formula_pieces();

/// A case that cannot be evaluated; becomes {"error": kind, "parameter": parameter, "message":
/// ...}.
struct CaseError {
  std::string
      kind;  ///< "out_of_range", "missing", "wrong_type", "unknown_key", "not_applicable", ...
  std::string parameter;  ///< dotted key
  std::string message;
  nlohmann::ordered_json details = nlohmann::ordered_json::object();  ///< e.g. bound, limit
};

}  // namespace yonder::scenarios
