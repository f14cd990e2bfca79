#include "scenarios/csv_table.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "scenarios/scenario_error.h"
#include "scenarios/utf8.h"

namespace yonder::scenarios {
namespace {

class CsvParser {
 public:
  CsvParser(std::string text, std::string file) : text_(std::move(text)), file_(std::move(file)) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

  CsvTable parse() {
    CsvTable table;
    while (at_ < text_.size()) {
      if (skip_blank_or_comment()) continue;
      if (table.header.empty()) {
        choose_separator();
        table.header = record().fields;
        check_header(table.header);
        width_ = table.header.size();
        continue;
      }
      const std::size_t errors_before = errors_.size();
      CsvRow row = record();
      if (errors_.size() > errors_before) continue;
      if (row.fields.size() == width_) {
        table.rows.push_back(std::move(row));
      } else {
        errors_.push_back({{file_, row.line, 1},
                           "row " + std::to_string(row.row),
                           "has " + std::to_string(row.fields.size()) +
                               " fields, but the header has " + std::to_string(width_),
                           ""});
      }
    }
    if (table.header.empty()) {
      errors_.push_back({{file_, 1, 1}, "", "has no header", "site_id,lon_deg,lat_deg,cell_id,…"});
    }
    if (!errors_.empty()) throw ScenarioErrors(std::move(errors_));
    return table;
  }

 private:
  bool skip_blank_or_comment() {
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    const std::string_view whole = std::string_view(text_).substr(at_, end - at_);
    if (whole.find_first_not_of(" \t\r") != std::string_view::npos && whole.front() != '#') {
      return false;
    }
    at_ = end + 1;
    ++line_;
    return true;
  }

  void choose_separator() {
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    const std::string_view whole = std::string_view(text_).substr(at_, end - at_);
    if (whole.find(',') != std::string_view::npos) return;
    if (whole.find(';') != std::string_view::npos) {
      separator_ = ';';
    } else if (whole.find('\t') != std::string_view::npos) {
      separator_ = '\t';
    }
  }

  CsvRow record() {
    CsvRow row{++row_, line_, {}};
    while (true) {
      row.fields.push_back(field(row));
      if (at_ >= text_.size()) return row;
      const char end = text_[at_++];
      if (end == '\n') {
        ++line_;
        return row;
      }
    }
  }

  /// Reads up to, not including, the separator or line end.
  std::string field(const CsvRow& row) {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    std::string value;
    if (at_ < text_.size() && text_[at_] == '"') {
      const int first_line = line_;
      ++at_;
      while (true) {
        if (at_ >= text_.size()) {
          errors_.push_back({{file_, first_line, 1},
                             "row " + std::to_string(row.row),
                             "a quote is opened and never closed",
                             ""});
          return value;
        }
        const char c = text_[at_++];
        if (c == '"' && (at_ >= text_.size() || text_[at_] != '"')) break;
        if (c == '"') ++at_;
        if (c == '\n') ++line_;
        value += c;
      }
      const std::string rest = unquoted();
      if (!rest.empty()) {
        errors_.push_back({{file_, line_, 1},
                           "row " + std::to_string(row.row),
                           "has text after a closing quote ('" + rest + "')",
                           "\"a \"\"quoted\"\" word\""});
      }
      return value;
    }
    return unquoted();
  }

  std::string unquoted() {
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n') ++at_;
    std::string_view value = std::string_view(text_).substr(start, at_ - start);
    const std::size_t last = value.find_last_not_of(" \r");
    value = value.substr(0, last == std::string_view::npos ? 0 : last + 1);
    return std::string(value);
  }

  void check_header(const std::vector<std::string>& header) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < header.size(); ++i) {
      const std::string place = "row 1, column " + std::to_string(i + 1);
      if (header[i].empty()) {
        errors_.push_back({{file_, line_ - 1, 1}, place, "has no name", ""});
      } else if (!seen.insert(header[i]).second) {
        errors_.push_back({{file_, line_ - 1, 1}, place, "repeats the name " + header[i], ""});
      }
    }
  }

  std::string text_;
  std::string file_;
  std::size_t at_ = 0;
  int line_ = 1;
  int row_ = 0;
  std::size_t width_ = 0;
  char separator_ = ',';
  std::vector<ScenarioError> errors_;
};

}  // namespace

CsvTable read_csv(const std::filesystem::path& file) {
  const std::string name = file.string();
  std::ifstream in(file, std::ios::binary);
  if (std::filesystem::is_directory(file) || !in) {
    throw ScenarioErrors({{{name, 0, 0}, "", "cannot be read", ""}});
  }
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (const int line = first_line_not_utf8(text)) {
    throw ScenarioErrors(
        {{{name, line, 1}, "", "is not UTF-8; save the table as \"CSV UTF-8\"", ""}});
  }
  FileDigest digest = digest_of(text);
  CsvTable table = CsvParser(std::move(text), name).parse();
  table.digest = std::move(digest);
  return table;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace yonder::scenarios
