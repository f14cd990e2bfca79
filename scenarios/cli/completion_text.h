#pragma once

#include <string>

#include "scenarios/cli/command_listing.h"

/// Completions for shells: commands, options, the words that an option knows, files and folders.
namespace yonder::cli {

std::string bash_completion(const CommandListing& yonder);
std::string zsh_completion(const CommandListing& yonder);
std::string fish_completion(const CommandListing& yonder);

}  // namespace yonder::cli
