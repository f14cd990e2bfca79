// A libFuzzer program of one target: YONDER_FUZZ_TARGET is its function.
#include <cstddef>
#include <cstdint>

#include "targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  yonder::fuzz::YONDER_FUZZ_TARGET({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
