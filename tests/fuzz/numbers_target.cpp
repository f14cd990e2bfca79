#include <cmath>

#include "scenarios/number_tables.h"
#include "scenarios/scenario_error.h"
#include "targets.h"

namespace yonder::fuzz {
namespace {

void check(const NumberTable& table) {
  demand(table.width == 0 || table.numbers.size() % table.width == 0, "rows are equally wide");
  demand(table.labels.empty() || table.labels.size() == table.rows(), "each row has its label");
  demand(table.columns.empty() || table.columns.size() == table.width, "each column has its name");
  for (const double number : table.numbers) {
    demand(std::isfinite(number), "a table holds finite numbers");
  }
}

}  // namespace

void run_numbers(std::string_view bytes) {
  const std::filesystem::path file = input_file("numbers.csv", bytes, false);
  try {
    check(scenarios::read_number_csv(file));
  } catch (const scenarios::ScenarioErrors&) {
  }
  try {
    check(scenarios::read_number_grid(file));
  } catch (const scenarios::ScenarioErrors&) {
  }
}

}  // namespace yonder::fuzz
