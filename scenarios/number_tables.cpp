#include "scenarios/number_tables.h"

#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/csv_table.h"
#include "scenarios/scenario_error.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostErrors = 10;

/// nullopt unless all of `text` is a finite decimal number.
std::optional<double> number_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

/// Collects errors up to a number that a person still reads.
class Errors {
 public:
  explicit Errors(std::string file) : file_(std::move(file)) {}
  void add(int line, std::string place, std::string problem, std::string example) {
    if (list_.size() < kMostErrors) {
      list_.push_back({{file_, line, line > 0 ? 1 : 0},
                       std::move(place),
                       std::move(problem),
                       std::move(example)});
    }
  }
  bool full() const { return list_.size() >= kMostErrors; }
  void throw_if_any() {
    if (!list_.empty()) throw ScenarioErrors(std::move(list_));
  }

 private:
  std::string file_;
  std::vector<ScenarioError> list_;
};

std::string read_all(const fs::path& file) {
  std::error_code ignored;
  std::ifstream in(file, std::ios::binary);
  if (!in || fs::is_directory(file, ignored)) {
    throw ScenarioErrors({{{file.string(), 0, 0}, "", "cannot be read", ""}});
  }
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// What tells that a file has changed.
struct Stamp {
  fs::path path;
  fs::file_time_type written;
  std::uintmax_t bytes = 0;
  bool operator==(const Stamp&) const = default;
};

std::vector<Stamp> stamps_of(const std::vector<fs::path>& files) {
  std::vector<Stamp> stamps;
  for (const fs::path& file : files) {
    std::error_code error;
    const auto written = fs::last_write_time(file, error);
    const auto bytes = error ? 0 : fs::file_size(file, error);
    if (error) return {};
    stamps.push_back({file, written, bytes});
  }
  return stamps;
}

std::shared_ptr<const NumberTables> read_afresh(const ParameterSpec& spec, const fs::path& path) {
  auto tables = std::make_shared<NumberTables>();
  tables->origin = path.string();
  std::error_code ignored;
  if (spec.table == TableForm::folder && !fs::is_directory(path, ignored)) {
    throw ScenarioErrors({{{path.string(), 0, 0}, std::string(spec.name), "is no folder", ""}});
  }
  std::vector<ScenarioError> errors;
  for (const fs::path& file : table_files(spec, path)) {
    try {
      if (spec.table == TableForm::folder && !fs::exists(file, ignored)) {
        throw ScenarioErrors(
            {{{file.string(), 0, 0}, std::string(spec.name), "there is no such file", ""}});
      }
      tables->tables.push_back(spec.table == TableForm::csv ? read_number_csv(file)
                                                            : read_number_grid(file));
    } catch (const ScenarioErrors& more) {
      errors.insert(errors.end(), more.list().begin(), more.list().end());
    }
  }
  if (!errors.empty()) throw ScenarioErrors(std::move(errors));
  return tables;
}

}  // namespace

NumberTable read_number_csv(const fs::path& file) {
  const CsvTable csv = read_csv(file);
  NumberTable table;
  table.file = file.string();
  Errors errors(table.file);
  if (csv.rows.empty()) errors.add(0, "", "has no rows below its header", "");
  bool has_labels = false;
  for (const CsvRow& row : csv.rows) {
    has_labels = has_labels || !number_of(row.fields.front()).has_value();
  }
  const std::size_t first = has_labels ? 1 : 0;
  table.columns.assign(csv.header.begin() + static_cast<std::ptrdiff_t>(first), csv.header.end());
  table.width = table.columns.size();
  if (table.width == 0) errors.add(1, "", "has no column of numbers", "");
  for (const CsvRow& row : csv.rows) {
    if (has_labels) table.labels.push_back(row.fields.front());
    table.lines.push_back(row.line);
    for (std::size_t i = first; i < row.fields.size(); ++i) {
      const std::optional<double> value = number_of(row.fields[i]);
      if (!value) {
        errors.add(row.line, "row " + std::to_string(row.row) + ", column " + csv.header[i],
                   "'" + row.fields[i] + "' is no number", "a decimal point and no unit: 92.6814");
      }
      table.numbers.push_back(value.value_or(0.0));
    }
    if (errors.full()) break;
  }
  errors.throw_if_any();
  return table;
}

NumberTable read_number_grid(const fs::path& file) {
  const std::string text = read_all(file);
  NumberTable table;
  table.file = file.string();
  Errors errors(table.file);
  int line = 0;
  for (std::size_t at = 0; at < text.size() && !errors.full();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view rest = std::string_view(text).substr(at, end - at);
    at = end + 1;
    ++line;
    std::size_t fields = 0;
    while (true) {
      const std::size_t start = rest.find_first_not_of(" \t\r,");
      if (start == std::string_view::npos) break;
      rest.remove_prefix(start);
      const std::size_t length = std::min(rest.find_first_of(" \t\r,"), rest.size());
      const std::string_view field = rest.substr(0, length);
      rest.remove_prefix(length);
      const std::optional<double> value = number_of(field);
      if (!value) {
        errors.add(line, "field " + std::to_string(fields + 1),
                   "'" + std::string(field) + "' is no number", "");
        if (errors.full()) break;
      }
      table.numbers.push_back(value.value_or(0.0));
      ++fields;
    }
    if (fields == 0) continue;  // a blank line
    if (table.width == 0) table.width = fields;
    if (fields != table.width) {
      errors.add(line, "",
                 "has " + std::to_string(fields) + " numbers, but the first line has " +
                     std::to_string(table.width),
                 "");
    }
    table.lines.push_back(line);
  }
  if (table.width == 0) errors.add(0, "", "holds no numbers", "");
  errors.throw_if_any();
  return table;
}

std::vector<fs::path> table_files(const ParameterSpec& spec, const fs::path& path) {
  if (spec.table == TableForm::csv) return {path};
  std::vector<fs::path> files;
  for (const std::string_view name : spec.files) files.push_back(path / name);
  return files;
}

std::shared_ptr<const NumberTables> read_tables(const ParameterSpec& spec, const fs::path& path) {
  // Case files name the same table in every line.
  static std::mutex mutex;
  static std::map<std::string, std::pair<std::vector<Stamp>, std::shared_ptr<const NumberTables>>>
      kept;
  const std::vector<Stamp> stamps = stamps_of(table_files(spec, path));
  const std::lock_guard lock(mutex);
  auto& [old_stamps, tables] = kept[std::string(spec.name)];
  if (tables == nullptr || stamps.empty() || stamps != old_stamps) {
    tables = nullptr;
    tables = read_afresh(spec, path);
    old_stamps = stamps;
  }
  return tables;
}

}  // namespace yonder::scenarios
