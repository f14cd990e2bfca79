#include <algorithm>
#include <array>
#include <cmath>

#include "core/text.h"
#include "scenarios/line_chart.h"
#include "scenarios/loss_sweep.h"

namespace yonder::scenarios {
namespace {

/// The axis in the unit that suits its size.
struct AxisText {
  std::string title;
  double factor = 1.0;  ///< shown value over the axis' value
  std::string unit;
};

struct PlainName {
  std::string_view key;
  std::string_view words;
};
constexpr auto kPlainNames = std::to_array<PlainName>({
    {"distance_m", "Distance"},
    {"frequency_mhz", "Frequency"},
    {"frequency_ghz", "Frequency"},
    {"tx.height_agl_m", "Height of the transmitter above ground"},
    {"rx.height_agl_m", "Height of the receiver above ground"},
    {"loss_db", "Loss"},
});

std::string words_of(std::string_view key) {
  for (const PlainName& name : kPlainNames) {
    if (name.key == key) return std::string(name.words);
  }
  return std::string(key);
}

std::string with_unit(const std::string& words, const std::string& unit) {
  return unit.empty() ? words : words + " (" + unit + ")";
}

AxisText axis_text(const LossSweep& sweep) {
  AxisText text{words_of(sweep.axis.name), 1.0, sweep.axis_unit};
  if (text.unit == "m" && sweep.axis.values.back() >= 10000.0) {
    text.factor = 1e-3;
    text.unit = "km";
  } else if (text.unit == "MHz" && sweep.axis.values.back() > 10000.0) {
    text.factor = 1e-3;
    text.unit = "GHz";
  }
  text.title = with_unit(text.title, text.unit);
  return text;
}

/// "itu_p1812: no value from 1 to 2.5 km: distance_m is below ..."
std::string gap_note(const SweepCurve& curve, const SweepGap& gap, const LossSweep& sweep,
                     const AxisText& axis) {
  const auto at = [&](std::size_t i) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", sweep.axis.values[i] * axis.factor);
    return std::string(text);
  };
  const std::string unit = axis.unit.empty() ? "" : " " + axis.unit;
  const std::string where =
      gap.first == 0 && gap.last + 1 == curve.values.size() ? "nowhere a value"
      : gap.first == gap.last                               ? "no value at " + at(gap.first) + unit
                              : "no value from " + at(gap.first) + " to " + at(gap.last) + unit;
  return curve.model.label() + ": " + where + ": " + gap.reason;
}

}  // namespace

void write_sweep_picture(const LossSweep& sweep, const std::string& title,
                         const std::filesystem::path& file) {
  const AxisText axis = axis_text(sweep);
  LineChart chart;
  chart.x_title = axis.title;
  chart.y_title = with_unit(words_of(sweep.shown), unit_in_name(sweep.shown));
  // "loss_db" as "Loss (dB)", but a term by its own name, which ends in its unit.
  if (sweep.shown != "loss_db") chart.y_title = sweep.shown;
  chart.x_logarithmic = sweep.axis.logarithmic;
  for (const double value : sweep.axis.values) chart.x.push_back(value * axis.factor);
  chart.title = title;
  if (title.empty()) {
    chart.title = (sweep.shown == "loss_db" ? "Loss" : sweep.shown) + " against " +
                  (words_of(sweep.axis.name) == "Distance"    ? "distance"
                   : words_of(sweep.axis.name) == "Frequency" ? "frequency"
                                                              : sweep.axis.name);
  }
  chart.subtitle = sweep.surface;
  for (const std::string& setting : sweep.fixed) {
    chart.subtitle += (chart.subtitle.empty() ? "" : "  \u00b7  ") + setting;
  }
  constexpr std::size_t kMostNotes = 6;
  std::size_t gaps = 0;
  for (const SweepCurve& curve : sweep.curves) {
    chart.lines.push_back({std::string(curve.model.id()), curve.model.overrides(), curve.values,
                           curve.model.id() == "free_space"});
    for (const SweepGap& gap : curve.gaps) {
      if (++gaps <= kMostNotes) chart.notes.push_back(gap_note(curve, gap, sweep, axis));
    }
  }
  if (gaps > kMostNotes) {
    chart.notes.push_back("and " + std::to_string(gaps - kMostNotes) +
                          " gaps more, which the table tells");
  }
  write_line_chart(chart, file);
}

}  // namespace yonder::scenarios
