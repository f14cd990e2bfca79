#pragma once

#include <cmath>
#include <functional>
#include <memory>
#include <string>

#include "core/number_table.h"
#include "core/path_loss_model.h"
#include "core/text.h"

/// A made-up table of curves in the layout of ITU-R P.1546-6's, for tests: none of its figures is
/// the ITU's.
namespace yonder::propagation {

/// Field strength by surface word, frequency, time, distance and height.
using MadeUpField =
    std::function<double(const std::string&, double mhz, double percent, double km, double h1_m)>;

inline NumberTable made_up_curves(const MadeUpField& field) {
  NumberTable table;
  table.file = "made-up.csv";
  table.columns = {"frequency_mhz", "time_percent", "distance_km"};
  constexpr double kHeights[] = {10, 20, 37.5, 75, 150, 300, 600, 1200};
  for (const double h : kHeights) table.columns.push_back("h1_" + number_text(h) + "_m");
  table.width = table.columns.size();
  for (const char* surface : {"land", "cold_sea", "warm_sea"}) {
    for (const double f : {100.0, 600.0, 2000.0}) {
      for (const double t : {1.0, 10.0, 50.0}) {
        for (const double d : {1.0, 10.0, 100.0, 1000.0}) {
          table.labels.emplace_back(surface);
          table.lines.push_back(static_cast<int>(table.labels.size()) + 1);
          table.numbers.insert(table.numbers.end(), {f, t, d});
          for (const double h : kHeights) table.numbers.push_back(field(surface, f, t, d, h));
        }
      }
    }
  }
  return table;
}

inline ParameterValues with_curves(NumberTable table, ParameterValues values = {}) {
  NumberTables tables{"made-up.csv", {std::move(table)}};
  values["curves"] = std::make_shared<const NumberTables>(std::move(tables));
  return values;
}

}  // namespace yonder::propagation
