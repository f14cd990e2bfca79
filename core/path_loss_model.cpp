#include "core/path_loss_model.h"

#include "core/radial_sweep.h"
#include "core/text.h"
#include "core/units.h"

namespace yonder {

std::optional<double> quantity(std::string_view name, const PathLossInput& input) {
  if (name == "frequency_mhz") return hz_to_mhz(input.frequency_hz);
  if (name == "distance_m") return input.distance_m;
  if (name == "tx.height_agl_m") return input.tx.height_agl_m;
  if (name == "rx.height_agl_m") return input.rx.height_agl_m;
  return std::nullopt;
}

void PathLossModel::sweep(const RadialInput& radial, std::span<const SweepTarget> targets,
                          SweepScratch& scratch, std::span<PathLossResult> results) const {
  sweep_by_evaluation(radial, targets, scratch, results);
}

PathLossResult PathLossModel::with_additions(double loss_db, const PathLossInput&, Terms*) const {
  return PathLossResult::value(loss_db);
}

PathLossResult check_ranges(std::span<const RangeSpec> ranges, const PathLossInput& input) {
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const std::optional<double> value = quantity(ranges[i].name, input);
    if (!value || ranges[i].holds(*value)) continue;
    PathLossResult refused;
    refused.status = ranges[i].above(*value) ? LossStatus::above_range : LossStatus::below_range;
    refused.bound = static_cast<std::uint8_t>(i);
    return refused;
  }
  return {};
}

std::string explain(const ModelInfo& info, const PathLossResult& result,
                    const PathLossInput& input) {
  if (result.ok()) return "ok";
  if (result.status == LossStatus::not_applicable) return std::string(info.refusals[result.bound]);
  const RangeSpec& range = info.ranges[result.bound];
  const bool below = result.status == LossStatus::below_range;
  std::string text(range.name);
  if (const std::optional<double> value = quantity(range.name, input)) {
    text += " " + number_text(*value);
  }
  text += below ? " is below " : " is above ";
  text += number_text(below ? range.min : range.max);
  if (!range.source.empty()) text += " (" + std::string(range.source) + ")";
  return text;
}

ParameterReader::ParameterReader(const ModelInfo& info, const ParameterValues& values)
    : ParameterReader("model " + std::string(info.id), info.parameters, values) {}

ParameterReader::ParameterReader(std::string owner, std::span<const ParameterSpec> specs,
                                 const ParameterValues& values)
    : owner_(std::move(owner)), specs_(specs), values_(values) {
  std::vector<std::string_view> names;
  for (const ParameterSpec& p : specs_) names.push_back(p.name);
  for (const auto& [name, value] : values) {
    const ParameterSpec* found = nullptr;
    for (const ParameterSpec& p : specs_) {
      if (p.name == name) found = &p;
    }
    if (found == nullptr) {
      std::string problem = owner_ + " has no parameter '" + name + "'";
      const std::string_view near = nearest_word(name, names);
      if (!near.empty()) problem += "; did you mean '" + std::string(near) + "'?";
      throw ParameterError(name, problem);
    }
    const bool is_table = std::holds_alternative<std::shared_ptr<const NumberTables>>(value);
    if (is_table != (found->table != TableForm::none)) {
      throw ParameterError(
          name, is_table ? "'" + name + "' takes no file"
                         : "'" + name + "' takes the path of a " +
                               (found->table == TableForm::csv ? "CSV file" : "folder of grids"));
    }
    if (is_table) continue;
    const bool wants_word = !found->choices.empty();
    if (wants_word != std::holds_alternative<std::string>(value)) {
      throw ParameterError(name, "'" + name + "' takes a " + (wants_word ? "word" : "number"));
    }
    if (wants_word) {
      choice(name);
    } else {
      const double number = std::get<double>(value);
      const RangeSpec& range = found->range;
      if (range.holds(number)) continue;
      const bool below = !range.above(number);
      const double limit = below ? range.min : range.max;
      throw ParameterRangeError(name,
                                "'" + name + "' " + number_text(number) + " is " +
                                    (below ? "below " : "above ") + number_text(limit) +
                                    (found->unit.empty() ? "" : " " + std::string(found->unit)),
                                below, limit, below ? range.min_allowed : range.max_allowed);
    }
  }
  for (const ParameterSpec& p : specs_) {
    if (p.required && !given(p.name)) {
      throw ParameterError(std::string(p.name), owner_ + " needs parameter '" +
                                                    std::string(p.name) + "' (" +
                                                    std::string(p.meaning) + ")");
    }
  }
}

const ParameterSpec& ParameterReader::spec(std::string_view name) const {
  for (const ParameterSpec& p : specs_) {
    if (p.name == name) return p;
  }
  throw ContractViolation(owner_ + " reads undeclared parameter " + std::string(name));
}

double ParameterReader::number(std::string_view name) const {
  const ParameterSpec& p = spec(name);
  const auto it = values_.find(name);
  return it == values_.end() ? std::get<double>(p.default_value) : std::get<double>(it->second);
}

std::string_view ParameterReader::word(std::string_view name) const {
  return spec(name).choices[choice(name)];
}

std::shared_ptr<const NumberTables> ParameterReader::tables(std::string_view name) const {
  spec(name);
  const auto it = values_.find(name);
  return it == values_.end() ? nullptr : std::get<std::shared_ptr<const NumberTables>>(it->second);
}

std::size_t ParameterReader::choice(std::string_view name) const {
  const ParameterSpec& p = spec(name);
  const auto it = values_.find(name);
  const std::string_view chosen = it == values_.end() ? std::get<std::string_view>(p.default_value)
                                                      : std::get<std::string>(it->second);
  std::string listed;
  for (std::size_t i = 0; i < p.choices.size(); ++i) {
    if (p.choices[i] == chosen) return i;
    listed += (i == 0 ? "" : ", ") + std::string(p.choices[i]);
  }
  throw ParameterError(std::string(name), "'" + std::string(name) + "' cannot be '" +
                                              std::string(chosen) + "'; valid: " + listed);
}

}  // namespace yonder
