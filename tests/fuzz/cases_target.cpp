#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "scenarios/loss_cases.h"
#include "targets.h"

namespace yonder::fuzz {

void run_cases(std::string_view bytes) {
  // Cases may name files of tables; the folder of the input has none.
  std::string text(bytes);
  std::ranges::replace(text, '/', '_');
  std::istringstream in(text);
  std::ostringstream out;
  const scenarios::CaseFileSummary summary = scenarios::evaluate_case_file(
      in, out, "free_space", {input_file("cases.jsonl", "", false).parent_path(), {}, ""});
  std::istringstream as_it_says(text);
  std::ostringstream more;
  scenarios::evaluate_case_file(as_it_says, more, {},
                                {input_file("cases.jsonl", "", false).parent_path(), {}, ""});
  std::istringstream answers(out.str() + more.str());
  int lines = 0;
  for (std::string line; std::getline(answers, line); ++lines) {
    const nlohmann::json answer = nlohmann::json::parse(line, nullptr, false);
    demand(answer.is_object(), "an answer is a JSON object on one line");
    demand(answer.contains("error") || !answer.contains("loss_db") || answer["loss_db"].is_number(),
           "an answer without an error has a loss that is a number");
  }
  demand(lines == 2 * summary.cases, "each case has one answer");
}

}  // namespace yonder::fuzz
