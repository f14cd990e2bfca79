#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <atomic>

// Preloaded into the program by tests: ends it, as kill -9 or a power cut would, just before its
// n-th rename() to a path that ends in a given text. YONDER_TEST_KILL_AT: "n text".

extern "C" int rename(const char* from, const char* to) {
  using Rename = int (*)(const char*, const char*);
  static const auto next = reinterpret_cast<Rename>(dlsym(RTLD_NEXT, "rename"));
  static std::atomic<long> seen{0};
  const char* wanted = getenv("YONDER_TEST_KILL_AT");
  if (wanted != nullptr) {
    char* text = nullptr;
    const long n = strtol(wanted, &text, 10);
    if (*text == ' ') ++text;
    const size_t length = strlen(text);
    const size_t all = strlen(to);
    if (all >= length && strcmp(to + all - length, text) == 0 && ++seen == n) raise(SIGKILL);
  }
  return next(from, to);
}
