#include <algorithm>
#include <array>
#include <cstdio>

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
    {"distance_m", "distance"},
    {"frequency_mhz", "frequency"},
    {"frequency_ghz", "frequency"},
    {"height_agl_m", "height above ground"},
    {"tx.height_agl_m", "height of the transmitter above ground"},
    {"rx.height_agl_m", "height of the receiver above ground"},
    {"time_percent", "percentage of time"},
    {"loss_db", "loss"},
    {"specific_attenuation_db_per_km", "specific attenuation"},
    {"dB/km", "specific attenuation"},
    {"dB", "loss or term"},
});

/// Words for a key, or the key itself.
std::string words_of(std::string_view key) {
  for (const PlainName& name : kPlainNames) {
    if (name.key == key) return std::string(name.words);
  }
  return std::string(key);
}

/// "distance (km)"; a key without words ends in its unit already.
std::string with_unit(std::string_view key, const std::string& unit) {
  const std::string words = words_of(key);
  return words == key || unit.empty() ? words : words + " (" + unit + ")";
}

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z' && text.find('_') == std::string::npos) {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

AxisText axis_text(const LossSweep& sweep) {
  AxisText text{"", 1.0, sweep.axis_unit};
  if (text.unit == "m" && sweep.axis.values.back() >= 10000.0) {
    text.factor = 1e-3;
    text.unit = "km";
  } else if (text.unit == "MHz" && sweep.axis.values.back() > 10000.0) {
    text.factor = 1e-3;
    text.unit = "GHz";
  }
  text.title = capital(with_unit(sweep.axis.name, text.unit));
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
  const std::string unit = unit_in_name(sweep.shown);
  chart.y_title = capital(with_unit(sweep.shown, unit.empty() ? sweep.shown : unit));
  chart.x_logarithmic = sweep.axis.logarithmic;
  for (const double value : sweep.axis.values) chart.x.push_back(value * axis.factor);
  chart.title = title.empty()
                    ? capital(words_of(sweep.shown)) + " against " + words_of(sweep.axis.name)
                    : title;
  chart.subtitle = sweep.surface;
  for (const std::string& setting : sweep.fixed) {
    chart.subtitle += (chart.subtitle.empty() ? "" : "  \u00b7  ") + setting;
  }
  constexpr std::size_t kMostNotes = 6;
  std::size_t gaps = 0;
  const auto is_free_space = [](const SweepCurve& curve) {
    return curve.model.id() == "free_space";
  };
  const bool compares = !std::all_of(sweep.curves.begin(), sweep.curves.end(), is_free_space);
  for (const SweepCurve& curve : sweep.curves) {
    chart.lines.push_back({std::string(curve.model.id()), curve.model.overrides(), curve.values,
                           compares && is_free_space(curve)});
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
