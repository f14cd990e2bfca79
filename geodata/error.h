#pragma once

#include <stdexcept>
#include <string>

namespace yonder::geodata {

/// A file or projection that cannot be used. what() is a sentence for the user, naming the file,
/// the problem and what would help.
class GeodataError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace yonder::geodata
