#include "scenarios/scenario_error.h"

namespace yonder::scenarios {
namespace {

std::string joined(const std::vector<ScenarioError>& list) {
  std::string text;
  for (const ScenarioError& error : list) {
    if (!text.empty()) text += '\n';
    text += error.text();
  }
  return text;
}

}  // namespace

std::string ScenarioError::text() const {
  std::string text = mark.file;
  if (mark.line > 0) text += ":" + std::to_string(mark.line);
  if (!text.empty()) text += ": ";
  if (!key_path.empty()) text += key_path + ": ";
  text += problem;
  if (!valid_example.empty()) {
    text += (problem.ends_with('?') ? " Valid: " : ". Valid: ") + valid_example;
  }
  return text;
}

ScenarioErrors::ScenarioErrors(std::vector<ScenarioError> list)
    : std::runtime_error(joined(list)), list_(std::move(list)) {}

}  // namespace yonder::scenarios
