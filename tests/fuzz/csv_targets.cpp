#include "scenarios/csv_table.h"
#include "scenarios/points_csv.h"
#include "scenarios/scenario_error.h"
#include "scenarios/sites_csv.h"
#include "targets.h"

namespace yonder::fuzz {

void run_sites_csv(std::string_view bytes) {
  const std::filesystem::path file = input_file("sites.csv", bytes, false);
  try {
    const scenarios::CsvTable table = scenarios::read_csv(file);
    for (const scenarios::CsvRow& row : table.rows) {
      demand(row.fields.size() == table.header.size(), "a row is as wide as the header");
      demand(row.line > 0 && row.row > 1, "a row knows its place");
    }
  } catch (const scenarios::ScenarioErrors&) {
  }
  try {
    scenarios::Problems problems;
    scenarios::read_sites_csv(file, {}, nullptr, problems);
  } catch (const scenarios::ScenarioErrors&) {
  }
}

void run_points_csv(std::string_view bytes) {
  try {
    scenarios::Problems problems;
    const auto points =
        scenarios::read_points_csv(input_file("points.csv", bytes, false), problems);
    if (!problems.empty()) return;
    for (const scenarios::ShapePoint& point : points) {
      demand(point.position.lat_deg >= -90.0 && point.position.lat_deg <= 90.0,
             "a latitude is within -90 to 90");
      demand(!point.id.empty(), "a point has an id");
    }
  } catch (const scenarios::ScenarioErrors&) {
  }
}

}  // namespace yonder::fuzz
