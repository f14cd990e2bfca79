#include "scenarios/file_name.h"

#include <algorithm>

namespace yonder::scenarios {
namespace {

constexpr std::size_t kLongest = 255;  // bytes, of Linux's file systems

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }

}  // namespace

bool is_plain_file_name(std::string_view name) {
  return !name.empty() && name.front() != '.' && name.size() <= kLongest &&
         name.find_first_of("/\\") == std::string_view::npos &&
         std::ranges::none_of(name, is_control);
}

std::string file_name_problem(std::string_view id, std::size_t room) {
  if (id.size() + room > kLongest) {
    return "becomes part of a file's name and is too long for that: " + std::to_string(id.size()) +
           " bytes, at most " + std::to_string(kLongest - room);
  }
  if (is_plain_file_name(id)) return "";
  return "is used as a folder's or a file's name: it must not start with '.' or hold /, \\ or "
         "control characters";
}

}  // namespace yonder::scenarios
