#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/sha256.h"

namespace yonder::scenarios {

/// One record of a CSV file. Records span several lines where quoted fields hold line ends.
struct CsvRow {
  int row = 0;   ///< record number, the header being 1
  int line = 0;  ///< line of the file where it starts, from 1
  std::vector<std::string> fields;
};

struct CsvTable {
  std::vector<std::string> header;
  std::vector<CsvRow> rows;  ///< as wide as the header each
  FileDigest digest;         ///< of the file as it was read
};

/// Reads a CSV file (RFC 4180): UTF-8 with or without byte order mark; LF or CRLF; fields in double
/// quotes may hold separators, line ends and doubled quotes. The separator is the comma, or the
/// semicolon or tabulator when the header has no comma. Spaces around unquoted fields are dropped.
/// Blank lines are skipped; lines that start with '#' are comments. Throws ScenarioErrors: file
/// unreadable, no header, an unnamed or repeated column, a row with another number of fields, text
/// after a closing quote, a quote never closed, not UTF-8.
CsvTable read_csv(const std::filesystem::path& file);

/// A value as a field of a CSV file: in double quotes where it has to be.
std::string csv_field(const std::string& text);

}  // namespace yonder::scenarios
