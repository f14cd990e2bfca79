#pragma once

#include <string>
#include <string_view>

/// Units of the numbers in records: the keys name them.
namespace yonder::scenarios {

/// The unit that a key's last word tells: "dBm" of "rsrp_p10_dbm"; "1" of shares and probabilities;
/// empty where it tells none.
std::string unit_of_key(std::string_view key);
/// The same of the number at a JSON pointer; what stands under a class's name is its share.
std::string unit_at(std::string_view pointer);

}  // namespace yonder::scenarios
