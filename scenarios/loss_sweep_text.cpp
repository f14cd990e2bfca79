#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/text.h"
#include "scenarios/build_info.h"
#include "scenarios/csv_table.h"
#include "scenarios/loss_sweep.h"

namespace yonder::scenarios {
namespace {

/// Cells of a column, right-aligned below a head of several lines.
struct Column {
  std::vector<std::string> head;
  std::vector<std::string> cells;

  std::size_t width() const {
    std::size_t most = 0;
    for (const std::string& line : head) most = std::max(most, line.size());
    for (const std::string& cell : cells) most = std::max(most, cell.size());
    return most;
  }
};

/// a, b, ..., z, aa, ab, ...
std::string note_mark(std::size_t index) {
  std::string mark(1, static_cast<char>('a' + index % 26));
  return index < 26 ? mark : note_mark(index / 26 - 1) + mark;
}

std::string axis_cell(double value) { return fmt::format("{:.6g}", value); }

}  // namespace

std::string sweep_table(const LossSweep& sweep) {
  std::string text;
  const auto row = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) text += fmt::format("{:<9}{}\n", name, value);
  };
  row("Shown", sweep.shown);
  row("Surface", sweep.surface);
  std::string fixed;
  for (const std::string& setting : sweep.fixed) fixed += (fixed.empty() ? "" : ", ") + setting;
  row("Fixed", fixed);
  for (const std::string& remark : sweep.remarks) row("Note", remark);
  text += '\n';

  std::vector<Column> columns(1);
  columns[0].head = {sweep.axis.name};
  for (const double value : sweep.axis.values) columns[0].cells.push_back(axis_cell(value));
  std::map<std::string, std::string> marks;
  std::vector<std::string> notes;
  for (const SweepCurve& curve : sweep.curves) {
    Column column;
    column.head.emplace_back(curve.model.id());
    for (const SweepSetting& setting : curve.model.own) column.head.push_back(setting.text());
    for (std::size_t i = 0; i < curve.values.size(); ++i) {
      const SweepGap* gap = curve.gap_at(i);
      if (gap == nullptr) {
        column.cells.push_back(fmt::format("{:.2f}  ", curve.values[i]));
        continue;
      }
      const auto [it, is_new] = marks.emplace(gap->reason, "");
      if (is_new) {
        it->second = note_mark(notes.size());
        notes.push_back(gap->reason);
      }
      column.cells.push_back("- " + it->second + (it->second.size() < 2 ? " " : ""));
    }
    columns.push_back(std::move(column));
  }

  std::size_t head_lines = 0;
  for (const Column& column : columns) head_lines = std::max(head_lines, column.head.size());
  const auto line = [&](auto cell_of) {
    std::string joined;
    for (const Column& column : columns) {
      joined += fmt::format("{:>{}}  ", cell_of(column), column.width());
    }
    joined.erase(joined.find_last_not_of(' ') + 1);
    text += joined + '\n';
  };
  for (std::size_t i = 0; i < head_lines; ++i) {
    line([&](const Column& column) { return i < column.head.size() ? column.head[i] : ""; });
  }
  for (std::size_t i = 0; i < sweep.axis.values.size(); ++i) {
    line([&](const Column& column) { return column.cells[i]; });
  }
  if (!notes.empty()) text += "\nNo value because\n";
  for (std::size_t i = 0; i < notes.size(); ++i) {
    text += fmt::format("  {}  {}\n", note_mark(i), notes[i]);
  }
  return text;
}

std::string sweep_csv(const LossSweep& sweep) {
  std::string text = csv_field(sweep.axis.name);
  for (const SweepCurve& curve : sweep.curves) text += "," + csv_field(curve.model.label());
  text += ",no_value_because\n";
  for (std::size_t i = 0; i < sweep.axis.values.size(); ++i) {
    text += number_text(sweep.axis.values[i]);
    std::string reasons;
    for (const SweepCurve& curve : sweep.curves) {
      const SweepGap* gap = curve.gap_at(i);
      text += gap == nullptr ? fmt::format(",{:.6f}", curve.values[i]) : ",";
      if (gap == nullptr) continue;
      reasons += (reasons.empty() ? "" : "; ") + curve.model.label() + ": " + gap->reason;
    }
    text += "," + csv_field(reasons) + "\n";
  }
  return text;
}

nlohmann::ordered_json sweep_json(const LossSweep& sweep) {
  using nlohmann::ordered_json;
  ordered_json curves = ordered_json::array();
  for (const SweepCurve& curve : sweep.curves) {
    ordered_json values = ordered_json::array();
    for (const double value : curve.values) {
      values.push_back(std::isnan(value) ? ordered_json() : ordered_json(value));
    }
    ordered_json gaps = ordered_json::array();
    for (const SweepGap& gap : curve.gaps) {
      gaps.push_back({{"first", gap.first}, {"last", gap.last}, {"reason", gap.reason}});
    }
    ordered_json one = {{"label", curve.model.label()}, {"model", curve.model.id()}};
    if (curve.model.model != nullptr) one["source"] = curve.model.model->source;
    one["is_reference"] = curve.is_reference;
    one["set"] = curve.fixed;
    one["values"] = std::move(values);
    one["gaps"] = std::move(gaps);
    curves.push_back(std::move(one));
  }
  return {{"yonder", {{"version", std::string(kVersion)}, {"commit", std::string(kCommit)}}},
          {"shown", sweep.shown},
          {"sweep",
           {{"name", sweep.axis.name},
            {"unit", sweep.axis_unit},
            {"logarithmic", sweep.axis.logarithmic},
            {"values", sweep.axis.values}}},
          {"surface", sweep.surface.empty() ? ordered_json() : ordered_json(sweep.surface)},
          {"fixed", sweep.fixed},
          {"remarks", sweep.remarks},
          {"curves", std::move(curves)}};
}

}  // namespace yonder::scenarios
