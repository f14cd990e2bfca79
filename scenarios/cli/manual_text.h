#pragma once

#include <string>

#include "scenarios/cli/command_listing.h"

namespace yonder::cli {

/// The manual page yonder(1) as troff source for `man`.
std::string manual_page(const CommandListing& yonder, const std::string& version);

}  // namespace yonder::cli
