#pragma once

#include <string>

namespace yonder::nr {

/// Why a combination of settings cannot be, in words for the user: the caller adds file, line and
/// key path.
struct Refusal {
  std::string parameter;  ///< the setting that is refused, in the words of its struct's member
  std::string problem;    ///< "160 resource blocks are more than 20 MHz hold at 15 kHz (106)"
  std::string valid;      ///< an example or the range that would do
};

}  // namespace yonder::nr
