#include "scenarios/pattern_file.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text.h"
#include "core/units.h"
#include "scenarios/scenario_error.h"

namespace yonder::scenarios {
namespace {

constexpr std::size_t kMaxErrorsPerCut = 5;
constexpr double kAngleTolerance_deg = 1e-6;

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return result;
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> result;
  constexpr std::string_view blanks = " \t\r\v\f";
  while (true) {
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return result;
    text.remove_prefix(begin);
    const std::size_t length = std::min(text.find_first_of(blanks), text.size());
    result.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
}

/// Reads a finite number at the start of `text`; `rest` is what follows it.
std::optional<double> leading_number(std::string_view text, std::string_view& rest) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || !std::isfinite(value)) return std::nullopt;
  rest = text.substr(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::optional<double> whole_number(std::string_view text) {
  std::string_view rest;
  const std::optional<double> value = leading_number(text, rest);
  return value && rest.empty() ? value : std::nullopt;
}

struct Point {
  double angle_deg = 0.0;
  double loss_db = 0.0;
  int line = 0;
};

struct Cut {
  std::string keyword;
  int line = 0;  ///< of the keyword; 0: absent
  std::optional<int> stated_count;
  std::size_t errors = 0;
  std::vector<Point> points;
};

class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {
    horizontal_.keyword = "HORIZONTAL";
    vertical_.keyword = "VERTICAL";
  }

  PatternFile read(std::istream& in) {
    std::string line;
    while (std::getline(in, line)) {
      ++line_;
      std::string_view text = line;
      if (line_ == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
      if (text.find('\0') != std::string_view::npos) {
        fail(line_, "", "is not a text file", "");
        break;
      }
      const std::vector<std::string_view> tokens = words(text);
      if (!tokens.empty()) take(tokens, text);
    }
    if (gain_line_ == 0 && errors_.empty()) fail(0, "GAIN", "is missing", "GAIN 15.5 dBi");
    resample(horizontal_, result_.spec.horizontal_loss_db);
    resample(vertical_, result_.spec.vertical_loss_db);
    if (!errors_.empty()) throw ScenarioErrors(std::move(errors_));
    return std::move(result_);
  }

 private:
  void fail(int line, std::string key, std::string problem, std::string valid) {
    errors_.push_back(
        {{file_, line, line > 0 ? 1 : 0}, std::move(key), std::move(problem), std::move(valid)});
  }

  void take(const std::vector<std::string_view>& tokens, std::string_view text) {
    const char first = tokens[0][0];
    const bool is_row = std::isdigit(static_cast<unsigned char>(first)) || first == '-' ||
                        first == '+' || first == '.';
    if (cut_ != nullptr && is_row) {
      take_row(tokens);
      return;
    }
    const std::string key = upper(tokens[0]);
    if (key == "HORIZONTAL") {
      begin_cut(horizontal_, tokens);
    } else if (key == "VERTICAL") {
      begin_cut(vertical_, tokens);
    } else {
      cut_ = nullptr;
      take_header(key, tokens, text);
    }
  }

  void take_header(const std::string& key, const std::vector<std::string_view>& tokens,
                   std::string_view text) {
    if (key == "NAME") {
      const std::size_t begin = text.find(tokens[0]) + tokens[0].size();
      result_.name = trimmed(text.substr(begin));
    } else if (key == "GAIN") {
      take_gain(tokens);
    } else if (key == "FREQUENCY") {
      take_frequency(tokens);
    } else if (key == "ELECTRICAL_TILT") {
      take_electrical_tilt(tokens);
    } else if (key == "TILT") {
      take_tilt(tokens);
    } else if (line_ == 1) {
      result_.name = trimmed(text);  // some makers leave the keyword NAME out
    }
  }

  static std::string trimmed(std::string_view text) {
    const std::vector<std::string_view> tokens = words(text);
    if (tokens.empty()) return {};
    const char* begin = tokens.front().data();
    return std::string(begin, tokens.back().data() + tokens.back().size());
  }

  void take_gain(const std::vector<std::string_view>& tokens) {
    if (gain_line_ != 0) {
      fail(line_, "GAIN",
           "is given a second time (first in line " + std::to_string(gain_line_) + ")",
           "one GAIN line");
      return;
    }
    gain_line_ = line_;
    std::optional<double> gain;
    std::string unit;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
      std::string_view rest;
      std::optional<double> value = leading_number(tokens[i], rest);
      if (value && !gain) {
        gain = value;
        unit += upper(rest);
      } else {
        unit += upper(tokens[i]);
      }
    }
    std::erase_if(unit, [](char c) { return c == '(' || c == ')' || c == '[' || c == ']'; });
    const std::string example = "GAIN 15.5 dBi";
    if (!gain) {
      fail(line_, "GAIN", "is not a number", example);
    } else if (unit.empty()) {
      fail(line_, "GAIN",
           number_text(*gain) +
               " has no unit (the format's convention reads it as dBd, many makers mean dBi; the "
               "data sheet tells which)",
           "GAIN " + number_text(*gain) + " dBd, or GAIN " + number_text(*gain) + " dBi");
    } else if (unit == "DBI") {
      result_.spec.gain_dbi = *gain;
    } else if (unit == "DBD") {
      result_.spec.gain_dbi = dbd_to_dbi(*gain);
    } else {
      fail(line_, "GAIN", "is in '" + unit + "', not in dBi or dBd", example);
    }
  }

  void take_frequency(const std::vector<std::string_view>& tokens) {
    // Bands such as "698-806" or "2.4 - 2.5 GHz" state no single frequency.
    if (tokens.size() < 2 || tokens.size() > 3) return;
    std::string_view rest;
    const std::optional<double> value = leading_number(tokens[1], rest);
    if (!value || !(*value > 0.0)) return;
    const std::string unit = upper(tokens.size() == 3 ? tokens[2] : rest);
    if (tokens.size() == 3 && !rest.empty()) return;
    if (unit.empty() || unit == "MHZ") result_.frequency_mhz = *value;
    if (unit == "GHZ") result_.frequency_mhz = *value * 1e3;
  }

  void take_electrical_tilt(const std::vector<std::string_view>& tokens) {
    if (tokens.size() < 2) return;
    std::string_view rest;
    if (const std::optional<double> value = leading_number(tokens[1], rest)) {
      result_.electrical_tilt_deg = value;
      return;
    }
    constexpr std::array<std::string_view, 6> no_number = {"ELECTRICAL", "MECHANICAL", "YES",
                                                           "NO",         "NONE",       "VARIABLE"};
    if (std::find(no_number.begin(), no_number.end(), upper(tokens[1])) == no_number.end()) {
      fail(line_, "ELECTRICAL_TILT", "'" + std::string(tokens[1]) + "' is not a number",
           "ELECTRICAL_TILT 4");
    }
  }

  /// "TILT ELECTRICAL", "TILT ELECTRICAL 4", "TILT 4", "TILT MECHANICAL": a number here is a
  /// property of the antenna itself, so electrical, unless the file says otherwise.
  void take_tilt(const std::vector<std::string_view>& tokens) {
    std::optional<double> number;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
      if (upper(tokens[i]) == "MECHANICAL") return;
      std::string_view rest;
      if (!number) number = leading_number(tokens[i], rest);
    }
    if (number && !result_.electrical_tilt_deg) result_.electrical_tilt_deg = number;
  }

  void begin_cut(Cut& cut, const std::vector<std::string_view>& tokens) {
    cut_ = &cut;
    if (cut.line != 0) {
      fail(line_, cut.keyword,
           "is given a second time (first in line " + std::to_string(cut.line) + ")",
           "one " + cut.keyword + " section");
      skipped_.points.clear();
      cut_ = &skipped_;
      return;
    }
    cut.line = line_;
    const std::optional<double> count =
        tokens.size() > 1 ? whole_number(tokens[1]) : std::optional<double>();
    if (!count || *count < 1 || *count > 1e6 || *count != std::floor(*count)) {
      fail(line_, cut.keyword, "needs the number of its points", cut.keyword + " 360");
      ++cut.errors;
      return;
    }
    cut.stated_count = static_cast<int>(*count);
  }

  void take_row(const std::vector<std::string_view>& tokens) {
    Cut& cut = *cut_;
    const std::optional<double> angle = whole_number(tokens[0]);
    const std::optional<double> loss =
        tokens.size() == 2 ? whole_number(tokens[1]) : std::optional<double>();
    std::string problem;
    if (!angle || !loss) {
      problem = "is not a line of angle and loss, two numbers with decimal points";
    } else if (*angle < 0.0 || *angle > 360.0) {
      problem = "has angle " + number_text(*angle) + " outside 0 to 360 degrees";
    } else if (*loss < 0.0) {
      problem = "has a negative loss (" + number_text(*loss) +
                "): values count down from the peak, written without sign";
    } else {
      cut.points.push_back({*angle, *loss, line_});
      return;
    }
    if (cut.errors++ < kMaxErrorsPerCut) fail(line_, cut.keyword, problem, "45 6.2");
  }

  void resample(Cut& cut, std::array<double, 360>& loss_db) {
    const auto cut_fails = [&](int line, const std::string& problem, const std::string& valid) {
      if (cut.errors++ < kMaxErrorsPerCut) fail(line, cut.keyword, problem, valid);
    };
    if (cut.line == 0) {
      // Whatever this is, a list of everything that an antenna file lacks would not help.
      if (errors_.empty()) fail(0, cut.keyword, "is missing", cut.keyword + " 360");
      return;
    }
    if (cut.errors != 0) return;
    std::vector<Point>& points = cut.points;
    if (static_cast<int>(points.size()) != *cut.stated_count) {
      cut_fails(cut.line,
                "announces " + std::to_string(*cut.stated_count) + " points but " +
                    std::to_string(points.size()) + " follow",
                cut.keyword + " 360 and 360 lines");
    }
    std::stable_sort(points.begin(), points.end(),
                     [](const Point& a, const Point& b) { return a.angle_deg < b.angle_deg; });
    // A closing point at 360 repeats the one at 0.
    if (points.size() > 1 && points.back().angle_deg == 360.0 && points.front().angle_deg == 0.0) {
      if (points.back().loss_db != points.front().loss_db) {
        cut_fails(points.back().line, "differs at 360 degrees from its value at 0", "");
      }
      points.pop_back();
    }
    for (std::size_t i = 1; i < points.size(); ++i) {
      if (points[i].angle_deg == points[i - 1].angle_deg) {
        cut_fails(std::max(points[i].line, points[i - 1].line),
                  "gives angle " + number_text(points[i].angle_deg) + " twice (first in line " +
                      std::to_string(std::min(points[i].line, points[i - 1].line)) + ")",
                  "");
      } else if (points[i].angle_deg - points[i - 1].angle_deg > 1.0 + kAngleTolerance_deg) {
        cut_fails(points[i].line,
                  "has no value between " + number_text(points[i - 1].angle_deg) + " and " +
                      number_text(points[i].angle_deg) + " degrees",
                  "a value at least every degree");
      }
    }
    if (points.empty()) {
      cut_fails(cut.line, "has no points", cut.keyword + " 360 and 360 lines");
    } else if (points.front().angle_deg + 360.0 - points.back().angle_deg >
               1.0 + kAngleTolerance_deg) {
      cut_fails(points.back().line,
                "has no value between " + number_text(points.back().angle_deg) + " and " +
                    number_text(points.front().angle_deg + 360.0) + " degrees",
                "a value at least every degree");
    }
    if (cut.errors != 0) return;

    // Close the circle on both sides, then read off the whole degrees.
    Point before = points.back();
    before.angle_deg -= 360.0;
    Point after = points.front();
    after.angle_deg += 360.0;
    points.insert(points.begin(), before);
    points.push_back(after);
    std::size_t i = 0;
    for (std::size_t degree = 0; degree < 360; ++degree) {
      const double angle = static_cast<double>(degree);
      while (points[i + 1].angle_deg <= angle) ++i;
      const Point& a = points[i];
      const Point& b = points[i + 1];
      const double part = (angle - a.angle_deg) / (b.angle_deg - a.angle_deg);
      loss_db[degree] = a.loss_db + part * (b.loss_db - a.loss_db);
    }
  }

  std::string file_;
  int line_ = 0;
  int gain_line_ = 0;
  Cut horizontal_;
  Cut vertical_;
  Cut skipped_;
  Cut* cut_ = nullptr;
  PatternFile result_;
  std::vector<ScenarioError> errors_;
};

}  // namespace

PatternFile read_pattern_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file)) {
    throw ScenarioErrors({{{file.string(), 0, 0}, "", "cannot be opened as an antenna file", ""}});
  }
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad()) {
    throw ScenarioErrors({{{file.string(), 0, 0}, "", "cannot be read to its end", ""}});
  }
  std::istringstream lines(text);
  PatternFile result = Reader(file.string()).read(lines);
  result.digest = digest_of(text);
  return result;
}

}  // namespace yonder::scenarios
