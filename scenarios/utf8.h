#pragma once

#include <string_view>

namespace yonder::scenarios {

/// The line, from 1, of the first byte that does not belong to UTF-8 (RFC 3629: no overlong forms,
/// no surrogates, nothing beyond U+10FFFF); 0 when all is UTF-8.
int first_line_not_utf8(std::string_view text);

/// The line, from 1, of the first control character that text has none of: all below U+0020 but
/// tab, line feed and carriage return, and U+007F; 0 when there is none. UTF-16 is full of them.
int first_line_with_control_character(std::string_view text);

/// Whether UTF-8 text holds a code point that is no character and never will be: U+FDD0 to U+FDEF
/// and the last two of each plane (Unicode 15, section 23.7).
bool holds_noncharacter(std::string_view text);

}  // namespace yonder::scenarios
