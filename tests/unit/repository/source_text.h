#pragma once

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// Reading the repository's own sources, for the tests of its rules.
namespace yonder::repository {

inline std::filesystem::path root() { return YONDER_SOURCE_DIR; }

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// C++ files below `folder` of the repository, as paths relative to the root, sorted.
inline std::vector<std::string> sources_in(const std::string& folder) {
  std::vector<std::string> found;
  if (!std::filesystem::exists(root() / folder)) return found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root() / folder)) {
    const std::string extension = entry.path().extension();
    if (extension == ".h" || extension == ".cpp") {
      found.push_back(std::filesystem::relative(entry.path(), root()).generic_string());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

struct Include {
  std::string header;
  bool quoted = false;  ///< "x", else <x>
};

inline std::vector<Include> includes_of(const std::string& text) {
  std::vector<Include> list;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::size_t at = line.find_first_not_of(" \t");
    if (at == std::string::npos || line[at] != '#') continue;
    at = line.find_first_not_of(" \t", at + 1);
    if (at == std::string::npos || line.compare(at, 7, "include") != 0) continue;
    const std::size_t open = line.find_first_of("\"<", at);
    if (open == std::string::npos) continue;
    const bool quoted = line[open] == '"';
    const std::size_t close = line.find(quoted ? '"' : '>', open + 1);
    list.push_back({line.substr(open + 1, close - open - 1), quoted});
  }
  return list;
}

/// `text` with comments, strings and character literals blanked; raw strings as far as R"(...)" and
/// R"x(...)x".
inline std::string code_only(std::string text) {
  const auto blank = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to && i < text.size(); ++i) {
      if (text[i] != '\n') text[i] = ' ';
    }
  };
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    if (text.compare(i, 2, "//") == 0) {
      end = std::min(text.find('\n', i), text.size());
    } else if (text.compare(i, 2, "/*") == 0) {
      const std::size_t close = text.find("*/", i + 2);
      end = close == std::string::npos ? text.size() : close + 2;
    } else if (text.compare(i, 2, "R\"") == 0) {
      const std::size_t open = text.find('(', i);
      const std::string tail = ")" + text.substr(i + 2, open - i - 2) + "\"";
      const std::size_t close = text.find(tail, open);
      end = close == std::string::npos ? text.size() : close + tail.size();
    } else if (text[i] == '"' || (text[i] == '\'' && (i == 0 || !std::isalnum(text[i - 1])))) {
      // A quote after a letter or digit separates digits: 1'000.
      for (; end < text.size() && text[end] != text[i] && text[end] != '\n'; ++end) {
        if (text[end] == '\\') ++end;
      }
      end = std::min(end + 1, text.size());
    } else {
      i = end;
      continue;
    }
    blank(i, end);
    i = end;
  }
  return text;
}

/// Whether `code` has `word` as a whole word, that is not a part of a longer name.
inline bool has_word(std::string_view code, std::string_view word) {
  const auto in_name = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
  };
  for (std::size_t at = code.find(word); at != std::string_view::npos;
       at = code.find(word, at + 1)) {
    const std::size_t after = at + word.size();
    if ((at == 0 || !in_name(code[at - 1])) && (after == code.size() || !in_name(code[after]))) {
      return true;
    }
  }
  return false;
}

}  // namespace yonder::repository
