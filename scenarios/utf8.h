#pragma once

#include <string_view>

namespace yonder::scenarios {

/// The line, from 1, of the first byte that does not belong to UTF-8 (RFC 3629: no overlong forms,
/// no surrogates, nothing beyond U+10FFFF); 0 when all is UTF-8.
int first_line_not_utf8(std::string_view text);

}  // namespace yonder::scenarios
