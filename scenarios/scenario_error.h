#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace yonder::scenarios {

/// Where a value was written. `line` and `column` count from 1; 0 means unknown (e.g. a value from
/// `--set`).
struct SourceMark {
  std::string file;
  int line = 0;
  int column = 0;
};

/// One thing wrong with the user's input: where, what, and what would be valid.
struct ScenarioError {
  SourceMark mark;
  std::string key_path;       ///< "sites[2].cells[0].power_w"
  std::string problem;        ///< "is negative (-3)"
  std::string valid_example;  ///< "power_w: 240"; may be empty

  /// "file:line: key: problem. Valid: example"; a problem that ends in a question keeps its mark
  /// alone: "did you mean n28? Valid: n28".
  std::string text() const;
};

/// All that is wrong, shown together. Exit code 2.
class ScenarioErrors : public std::runtime_error {
 public:
  explicit ScenarioErrors(std::vector<ScenarioError> list);
  const std::vector<ScenarioError>& list() const { return list_; }

 private:
  std::vector<ScenarioError> list_;
};

}  // namespace yonder::scenarios
