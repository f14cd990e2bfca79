#pragma once

#include <filesystem>
#include <span>
#include <string_view>

/// Readers of files that come from outside, each given any bytes. A target returns when the reader
/// took the bytes or refused them in words; it throws or aborts on all else: another exception, a
/// broken promise of the reader, and, from the sanitizers, undefined behaviour.
namespace yonder::fuzz {

struct Target {
  std::string_view name;  ///< also the folder of its inputs in tests/fuzz/corpus
  void (*run)(std::string_view bytes);
};

std::span<const Target> targets();

void run_scenario(std::string_view bytes);
void run_sites_csv(std::string_view bytes);
void run_points_csv(std::string_view bytes);
void run_pattern(std::string_view bytes);
void run_cases(std::string_view bytes);
void run_numbers(std::string_view bytes);
void run_recipe(std::string_view bytes);
void run_plan(std::string_view bytes);

/// A folder of this process's own, removed at its end, that holds a file with these bytes. Slashes
/// become underscores where `local_names_only`: no name in the text can then lead out of it.
std::filesystem::path input_file(std::string_view name, std::string_view bytes,
                                 bool local_names_only);

/// Throws std::logic_error: the reader broke a promise.
void demand(bool holds, const char* promise);

}  // namespace yonder::fuzz
