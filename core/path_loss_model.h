#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/geo.h"
#include "core/number_table.h"
#include "core/path_profile.h"
#include "core/workspace.h"

/// The contract between a propagation model and everything that uses one.
///
/// A model is an immutable object made from named parameters (time percentage, refractivity, ...).
/// `evaluate` is a pure, thread-safe function of one path. What a model accepts is written once, in
/// the tables of its ModelInfo, which validation, tests, `yonder models` and the documentation all
/// read.
namespace yonder {

enum class Polarization : std::uint8_t { horizontal, vertical };

/// One end of a path.
struct Terminal {
  double height_agl_m = 0.0;  ///< antenna centre above ground
  LonLat position;            ///< WGS 84; models that need it say so
  /// Distance over land to the coast along the path; nullopt: the model derives it from the
  /// profile's zones.
  std::optional<double> distance_to_coast_m;
};

/// One path to be evaluated. Models without terrain use `distance_m` alone and accept an empty
/// profile.
struct PathLossInput {
  double frequency_hz = 0.0;
  Polarization polarization = Polarization::vertical;
  double distance_m = 0.0;  ///< horizontal (great-circle) distance; equals profile.length_m() when
                            ///< there is a profile
  Terminal tx;
  Terminal rx;
  PathProfileView profile;
};

/// Why a path has no loss, or that it has one.
enum class LossStatus : std::uint8_t {
  ok,
  below_range,    ///< the quantity `bound` of the model's range table is below its minimum
  above_range,    ///< ... or above its maximum
  not_applicable  ///< the model's method refuses this path; `bound` indexes ModelInfo::refusals
};

struct PathLossResult {
  double loss_db = std::numeric_limits<double>::quiet_NaN();  ///< basic transmission loss between
                                                              ///< isotropic antennas
  LossStatus status = LossStatus::ok;
  std::uint8_t bound = 0;
  std::uint8_t served_by = 0;  ///< 1 + index into ModelInfo::members of the one with the largest
                               ///< share; 0: the model has none, or there is no loss

  bool ok() const { return status == LossStatus::ok; }
  static PathLossResult value(double loss_db) { return {loss_db, LossStatus::ok, 0}; }
};

/// An intermediate quantity of an evaluation, for explanations and tests.
struct Term {
  std::string_view key;  ///< the source's symbol with unit, e.g. "theta_t_mrad"
  std::variant<double, std::string_view, std::array<double, 2>> value;
  std::string_view meaning;
  std::string_view source;  ///< e.g. "P.1812-8 eq. (38)"
};

/// Collects terms when somebody asked for them. The strings must outlive the list (string literals
/// do).
class Terms {
 public:
  void add(std::string_view key, double value, std::string_view meaning, std::string_view source) {
    list_.push_back({key, value, meaning, source});
  }
  void add_text(std::string_view key, std::string_view value, std::string_view meaning,
                std::string_view source) {
    list_.push_back({key, value, meaning, source});
  }
  /// A quantity with one value per terminal: {transmitter, receiver}.
  void add_pair(std::string_view key, double tx, double rx, std::string_view meaning,
                std::string_view source) {
    list_.push_back({key, std::array<double, 2>{tx, rx}, meaning, source});
  }
  const std::vector<Term>& list() const { return list_; }
  const Term* find(std::string_view key) const {
    for (const Term& term : list_) {
      if (term.key == key) return &term;
    }
    return nullptr;
  }
  void clear() { list_.clear(); }

 private:
  std::vector<Term> list_;
};

/// One row of a model's table of valid ranges, in planners' units. `name` is the key a scenario or
/// case file uses: "frequency_mhz", "distance_m", "tx.height_agl_m", "rx.height_agl_m", or a
/// parameter's name.
struct RangeSpec {
  std::string_view name;
  std::string_view unit;
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  bool min_allowed = true;  ///< the limit itself is valid
  bool max_allowed = true;
  std::string_view source;  ///< where the source states it

  bool below(double value) const { return min_allowed ? value < min : value <= min; }
  bool above(double value) const { return max_allowed ? value > max : value >= max; }
  /// False for NaN.
  bool holds(double value) const { return !std::isnan(value) && !below(value) && !above(value); }
};

/// The form of the file behind a parameter that is a table.
enum class TableForm : std::uint8_t {
  none,    ///< the parameter is a number or a word
  csv,     ///< a CSV file: a header, then rows of numbers, each with a word first where the header
           ///< says so
  folder,  ///< a folder that holds every file of ParameterSpec::files: bare grids of numbers
};

/// A parameter of a model: a number with a default, a choice among words, or a table out of a
/// user's file.
struct ParameterSpec {
  std::string_view name;  ///< with unit, e.g. "delta_n_per_km"; dots group, e.g. "variability.mode"
  std::string_view unit;
  std::variant<double, std::string_view> default_value;
  RangeSpec range{};                          ///< for numbers; range.name is left empty
  std::span<const std::string_view> choices;  ///< for words
  std::string_view meaning;
  bool required = false;  ///< no sensible default exists; default_value is then only an example
  /// Not none: users write the path of a file or folder, models get what is in it; default_value is
  /// an example of a path.
  TableForm table = TableForm::none;
  std::span<const std::string_view> files{};  ///< for TableForm::folder
};

/// What a user gave for a parameter. Tables have been read: models see no files.
using ParameterValue = std::variant<double, std::string, std::shared_ptr<const NumberTables>>;

/// Values that a user gave for parameters, by name.
using ParameterValues = std::map<std::string, ParameterValue, std::less<>>;

/// A parameter value that a model cannot take. what() is a sentence for the user.
class ParameterError : public std::invalid_argument {
 public:
  ParameterError(std::string parameter, const std::string& problem)
      : std::invalid_argument(problem), parameter_(std::move(parameter)) {}
  const std::string& parameter() const { return parameter_; }

 private:
  std::string parameter_;
};

/// A number out of a stated range, with the bound that refused it.
class ParameterRangeError : public ParameterError {
 public:
  ParameterRangeError(std::string parameter, const std::string& problem, bool is_below,
                      double violated_limit, bool is_limit_allowed)
      : ParameterError(std::move(parameter), problem),
        below(is_below),
        limit(violated_limit),
        limit_allowed(is_limit_allowed) {}
  bool below;          ///< below the minimum, else above the maximum
  double limit;        ///< the bound, in the parameter's unit
  bool limit_allowed;  ///< whether the bound itself is valid
};

class PathLossModel;
struct RadialInput;   // core/radial_sweep.h
struct SweepTarget;   // core/radial_sweep.h
struct SweepScratch;  // core/radial_sweep.h

/// A model that another one, composed of several, hands paths to.
struct ModelMember {
  std::string_view id;    ///< of the member model
  std::string_view rule;  ///< which paths it serves
  std::string_view why;   ///< and the reason, as a sentence
};

/// What a model is: written once per model as a constant table.
struct ModelInfo {
  std::string_view id;      ///< "itu_p1812"
  std::string_view source;  ///< "ITU-R P.1812-8 (09/2025)"
  std::string_view title;   ///< one line for `yonder models`
  bool uses_profile = false;
  /// evaluate() refuses profiles whose points are not evenly spaced; a radial's receivers then get
  /// theirs evened (receiver_input() in core/radial_sweep.h).
  bool needs_equidistant_profile = false;
  std::span<const RangeSpec> ranges;  ///< of the path's quantities; a result's `bound` is an index
  std::span<const ParameterSpec> parameters;
  std::span<const std::string_view> refusals;  ///< sentences for LossStatus::not_applicable
  /// Makes a model; absent parameters take their defaults. Throws ParameterError.
  std::unique_ptr<PathLossModel> (*make)(const ParameterValues&) = nullptr;
  std::span<const ModelMember> members{};  ///< of a composed model, in the order of its rules
};

class PathLossModel {
 public:
  virtual ~PathLossModel() = default;
  virtual const ModelInfo& info() const = 0;

  /// Whether evaluate() needs a terrain profile; false for a model that can do without in the mode
  /// it was made for.
  virtual bool needs_profile() const { return info().uses_profile; }

  /// Basic transmission loss of one path, or the reason why there is none. Thread-safe; allocates
  /// nothing once `workspace` has grown, unless `terms` is given, which then receives every
  /// intermediate term (also of a refused path, as far as it got). Never returns NaN with status
  /// ok.
  virtual PathLossResult evaluate(const PathLossInput& input, Workspace& workspace,
                                  Terms* terms = nullptr) const = 0;

  /// All receivers along a radial for each target (whose models are of this one's id), as
  /// sweep_by_evaluation() defines it, to 1e-6 dB. A model overrides this where it can serve a
  /// receiver without scanning its whole profile. Thread-safe; allocates nothing once `scratch` has
  /// grown.
  virtual void sweep(const RadialInput& radial, std::span<const SweepTarget> targets,
                     SweepScratch& scratch, std::span<PathLossResult> results) const;

  /// A loss that stands in for this model's own (free space nearer than its shortest path) with
  /// what the model adds to any loss; a plain model adds nothing. Thread-safe, allocates nothing
  /// without `terms`.
  virtual PathLossResult with_additions(double loss_db, const PathLossInput& input,
                                        Terms* terms = nullptr) const;
};

/// Checks the quantities every model knows (those among frequency_mhz, distance_m, tx.height_agl_m
/// and rx.height_agl_m that have a row in `ranges`); ok, or the first row violated. A NaN violates
/// its row.
PathLossResult check_ranges(std::span<const RangeSpec> ranges, const PathLossInput& input);

/// Why a result is not ok, as a sentence: "distance_m 120 is below 250 (P.1812-8 section 1)".
std::string explain(const ModelInfo& info, const PathLossResult& result,
                    const PathLossInput& input);

/// Value of the quantity a range row names, in the row's planners' unit; nullopt for other names.
std::optional<double> quantity(std::string_view name, const PathLossInput& input);

/// Typed, checked access to parameter values for a model's make(): unknown names, wrong types,
/// values out of range or not among the choices throw ParameterError from the constructor.
class ParameterReader {
 public:
  ParameterReader(const ModelInfo& info, const ParameterValues& values);
  /// For what is no model but has parameters: `owner` names it in messages ("addition rain_p530").
  ParameterReader(std::string owner, std::span<const ParameterSpec> specs,
                  const ParameterValues& values);
  double number(std::string_view name) const;
  std::string_view word(std::string_view name) const;
  /// Index of the chosen word in its spec's `choices`.
  std::size_t choice(std::string_view name) const;
  /// The tables of a table parameter; nullptr when it was not given.
  std::shared_ptr<const NumberTables> tables(std::string_view name) const;
  bool given(std::string_view name) const { return values_.find(name) != values_.end(); }

 private:
  const ParameterSpec& spec(std::string_view name) const;
  std::string owner_;
  std::span<const ParameterSpec> specs_;
  const ParameterValues& values_;
};

}  // namespace yonder
