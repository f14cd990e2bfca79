#include "scenarios/sites_csv.h"

#include <algorithm>

#include "core/text.h"
#include "scenarios/csv_table.h"
#include "scenarios/scenario_keys.h"

namespace yonder::scenarios {
namespace {

/// Where a column's value belongs.
struct Column {
  std::string name;
  std::string section;  ///< "sites[]", "sites[].name" or "sites[].cells[]"
  std::string key;
  bool required = false;
};

const std::vector<Column>& columns() {
  static const std::vector<Column> kColumns = [] {
    std::vector<Column> list;
    const auto add = [&](const std::string& section, std::string_view key) {
      const ScenarioKey* spec = find_key(section + "." + std::string(key));
      list.push_back({csv_column(section, key), section, std::string(key), spec->required});
    };
    for (const char* key : {"id", "lon_deg", "lat_deg"}) add("sites[]", key);
    for (const char* key : {"en", "zh"}) add("sites[].name", key);
    for (const std::string_view key : keys_under("sites[].cells[]")) add("sites[].cells[]", key);
    return list;
  }();
  return kColumns;
}

const Column* find_column(std::string_view name) {
  const auto it = std::ranges::find(columns(), name, &Column::name);
  return it == columns().end() ? nullptr : &*it;
}

/// The example of a key as it stands in a table: without "key: ".
std::string field_example(const Column& column) {
  const ScenarioKey* spec = find_key(column.section + "." + column.key);
  return column.name + " (" + std::string(spec->example) + ")";
}

void note_unknown_column(const std::string& name, const SourceMark& mark, Problems& problems) {
  const std::string place = "row 1, column " + name;
  for (const char* section : {"sites[].cells[]", "sites[]"}) {
    const UnknownKey unknown = explain_unknown_key(section, name);
    if (unknown.problem.find("write ") != std::string::npos) {
      problems.add(mark, place, unknown.problem, unknown.valid_example);
      return;
    }
  }
  std::vector<std::string_view> names;
  std::string list;
  for (const Column& column : columns()) {
    names.push_back(column.name);
    list += (list.empty() ? "" : ", ") + column.name;
  }
  const std::string_view near = nearest_word(name, names);
  if (near.empty()) {
    problems.add(mark, place, "is not a column of a sites table", list);
  } else {
    problems.add(mark, place,
                 "is not a column of a sites table; did you mean " + std::string(near) + "?",
                 field_example(*find_column(near)));
  }
}

void add_value(YamlNode& map, const std::string& key, const std::string& text,
               const SourceMark& mark) {
  YamlNode value;
  value.kind = YamlNode::Kind::scalar;
  value.text = text;
  value.mark = mark;
  map.entries.push_back({key, mark, std::move(value)});
}

}  // namespace

std::vector<std::string> site_columns() {
  std::vector<std::string> names;
  for (const Column& column : columns()) names.push_back(column.name);
  return names;
}

std::vector<SiteRow> read_sites_csv(const std::filesystem::path& file,
                                    const SectionReader* cell_defaults, Problems& problems) {
  CsvTable table;
  try {
    table = read_csv(file);
  } catch (const ScenarioErrors& errors) {
    problems.add_all(errors.list());
    return {};
  }
  bool usable = true;
  const SourceMark header_mark{file.string(), 1, 0};
  std::vector<const Column*> meaning;
  for (const std::string& name : table.header) {
    meaning.push_back(find_column(name));
    if (meaning.back() == nullptr) {
      note_unknown_column(name, header_mark, problems);
      usable = false;
    }
  }
  for (const Column& column : columns()) {
    if (!column.required || std::ranges::find(table.header, column.name) != table.header.end()) {
      continue;
    }
    const bool by_default = column.section == "sites[].cells[]" && column.key != "id" &&
                            cell_defaults != nullptr && cell_defaults->has(column.key);
    if (by_default) continue;
    problems.add(header_mark, "row 1", "the table has no column " + column.name,
                 field_example(column));
    usable = false;
  }
  if (!usable) return {};
  if (table.rows.empty()) {
    problems.add(header_mark, "", "the table has a header but no rows");
    return {};
  }

  std::vector<SiteRow> rows;
  rows.reserve(table.rows.size());
  for (const CsvRow& from : table.rows) {
    const SourceMark mark{file.string(), from.line, 0};
    SiteRow row;
    row.row = from.row;
    YamlNode name;
    for (YamlNode* node : {&row.site, &row.cell, &name}) {
      node->kind = YamlNode::Kind::map;
      node->mark = mark;
    }
    for (std::size_t i = 0; i < meaning.size(); ++i) {
      if (from.fields[i].empty()) continue;
      YamlNode& target = meaning[i]->section == "sites[]"        ? row.site
                         : meaning[i]->section == "sites[].name" ? name
                                                                 : row.cell;
      add_value(target, meaning[i]->key, from.fields[i], mark);
    }
    if (!name.entries.empty()) row.site.entries.push_back({"name", mark, std::move(name)});
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace yonder::scenarios
