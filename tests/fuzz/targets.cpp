#include "targets.h"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>

#include "tests/temporary_folder.h"

namespace yonder::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::array kTargets = {
    Target{"scenario", run_scenario},     Target{"sites_csv", run_sites_csv},
    Target{"points_csv", run_points_csv}, Target{"pattern", run_pattern},
    Target{"cases", run_cases},           Target{"numbers", run_numbers},
    Target{"recipe", run_recipe},         Target{"plan", run_plan},
};

}  // namespace

std::span<const Target> targets() { return kTargets; }

fs::path input_file(std::string_view name, std::string_view bytes, bool local_names_only) {
  static const test::TemporaryFolder kFolder;
  std::string text(bytes);
  if (local_names_only) {
    for (char& c : text) {
      if (c == '/') c = '_';
    }
  }
  const fs::path file = kFolder.path() / name;
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) throw std::runtime_error("cannot write " + file.string());
  return file;
}

void demand(bool holds, const char* promise) {
  if (!holds) throw std::logic_error(promise);
}

}  // namespace yonder::fuzz
