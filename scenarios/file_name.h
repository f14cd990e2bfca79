#pragma once

#include <string>
#include <string_view>

namespace yonder::scenarios {

/// Whether `name` is the name of one file or folder below the one that it is put into, on any
/// system: not empty, "." or "..", not hidden, no slashes of either kind, no control characters
/// (a null byte would end it), at most 255 bytes of UTF-8.
bool is_plain_file_name(std::string_view name);

/// What is wrong with an id that becomes part of names of files, or empty. `room` bytes of the 255
/// are for what is put before and after it.
std::string file_name_problem(std::string_view id, std::size_t room = 32);

}  // namespace yonder::scenarios
