#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

/// The command line as plain data, taken from its definition, so that the manual page and the
/// completions of shells know every command and option without a list of their own.
namespace yonder::cli {

/// What stands after an option, as far as a shell can help with it.
enum class ValueKind { none, words, file, directory, other };

struct OptionListing {
  std::vector<std::string> names;  ///< "-o", "--output"; empty for a positional
  std::string value;               ///< "FILE"; the name of a positional; empty for a flag
  ValueKind kind = ValueKind::none;
  std::vector<std::string> words;  ///< what the value may be, where kind is words
  std::string description;
  std::string standard;  ///< default, where the definition shows one
  bool required = false;
  bool repeated = false;  ///< may take several values
};

struct CommandListing {
  std::vector<std::string> words;  ///< {"terrain", "fetch"}; empty for yonder itself
  std::string description;
  std::string footer;
  std::vector<OptionListing> options;
  std::vector<OptionListing> positionals;
  std::vector<CommandListing> commands;

  std::string name() const;  ///< "terrain fetch"
};

CommandListing list_commands(const CLI::App& app);

/// All commands in their order, yonder itself first, each before its own commands.
std::vector<const CommandListing*> flattened(const CommandListing& top);

}  // namespace yonder::cli
