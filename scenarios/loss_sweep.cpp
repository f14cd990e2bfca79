#include "scenarios/loss_sweep.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

#include "core/text.h"
#include "core/units.h"
#include "propagation/models.h"
#include "scenarios/loss_surface.h"
#include "scenarios/number_tables.h"
#include "scenarios/scenario_error.h"
#include "scenarios/sweep_path.h"

namespace yonder::scenarios {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view kShow = "show";

[[noreturn]] void refuse(const std::string& option, const std::string& problem,
                         const std::string& valid) {
  throw ScenarioErrors({{{}, option, problem, valid}});
}

/// One point of a curve: a value, or why there is none.
struct Answer {
  double value = kNone;
  std::string reason;
};

std::string limit_sentence(std::string_view name, bool below, double limit, std::string_view unit,
                           std::string_view source) {
  std::string text = std::string(name) + (below ? " is below " : " is above ") + number_text(limit);
  if (!unit.empty()) text += " " + std::string(unit);
  if (!source.empty()) text += " (" + std::string(source) + ")";
  return text;
}

/// Why a path has no loss, without the value that is refused: the same words all along a gap.
std::string gap_reason(const ModelInfo& info, const PathLossResult& result) {
  if (result.status == LossStatus::not_applicable) return std::string(info.refusals[result.bound]);
  const RangeSpec& range = info.ranges[result.bound];
  const bool below = result.status == LossStatus::below_range;
  return limit_sentence(range.name, below, below ? range.min : range.max, range.unit, range.source);
}

/// A parameter by its name, or by the end of its name where only one parameter ends so:
/// `time_percent` finds `variability.time_percent`.
const ParameterSpec* find_parameter(const ModelInfo& info, std::string_view name) {
  for (const ParameterSpec& spec : info.parameters) {
    if (spec.name == name) return &spec;
  }
  const ParameterSpec* found = nullptr;
  for (const ParameterSpec& spec : info.parameters) {
    if (!spec.name.ends_with("." + std::string(name))) continue;
    if (found != nullptr) return nullptr;
    found = &spec;
  }
  return found;
}

std::string nearest_parameter(const ModelInfo& info, std::string_view name) {
  std::vector<std::string_view> names(sweep_path_keys().begin(), sweep_path_keys().end());
  for (const ParameterSpec& spec : info.parameters) {
    names.push_back(spec.name);
    names.push_back(spec.name.substr(spec.name.rfind('.') + 1));
  }
  return std::string(nearest_word(name, names));
}

/// All that is fixed for one curve.
struct Fixed {
  SweepPath path;
  ParameterValues parameters;
  nlohmann::json piece_case = nlohmann::json::object();
  std::string shown = "loss_db";
  bool shown_given = false;
};

class Sweeper {
 public:
  explicit Sweeper(const SweepRequest& request)
      : request_(request), surface_(request.surface), axis_(request.axis) {
    for (const std::string& text : request.settings) read_setting(text);
  }

  LossSweep run() {
    check_kinds();
    check_common_settings();
    fit_axis_to_profile();
    LossSweep sweep;
    for (const SweepModel& model : request_.models) {
      sweep.curves.push_back(curve(model));
      const std::string shown = fixed_.shown;
      if (sweep.curves.size() > 1 && unit_in_name(shown) != unit_in_name(shown_)) {
        refuse("show=" + shown, "has another unit than " + shown_ + ": one picture, one axis",
               "quantities of one unit");
      }
      if (sweep.curves.size() == 1)
        shown_ = shown;
      else if (shown != shown_)
        shown_is_shared_ = false;
    }
    refuse_if_empty(sweep);
    sweep.axis = axis_;
    sweep.axis_unit = axis_unit();
    sweep.shown = shown_is_shared_ ? shown_ : unit_in_name(shown_);
    if (needs_surface_) sweep.surface = surface_.description();
    for (const SweepSetting& setting : common_) sweep.fixed.push_back(setting.text());
    if (are_models() && !is_latitude_given()) {
      sweep.remarks.emplace_back(
          "tx.lat_deg and rx.lat_deg are not set: a model that uses them is at the equator");
    }
    if (wants_reference()) {
      SweepModel free_space{.model = propagation::find_model("free_space"), .piece = {}, .own = {}};
      sweep.curves.push_back(curve(free_space));
      sweep.curves.back().is_reference = true;
    }
    return sweep;
  }

 private:
  bool are_models() const { return request_.models.front().model != nullptr; }
  bool sweeps_path() const { return is_numeric_path_key(axis_.name); }

  bool is_latitude_given() const {
    const auto is_latitude = [](std::string_view key) { return key.ends_with(".lat_deg"); };
    if (is_latitude(axis_.name)) return true;
    for (const SweepSetting& setting : common_) {
      if (is_latitude(setting.key)) return true;
    }
    return std::any_of(request_.models.begin(), request_.models.end(),
                       [&](const SweepModel& model) {
                         return std::any_of(model.own.begin(), model.own.end(),
                                            [&](const auto& s) { return is_latitude(s.key); });
                       });
  }

  void read_setting(const std::string& text) {
    SweepSetting setting = parse_setting(text, "--set " + text);
    const std::size_t dot = setting.key.find('.');
    const std::string_view head = std::string_view(setting.key).substr(0, dot);
    for (const SweepModel& model : request_.models) {
      if (dot == std::string::npos || model.id() != head) continue;
      const std::string id(head);
      setting.key.erase(0, dot + 1);
      of_model_.emplace_back(id, setting);
      return;
    }
    for (const SweepSetting& earlier : common_) {
      if (earlier.key == setting.key) {
        refuse("--set " + text, "sets " + setting.key + " a second time", earlier.text());
      }
    }
    common_.push_back(std::move(setting));
  }

  /// Models and pieces of methods do not share a picture: a piece is a part of a loss, over no
  /// surface.
  void check_kinds() const {
    for (const SweepModel& model : request_.models) {
      if ((model.model != nullptr) == are_models()) continue;
      refuse("--model " + std::string(model.id()),
             "is a piece of a method and does not compare with whole models, or the reverse",
             "models only, or pieces only");
    }
    if (!are_models() && request_.surface != "flat") {
      refuse("--surface " + request_.surface, "means nothing to a piece of a method",
             "no --surface");
    }
  }

  void check_common_settings() const {
    for (const SweepSetting& setting : common_) {
      if (setting.key == axis_.name) {
        refuse("--set " + setting.text(), "fixes what --sweep varies", "one of the two");
      }
      if (!are_models() || setting.key == kShow || is_path_key(setting.key)) continue;
      const bool known =
          std::any_of(request_.models.begin(), request_.models.end(), [&](const SweepModel& model) {
            return find_parameter(*model.model, setting.key) != nullptr;
          });
      if (known) continue;
      std::string near;
      for (const SweepModel& model : request_.models) {
        if (near.empty()) near = nearest_parameter(*model.model, setting.key);
      }
      refuse("--set " + setting.text(),
             "is neither a quantity of the path nor a parameter of a model that is named",
             near.empty() ? "--set frequency_mhz=700" : "--set " + near + "=...");
    }
  }

  /// Over a given profile distances go to its nearest points.
  void fit_axis_to_profile() {
    if (axis_.name == "distance_m" && axis_.values.front() < 0.0) {
      refuse("--sweep distance_m", "starts below 0", "distance_m=1000:100000:log50");
    }
    if (axis_.name != "distance_m" || !surface_.is_given()) return;
    if (axis_.values.back() > surface_.length_m() * (1.0 + 1e-9)) {
      refuse(
          "--sweep distance_m",
          "goes to " + number_text(axis_.values.back()) + " m, but the " + surface_.description(),
          "distance_m=1000:" + number_text(surface_.length_m()) + ":lin50");
    }
    for (double& value : axis_.values) value = surface_.nearest_point_m(value);
    axis_.values.erase(std::unique(axis_.values.begin(), axis_.values.end()), axis_.values.end());
  }

  std::string axis_unit() const {
    if (are_models() && !sweeps_path()) {
      const ParameterSpec* spec = find_parameter(*request_.models.front().model, axis_.name);
      if (spec != nullptr) return std::string(spec->unit);
    }
    return unit_in_name(axis_.name);
  }

  /// Puts a setting where it belongs; common ones are left out where the model does not know them.
  void apply(const SweepModel& model, const SweepSetting& setting, bool is_common,
             SweepCurve& curve) {
    const std::string option =
        is_common ? "--set " + setting.text() : std::string(model.id()) + "." + setting.text();
    if (setting.key == kShow) {
      if (!std::holds_alternative<std::string>(setting.value)) {
        refuse(option, "is a number", "show=loss_db, or the name of a term");
      }
      fixed_.shown = std::get<std::string>(setting.value);
      fixed_.shown_given = true;
      return;
    }
    if (setting.key == axis_.name) {
      refuse(option, "fixes what --sweep varies", "one of the two");
    }
    if (model.model == nullptr) {
      put_dotted(fixed_.piece_case, setting);
      curve.fixed.push_back(setting.text());
      return;
    }
    if (is_path_key(setting.key)) {
      set_path_key(fixed_.path, setting, option);
      return;
    }
    const ParameterSpec* spec = find_parameter(*model.model, setting.key);
    if (spec == nullptr) {
      if (is_common) return;
      const std::string near = nearest_parameter(*model.model, setting.key);
      refuse(
          option, "model " + std::string(model.id()) + " has no parameter '" + setting.key + "'",
          near.empty() ? "a parameter of `yonder models " + std::string(model.id()) + "`" : near);
    }
    if (swept_parameter_ == spec) refuse(option, "fixes what --sweep varies", "one of the two");
    if (spec->table != TableForm::none) {
      const auto* path = std::get_if<std::string>(&setting.value);
      if (path == nullptr)
        refuse(option, "must be the path of a file", std::string(spec->name) + "=FILE");
      fixed_.parameters[std::string(spec->name)] = read_tables(*spec, *path);
    } else {
      std::visit([&](const auto& value) { fixed_.parameters[std::string(spec->name)] = value; },
                 setting.value);
    }
    std::erase_if(curve.fixed, [&](const std::string& text) {
      return text.starts_with(std::string(spec->name) + "=");
    });
    curve.fixed.push_back(SweepSetting{std::string(spec->name), setting.value}.text());
  }

  static void put_dotted(nlohmann::json& loss_case, const SweepSetting& setting) {
    nlohmann::json* node = &loss_case;
    std::size_t begin = 0;
    for (std::size_t dot = 0; (dot = setting.key.find('.', begin)) != std::string::npos;) {
      node = &(*node)[setting.key.substr(begin, dot - begin)];
      begin = dot + 1;
    }
    nlohmann::json& leaf = (*node)[setting.key.substr(begin)];
    if (const double* number = std::get_if<double>(&setting.value)) {
      leaf = *number;
    } else {
      leaf = std::get<std::string>(setting.value);
    }
  }

  void find_swept_parameter(const SweepModel& model) {
    swept_parameter_ = nullptr;
    if (model.model == nullptr || sweeps_path()) return;
    const bool is_free_space_line = model.id() == "free_space" && model.own.empty();
    swept_parameter_ = find_parameter(*model.model, axis_.name);
    if (swept_parameter_ == nullptr) {
      // Free space knows no parameter at all: it is level along any.
      if (is_free_space_line) return;
      const std::string near = nearest_parameter(*model.model, axis_.name);
      refuse("--sweep " + axis_.name,
             "is neither a quantity of the path nor a parameter of " + std::string(model.id()),
             near.empty() ? "--sweep distance_m=1000:100000:log50" : "--sweep " + near + "=...");
    }
    if (!swept_parameter_->choices.empty()) {
      refuse("--sweep " + axis_.name,
             "takes a word in " + std::string(model.id()) + ", not a number",
             std::string(model.id()) + "[" + axis_.name + "=" +
                 std::string(swept_parameter_->choices.front()) + "] for one curve a word");
    }
  }

  SweepCurve curve(const SweepModel& model) {
    SweepCurve curve;
    curve.model = model;
    fixed_ = {};
    find_swept_parameter(model);
    for (const SweepSetting& setting : common_) apply(model, setting, true, curve);
    for (const auto& [id, setting] : of_model_) {
      if (id == model.id()) apply(model, setting, false, curve);
    }
    for (const SweepSetting& setting : model.own) apply(model, setting, false, curve);
    if (model.model != nullptr) check_path(*model.model);
    make_model(model);
    if (model.model != nullptr && (model.model->uses_profile || request_.surface != "flat" ||
                                   (model_ != nullptr && model_->needs_profile()))) {
      needs_surface_ = true;
    }
    bool found_shown = false;
    offered_.clear();
    for (std::size_t i = 0; i < axis_.values.size(); ++i) {
      const Answer answer = model.model != nullptr ? evaluate_model(*model.model, axis_.values[i])
                                                   : evaluate_piece(*model.piece, axis_.values[i]);
      curve.values.push_back(answer.value);
      if (!std::isnan(answer.value)) {
        found_shown = true;
      } else if (!curve.gaps.empty() && curve.gaps.back().last + 1 == i &&
                 curve.gaps.back().reason == answer.reason) {
        curve.gaps.back().last = i;
      } else {
        curve.gaps.push_back({i, i, answer.reason});
      }
    }
    if (!found_shown && !offered_.empty()) {
      refuse("show=" + fixed_.shown, "is no number in the answers of " + std::string(model.id()),
             "show=" + offered_);
    }
    return curve;
  }

  /// Every quantity that the model looks at is given or swept.
  void check_path(const ModelInfo& info) {
    SweepPath& path = fixed_.path;
    if (axis_.name == "distance_m") path.distance_m = axis_.values.front();
    if (surface_.is_given() && axis_.name != "distance_m") {
      if (!path.distance_m) path.distance_m = surface_.length_m();
      const double near = surface_.nearest_point_m(*path.distance_m);
      if (near != *path.distance_m) {
        refuse("distance_m=" + number_text(*path.distance_m),
               "is not the distance of a point of the " + surface_.description(),
               "distance_m=" + number_text(near));
      }
    }
    const auto need = [&](const std::string& key, bool given, const char* example) {
      if (given || axis_.name == key) return;
      refuse("--set", key + " is missing: " + std::string(info.id) + " needs it",
             "--set " + key + "=" + example);
    };
    const auto looks_at = [&](std::string_view key) {
      return std::any_of(info.ranges.begin(), info.ranges.end(),
                         [&](const RangeSpec& range) { return range.name == key; });
    };
    need("frequency_mhz", path.frequency_mhz.has_value(), "700");
    need("distance_m", path.distance_m.has_value(), "20000");
    if (looks_at("tx.height_agl_m")) {
      need("tx.height_agl_m", path.tx_height_agl_m.has_value(), "40");
    }
    if (looks_at("rx.height_agl_m")) {
      need("rx.height_agl_m", path.rx_height_agl_m.has_value(), "1.5");
    }
  }

  void make_model(const SweepModel& model) {
    model_.reset();
    if (model.model == nullptr) return;
    if (swept_parameter_ != nullptr) {
      // Proves all the others with a value that is surely valid.
      ParameterValues values = fixed_.parameters;
      values[std::string(swept_parameter_->name)] =
          std::get<double>(swept_parameter_->default_value);
      make_or_refuse(model, values);
      model_.reset();
    } else {
      make_or_refuse(model, fixed_.parameters);
    }
  }

  void make_or_refuse(const SweepModel& model, const ParameterValues& values) {
    try {
      model_ = model.model->make(values);
    } catch (const ParameterError& error) {
      refuse(model.label(), error.what(), "see `yonder models " + std::string(model.id()) + "`");
    }
  }

  Answer evaluate_model(const ModelInfo& info, double at) {
    SweepPath path = fixed_.path;
    if (sweeps_path()) set_path_key(path, {axis_.name, at}, "--sweep " + axis_.name);
    if (swept_parameter_ != nullptr) {
      ParameterValues values = fixed_.parameters;
      values[std::string(swept_parameter_->name)] = at;
      try {
        model_ = info.make(values);
      } catch (const ParameterRangeError& error) {
        return {kNone, limit_sentence(error.parameter(), error.below, error.limit,
                                      swept_parameter_->unit, swept_parameter_->range.source)};
      } catch (const ParameterError& error) {
        return {kNone, error.what()};
      }
    }
    PathLossInput input = path.input();
    if (input.distance_m > 0.0) {
      if (profile_.distance_m.empty() || profile_.distance_m.back() != input.distance_m) {
        profile_ = surface_.cut(input.distance_m);
      }
      input.profile = profile_.view();
    } else if (model_->needs_profile()) {
      return {kNone, "distance_m is not above 0: there is no path over ground"};
    }
    if (fixed_.shown == "loss_db") {
      const PathLossResult result = model_->evaluate(input, workspace_);
      return result.ok() ? Answer{result.loss_db, ""} : Answer{kNone, gap_reason(info, result)};
    }
    Terms terms;
    const PathLossResult result = model_->evaluate(input, workspace_, &terms);
    if (!result.ok()) return {kNone, gap_reason(info, result)};
    const Term* term = terms.find(fixed_.shown);
    if (term != nullptr && std::holds_alternative<double>(term->value)) {
      return {std::get<double>(term->value), ""};
    }
    std::vector<std::string_view> names = {"loss_db"};
    for (const Term& one : terms.list()) {
      if (std::holds_alternative<double>(one.value)) names.push_back(one.key);
    }
    offer(names);
    return {kNone, "has no term " + fixed_.shown + " here"};
  }

  Answer evaluate_piece(const FormulaPiece& piece, double at) {
    nlohmann::json loss_case = fixed_.piece_case;
    put_dotted(loss_case, {axis_.name, at});
    nlohmann::ordered_json answer;
    try {
      answer = piece.evaluate(loss_case);
    } catch (const CaseError& error) {
      if (error.kind == "out_of_range" && error.details.contains("limit")) {
        return {kNone, limit_sentence(error.parameter, error.details["bound"] == "min",
                                      error.details["limit"].get<double>(),
                                      unit_in_name(error.parameter), "")};
      }
      if (error.kind == "not_applicable") return {kNone, error.message};
      refuse(std::string(piece.id), error.message, "see docs/models");
    }
    std::vector<std::string_view> names;
    for (const auto& [key, value] : answer.items()) {
      if (value.is_number()) names.push_back(key);
    }
    if (!fixed_.shown_given) {
      // The piece's result: its loss, or what it has per kilometre when that is but one.
      std::vector<std::string_view> per_km;
      for (const std::string_view name : names) {
        if (name.ends_with("_db_per_km")) per_km.push_back(name);
      }
      if (!answer.contains("loss_db") && per_km.size() == 1) fixed_.shown = per_km.front();
    }
    const auto it = answer.find(fixed_.shown);
    if (it != answer.end() && it->is_number()) return {it->get<double>(), ""};
    offer(names);
    return {kNone, "has no " + fixed_.shown + " here"};
  }

  void offer(const std::vector<std::string_view>& names) {
    if (!offered_.empty() || names.empty()) return;
    const std::string_view near = nearest_word(fixed_.shown, names);
    if (!near.empty()) {
      offered_ = near;
      return;
    }
    for (const std::string_view name : names) {
      offered_ += (offered_.empty() ? "" : ", ") + std::string(name);
    }
  }

  void refuse_if_empty(const LossSweep& sweep) const {
    std::vector<ScenarioError> errors;
    for (const SweepCurve& curve : sweep.curves) {
      if (curve.gaps.empty() || curve.gaps.front().first > 0) return;
      std::size_t refused = 0;
      for (const SweepGap& gap : curve.gaps) refused += gap.last - gap.first + 1;
      if (refused < curve.values.size()) return;
      errors.push_back({{}, curve.model.label(), curve.gaps.front().reason, ""});
    }
    errors.insert(errors.begin(),
                  {{}, "--sweep " + axis_.name, "no model has a value anywhere along it", ""});
    throw ScenarioErrors(std::move(errors));
  }

  /// Free space compares with losses of one and the same path.
  bool wants_reference() const {
    if (!request_.reference || !are_models() || shown_ != "loss_db" || !shown_is_shared_) {
      return false;
    }
    const auto sets_path = [](const SweepSetting& s) { return is_path_key(s.key); };
    for (const SweepModel& model : request_.models) {
      if (model.id() == "free_space") return false;
      if (std::any_of(model.own.begin(), model.own.end(), sets_path)) return false;
    }
    return std::none_of(of_model_.begin(), of_model_.end(),
                        [&](const auto& one) { return sets_path(one.second); });
  }

  const SweepRequest& request_;
  LossSurface surface_;
  SweepAxis axis_;
  std::vector<SweepSetting> common_;
  std::vector<std::pair<std::string, SweepSetting>> of_model_;
  std::string shown_;
  bool shown_is_shared_ = true;
  bool needs_surface_ = false;  ///< some model looks at the ground

  // Of the curve at work.
  Fixed fixed_;
  const ParameterSpec* swept_parameter_ = nullptr;
  std::unique_ptr<PathLossModel> model_;
  std::string offered_;  ///< what `show` could be

  PathProfile profile_;
  Workspace workspace_;
};

}  // namespace

const SweepGap* SweepCurve::gap_at(std::size_t point) const {
  for (const SweepGap& gap : gaps) {
    if (gap.first <= point && point <= gap.last) return &gap;
  }
  return nullptr;
}

LossSweep run_loss_sweep(const SweepRequest& request) { return Sweeper(request).run(); }

std::string unit_in_name(std::string_view name) {
  // Longest endings first.
  constexpr auto kUnits =
      std::to_array<std::pair<std::string_view, std::string_view>>({{"_db_per_100m", "dB/100 m"},
                                                                    {"_db_per_km", "dB/km"},
                                                                    {"_db_per_m", "dB/m"},
                                                                    {"_g_per_m3", "g/m³"},
                                                                    {"_mm_per_h", "mm/h"},
                                                                    {"_s_per_m", "S/m"},
                                                                    {"_per_km", "N-units/km"},
                                                                    {"_percent", "%"},
                                                                    {"_mrad", "mrad"},
                                                                    {"_rad", "rad"},
                                                                    {"_deg", "°"},
                                                                    {"_mhz", "MHz"},
                                                                    {"_ghz", "GHz"},
                                                                    {"_hpa", "hPa"},
                                                                    {"_dbi", "dBi"},
                                                                    {"_km", "km"},
                                                                    {"_db", "dB"},
                                                                    {"_m", "m"},
                                                                    {"_k", "K"}});
  for (const auto& [ending, unit] : kUnits) {
    if (name.ends_with(ending)) return std::string(unit);
  }
  return "";
}

}  // namespace yonder::scenarios
