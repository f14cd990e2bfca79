#include "scenarios/sites_csv.h"

#include <algorithm>
#include <optional>

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

/// By name or by key.
const Column* find_meaning(std::string_view text) {
  const auto it = std::ranges::find_if(columns(), [&](const Column& column) {
    return column.name == text || column.section + "." + column.key == text;
  });
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

/// The columns that a header stands for, nullptr for those not read; what is wrong is noted.
std::vector<const Column*> header_meaning(const std::vector<std::string>& header,
                                          const ColumnNames& names, const SourceMark& mark,
                                          Problems& problems) {
  std::vector<const Column*> meaning;
  for (const std::string& name : header) {
    const auto named = names.columns.find(name);
    if (named != names.columns.end()) {
      meaning.push_back(find_column(named->second.column));  // nullptr: not read
    } else {
      meaning.push_back(find_column(name));
      if (meaning.back() == nullptr && !names.others_unread) {
        note_unknown_column(name, mark, problems);
      }
    }
  }
  for (std::size_t i = 0; i < meaning.size(); ++i) {
    if (meaning[i] == nullptr) continue;
    const auto first = std::ranges::find(meaning, meaning[i]);
    const auto before = static_cast<std::size_t>(first - meaning.begin());
    if (before == i) continue;
    problems.add(mark, "row 1, column " + header[i],
                 "means " + meaning[i]->name + ", as column " + header[before] + " does",
                 header[i] + ": null under sites_csv_columns leaves it out");
  }
  for (const auto& [name, named] : names.columns) {
    if (std::ranges::find(header, name) != header.end()) continue;
    std::string list;
    for (const std::string& one : header) list += (list.empty() ? "" : ", ") + one;
    problems.add(named.mark, "sites_csv_columns." + name, "there is no such column in " + mark.file,
                 list);
  }
  return meaning;
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

ColumnNames read_column_names(const FoundValue& mapping, Problems& problems) {
  ColumnNames names;
  const YamlNode& node = *mapping.node;
  if (node.kind != YamlNode::Kind::map) {
    problems.add(
        node.mark, mapping.key_path,
        "must be a mapping of the table's columns, not " + std::string(kind_text(node.kind)),
        "sites_csv_columns: {LONGITUDE: lon_deg, VENDOR: null}");
    return names;
  }
  for (const YamlEntry& entry : node.entries) {
    const std::string path = mapping.key_path + "." + entry.key;
    const bool unread = entry.value.kind == YamlNode::Kind::null;
    if (entry.key == "*") {
      names.others_unread = unread;
      if (!unread) {
        problems.add(entry.mark, path, "stands for all other columns, which can only be left out",
                     "'*': null");
      }
      continue;
    }
    if (unread) {
      names.columns[entry.key] = {"", entry.mark};
      continue;
    }
    std::string problem;
    const std::optional<std::string> text = parse_text(entry.value, problem);
    const Column* column = text ? find_meaning(*text) : nullptr;
    if (column != nullptr) {
      names.columns[entry.key] = {column->name, entry.mark};
      continue;
    }
    std::vector<std::string_view> known;
    for (const Column& one : columns()) known.push_back(one.name);
    const std::string_view near = text ? nearest_word(*text, known) : "";
    problems.add(entry.mark, path,
                 !text          ? problem
                 : near.empty() ? "'" + *text + "' is neither a column of a sites table nor its key"
                                : "there is no column '" + *text + "'; did you mean " +
                                      std::string(near) + "?",
                 entry.key + ": " + (near.empty() ? "lon_deg" : std::string(near)));
    names.columns[entry.key] = {"", entry.mark};
  }
  return names;
}

std::vector<SiteRow> read_sites_csv(const std::filesystem::path& file, const ColumnNames& names,
                                    const SectionReader* cell_defaults, Problems& problems) {
  try {
    return site_rows(read_csv(file), file, names, cell_defaults, problems);
  } catch (const ScenarioErrors& errors) {
    problems.add_all(errors.list());
    return {};
  }
}

std::vector<SiteRow> site_rows(const CsvTable& table, const std::filesystem::path& file,
                               const ColumnNames& names, const SectionReader* cell_defaults,
                               Problems& problems) {
  Problems of_header;
  const SourceMark header_mark{file.string(), 1, 0};
  const std::vector<const Column*> meaning =
      header_meaning(table.header, names, header_mark, of_header);
  for (const Column& column : columns()) {
    if (!column.required || std::ranges::find(meaning, &column) != meaning.end()) continue;
    const bool by_default = column.section == "sites[].cells[]" && column.key != "id" &&
                            cell_defaults != nullptr && cell_defaults->has(column.key);
    if (by_default) continue;
    of_header.add(header_mark, "row 1", "the table has no column " + column.name,
                  field_example(column));
  }
  problems.add_all(of_header.sorted());
  const bool usable = of_header.empty();
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
      if (meaning[i] == nullptr || from.fields[i].empty()) continue;
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
