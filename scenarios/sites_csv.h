#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "scenarios/csv_table.h"
#include "scenarios/scenario_reader.h"
#include "scenarios/yaml_tree.h"

namespace yonder::scenarios {

/// One row of a sites table: a cell and the site it stands on, as the mappings that a scenario file
/// would hold, so that both are decoded by the same code.
struct SiteRow {
  int row = 0;  ///< as a spreadsheet counts: the header is row 1
  YamlNode site;
  YamlNode cell;

  std::string shown_path() const { return "row " + std::to_string(row); }
};

/// What a table's own column names stand for.
struct ColumnNames {
  struct Meaning {
    std::string column;  ///< one of site_columns(), or empty: not read
    SourceMark mark;
  };
  std::map<std::string, Meaning> columns;  ///< by the table's name
  bool others_unread = false;              ///< columns not named here are passed over
};

/// Reads a mapping of a table's names to columns, or to their keys ("sites[].cells[].power_w");
/// null stands for a column that is not read, and "*" for all that are not named. What is wrong is
/// noted.
ColumnNames read_column_names(const FoundValue& mapping, Problems& problems);

/// Columns of a sites table: those of a site ("site_id", "site_name", "site_name_zh", "lon_deg",
/// "lat_deg") and the keys of a cell ("cell_id" for its id).
std::vector<std::string> site_columns();

/// Reads a sites table; empty fields are left out. Unknown columns, absent required ones (a column
/// that `cell_defaults` gives is not required) and two of one meaning are noted, and then no rows
/// are returned.
std::vector<SiteRow> read_sites_csv(const std::filesystem::path& file, const ColumnNames& names,
                                    const SectionReader* cell_defaults, Problems& problems);
/// The same of a table that has been read from `file`.
std::vector<SiteRow> site_rows(const CsvTable& table, const std::filesystem::path& file,
                               const ColumnNames& names, const SectionReader* cell_defaults,
                               Problems& problems);

}  // namespace yonder::scenarios
