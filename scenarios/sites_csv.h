#pragma once

#include <filesystem>
#include <string>
#include <vector>

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

/// Columns of a sites table: those of a site ("site_id", "site_name", "site_name_zh", "lon_deg",
/// "lat_deg") and the keys of a cell ("cell_id" for its id).
std::vector<std::string> site_columns();

/// Reads a sites table; empty fields are left out. Unknown columns and absent required ones are
/// noted (a column that `cell_defaults` gives is not required), and then no rows are returned.
std::vector<SiteRow> read_sites_csv(const std::filesystem::path& file,
                                    const SectionReader* cell_defaults, Problems& problems);

}  // namespace yonder::scenarios
