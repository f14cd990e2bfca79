#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

namespace yonder::geodata {

/// Internal to geodata.
enum class Download { done, absent, stopped };

/// Fetches an address through GDAL's /vsicurl/ into `part`, piece by piece; goes on where an
/// earlier, interrupted `part` ended. `absent` when the server answers 404. `stopped` when `stop`
/// is requested; the piece so far stays for next time. Throws GeodataError when the source cannot
/// be reached, ends early, or the disk is full.
Download download(const std::string& url, const std::filesystem::path& part, std::stop_token stop);

}  // namespace yonder::geodata
