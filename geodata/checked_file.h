#pragma once

#include <cstddef>
#include <filesystem>

/// Writing bytes so that a full disk is noticed.
namespace yonder::geodata {

/// Writes the file and flushes it to disk. Any failure (open, short write, flush, close) throws
/// GeodataError that names the file and the system's reason, and leaves no file.
void write_whole_file(const std::filesystem::path& file, const void* bytes, std::size_t size);

/// Removes a file if it is there; never throws.
void remove_quietly(const std::filesystem::path& file) noexcept;

}  // namespace yonder::geodata
