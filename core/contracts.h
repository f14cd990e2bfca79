#pragma once

#include <stdexcept>
#include <string>

/// Contract checks for programmer's errors. Active when YONDER_CONTRACTS is defined (presets `dev`
/// and `asan-ubsan`); a user's input is never checked with these: it gets a message or a status.
namespace yonder {

/// Thrown by a violated contract: a bug in Yonder, not in the user's input.
class ContractViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

namespace detail {
[[noreturn]] inline void contract_failed(const char* kind, const char* condition, const char* file,
                                         int line) {
  throw ContractViolation(std::string(file) + ":" + std::to_string(line) + ": " + kind +
                          " violated: " + condition);
}
}  // namespace detail
}  // namespace yonder

#if defined(YONDER_CONTRACTS)
#define YONDER_EXPECTS(condition) \
  ((condition)                    \
       ? (void)0                  \
       : ::yonder::detail::contract_failed("precondition", #condition, __FILE__, __LINE__))
#define YONDER_ENSURES(condition) \
  ((condition)                    \
       ? (void)0                  \
       : ::yonder::detail::contract_failed("postcondition", #condition, __FILE__, __LINE__))
#else
#define YONDER_EXPECTS(condition) ((void)0)
#define YONDER_ENSURES(condition) ((void)0)
#endif
