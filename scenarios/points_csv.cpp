#include "scenarios/points_csv.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "core/text.h"
#include "scenarios/csv_table.h"
#include "scenarios/plain_number.h"

namespace yonder::scenarios {
namespace {

constexpr auto kColumns = std::to_array<std::string_view>(
    {"id", "name", "name_zh", "lon", "lat", "weight", "height_agl_m"});
constexpr std::string_view kHeader = "id,name,name_zh,lon,lat,weight";

/// One row's fields by the columns' names.
class Row {
 public:
  Row(const CsvTable& table, const CsvRow& row, const std::filesystem::path& file,
      Problems& problems)
      : table_(table), row_(row), mark_{file.string(), row.line, 0}, problems_(problems) {}

  std::string text(std::string_view column) const {
    const auto it = std::ranges::find(table_.header, column);
    if (it == table_.header.end()) return {};
    return row_.fields[static_cast<std::size_t>(it - table_.header.begin())];
  }

  double number(std::string_view column, double least, double most, double otherwise) const {
    const std::string field = text(column);
    if (field.empty() && !std::isnan(otherwise)) return otherwise;
    const auto value = plain_number(field);
    if (value && *value >= least && *value <= most) return *value;
    fail(column, field.empty() ? "is empty"
                 : value       ? field + " is out of its range, " + number_text(least) + " to " +
                               number_text(most)
                         : "'" + field + "' is no number");
    return least;
  }

  void fail(std::string_view column, const std::string& problem) const {
    problems_.add(mark_, "row " + std::to_string(row_.row) + ", column " + std::string(column),
                  problem, "V01,Lunnan,轮南,84.2000,41.3000,1200");
  }
  const SourceMark& mark() const { return mark_; }

 private:
  const CsvTable& table_;
  const CsvRow& row_;
  SourceMark mark_;
  Problems& problems_;
};

}  // namespace

std::vector<ShapePoint> read_points_csv(const std::filesystem::path& file, Problems& problems) {
  CsvTable table;
  try {
    table = read_csv(file);
  } catch (const ScenarioErrors& errors) {
    problems.add_all(errors.list());
    return {};
  }
  const SourceMark header{file.string(), 1, 0};
  bool usable = true;
  for (const std::string& name : table.header) {
    if (std::ranges::find(kColumns, name) != kColumns.end()) continue;
    const std::string_view near = nearest_word(name, kColumns);
    problems.add(header, "row 1, column " + name,
                 "is not a column of a table of points" +
                     (near.empty() ? "" : "; did you mean " + std::string(near) + "?"),
                 std::string(kHeader));
    usable = false;
  }
  for (const std::string_view needed : {"id", "lon", "lat"}) {
    if (std::ranges::find(table.header, needed) != table.header.end()) continue;
    problems.add(header, "row 1", "the table has no column " + std::string(needed),
                 std::string(kHeader));
    usable = false;
  }
  if (!usable) return {};
  if (table.rows.empty()) problems.add(header, "", "the table has a header but no rows");
  std::vector<ShapePoint> points;
  std::set<std::string> ids;
  for (const CsvRow& from : table.rows) {
    const Row row(table, from, file, problems);
    ShapePoint point;
    point.mark = row.mark();
    point.id = row.text("id");
    if (point.id.empty()) row.fail("id", "is empty");
    if (!point.id.empty() && !ids.insert(point.id).second) {
      row.fail("id", "'" + point.id + "' stands twice");
    }
    point.name.en = row.text("name").empty() ? point.id : row.text("name");
    point.name.zh = row.text("name_zh");
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    point.position = {row.number("lon", -180.0, 180.0, kNone),
                      row.number("lat", -80.0, 80.0, kNone)};
    point.weight = row.number("weight", 0.0, 1e12, 1.0);
    if (!row.text("height_agl_m").empty()) {
      point.height_agl_m = row.number("height_agl_m", 0.1, 30000.0, kNone);
    }
    points.push_back(std::move(point));
  }
  return points;
}

}  // namespace yonder::scenarios
