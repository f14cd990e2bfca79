#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace yonder::scenarios {

/// JSON as text. Names of files may be any bytes; those that are not UTF-8 become U+FFFD, so that a
/// finished calculation is not lost over them.
inline std::string json_text(const nlohmann::ordered_json& json, int indent = -1) {
  return json.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace yonder::scenarios
