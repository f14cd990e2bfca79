#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "tests/invariants/model_traits.h"
#include "tests/invariants/random_path.h"

/// What model_traits.cpp says of each model, held against the model.
namespace yonder::propagation {
namespace {

constexpr std::size_t kFlatPoints = 51;

/// A path that can be bent: by its quantities, by its ground, by the model's parameters.
struct Bench {
  explicit Bench(const ModelInfo& model_info) : info(model_info) {
    const ModelTraits* found = find_traits(info.id);
    if (found == nullptr) return;
    traits = found;
    frequency_mhz = found->usual.frequency_mhz;
    distance_m = found->usual.distance_m;
    tx_m = found->usual.tx_m;
    rx_m = found->usual.rx_m;
    shape_m.assign(kFlatPoints, 100.0);
    parameters = plain_parameters(info);
  }

  void set(std::string_view name, double value) {
    if (name == "frequency_mhz") {
      frequency_mhz = value;
    } else if (name == "distance_m") {
      distance_m = value;
    } else if (name == "tx.height_agl_m") {
      tx_m = value;
    } else if (name == "rx.height_agl_m") {
      rx_m = value;
    } else {
      parameters[std::string(name)] = value;
      model.reset();
    }
  }

  PathLossInput input() {
    PathLossInput path{.frequency_hz = mhz_to_hz(frequency_mhz), .distance_m = distance_m};
    path.polarization = polarization;
    path.tx.height_agl_m = tx_m;
    path.rx.height_agl_m = rx_m;
    // No profile is longer than zero where the distance is not.
    if (info.uses_profile && distance_m > 0.0) {
      const std::size_t n = shape_m.size();
      profile.resize(n);
      for (std::size_t i = 0; i < n; ++i) {
        profile.distance_m[i] = distance_m * static_cast<double>(i) / static_cast<double>(n - 1);
        profile.ground_amsl_m[i] = shape_m[i];
        profile.clutter_height_m[i] = 0.0;
        profile.zone[i] = zone;
      }
      profile.distance_m.back() = distance_m;
      path.profile = profile.view();
    }
    return path;
  }

  PathLossResult evaluate() {
    if (model == nullptr) model = info.make(parameters);
    return model->evaluate(input(), workspace);
  }

  const ModelInfo& info;
  const ModelTraits* traits = nullptr;
  double frequency_mhz = 0.0, distance_m = 0.0, tx_m = 0.0, rx_m = 0.0;
  Polarization polarization = Polarization::vertical;
  Zone zone = Zone::inland;
  std::vector<double> shape_m;
  ParameterValues parameters;
  std::unique_ptr<PathLossModel> model;
  PathProfile profile;
  Workspace workspace;
};

class EveryModel : public testing::TestWithParam<const ModelInfo*> {
 protected:
  const ModelInfo& info() const { return *GetParam(); }
  void SetUp() override {
    traits_ = find_traits(info().id);
    ASSERT_NE(traits_, nullptr) << info().id
                                << " has no entry in tests/invariants/model_traits.cpp";
  }
  const ModelTraits& traits() const { return *traits_; }
  bool is_dear() const { return traits().paths_per_terminals > 1; }

 private:
  const ModelTraits* traits_ = nullptr;
};

TEST(ModelTraits, AreOfModelsOnTheListOnly) {
  for (const ModelTraits& traits : all_traits()) {
    EXPECT_NE(find_model(traits.id), nullptr) << traits.id;
  }
  EXPECT_EQ(all_traits().size(), models_to_try().size());
}

TEST_P(EveryModel, SaysWhereItsTraitsComeFrom) {
  EXPECT_FALSE(traits().reciprocity_source.empty());
  for (const Trend& trend : traits().trends) EXPECT_FALSE(trend.source.empty()) << trend.quantity;
  for (const KnownSteps& known : traits().steps) EXPECT_FALSE(known.source.empty());
  EXPECT_NE(traits().enhancement.has_value(), !traits().enhancement_why_not.empty());
  if (traits().enhancement) {
    EXPECT_FALSE(traits().enhancement->source.empty());
  }
}

TEST_P(EveryModel, AnswersItsUsualPath) {
  Bench bench(info());
  const PathLossResult result = bench.evaluate();
  EXPECT_TRUE(result.ok()) << explain(info(), result, bench.input());
}

/// Just beyond a limit, in the row's unit.
double beyond(const RangeSpec& row, bool below) {
  const double limit = below ? row.min : row.max;
  const bool allowed = below ? row.min_allowed : row.max_allowed;
  if (!allowed) return limit;
  const double step = std::max(std::abs(limit), 1e-6) * 1e-9;
  return below ? limit - step : limit + step;
}

/// The limit itself where it is valid, else just within it.
double within(const RangeSpec& row, bool at_min) {
  const double limit = at_min ? row.min : row.max;
  if (at_min ? row.min_allowed : row.max_allowed) return limit;
  const double step = std::max(std::abs(limit), 1e-3) * 1e-9;
  return at_min ? limit + step : limit - step;
}

class RowTest {
 public:
  RowTest(const ModelInfo& info, std::size_t row_index) : info_(info), index_(row_index) {
    for (const RowCase& each : find_traits(info.id)->rows) {
      if (each.row == row_index) case_ = each;
    }
  }

  void check(bool below) {
    if (!case_.unreachable.empty()) return;
    const RangeSpec& row = info_.ranges[index_];
    const std::optional<double> ground_m = below ? case_.ground_below_m : case_.ground_above_m;
    Bench bench(info_);
    use(bench, below);
    if (ground_m) {
      bench.shape_m.assign(kFlatPoints, *ground_m);
    } else {
      bench.set(row.name, beyond(row, below));
    }
    const PathLossResult result = bench.evaluate();
    EXPECT_EQ(result.status, below ? LossStatus::below_range : LossStatus::above_range)
        << row.name << " row " << index_;
    if (result.status == LossStatus::below_range || result.status == LossStatus::above_range) {
      EXPECT_EQ(info_.ranges[result.bound].name, row.name);
      const std::string text = explain(info_, result, bench.input());
      EXPECT_TRUE(text.starts_with(row.name)) << text;
    }
    if (ground_m || !std::isfinite(below ? row.min : row.max)) return;
    // The last valid value is not refused by this row.
    Bench at(info_);
    use(at, below);
    at.set(row.name, within(row, below));
    const PathLossResult kept = at.evaluate();
    const bool refused =
        kept.status == LossStatus::below_range || kept.status == LossStatus::above_range;
    EXPECT_FALSE(refused && kept.bound == index_) << row.name << " row " << index_;
  }

  void check_nan() {
    const RangeSpec& row = info_.ranges[index_];
    Bench bench(info_);
    if (!quantity(row.name, bench.input())) return;
    bench.set(row.name, std::numeric_limits<double>::quiet_NaN());
    const PathLossResult result = bench.evaluate();
    EXPECT_NE(result.status, LossStatus::ok) << row.name;
    EXPECT_NE(result.status, LossStatus::not_applicable) << row.name;
    EXPECT_EQ(info_.ranges[result.bound].name, row.name);
  }

 private:
  void use(Bench& bench, bool below) const {
    const bool has_own_above = !below && !case_.parameters_above.empty();
    for (const auto& [name, value] : has_own_above ? case_.parameters_above : case_.parameters) {
      bench.parameters[name] = value;
    }
  }

  const ModelInfo& info_;
  std::size_t index_;
  RowCase case_;
};

TEST_P(EveryModel, NamesTheBoundThatAPathLeavesOnEitherSideAndForNotANumber) {
  ASSERT_FALSE(info().ranges.empty());
  for (std::size_t i = 0; i < info().ranges.size(); ++i) {
    RowTest row(info(), i);
    if (std::isfinite(info().ranges[i].min)) row.check(true);
    if (std::isfinite(info().ranges[i].max)) row.check(false);
    row.check_nan();
  }
}

TEST_P(EveryModel, RefusesEachParameterOutsideItsRangeByName) {
  for (const ParameterSpec& parameter : info().parameters) {
    ParameterValues values = plain_parameters(info());
    const std::string name(parameter.name);
    if (!parameter.choices.empty()) {
      values[name] = std::string("no such word");
      EXPECT_THROW(info().make(values), ParameterError) << name;
      continue;
    }
    if (parameter.table != TableForm::none) {  // takes a table, neither word nor number
      values[name] = 1.0;
      EXPECT_THROW(info().make(values), ParameterError) << name;
      continue;
    }
    EXPECT_TRUE(parameter.range.holds(std::get<double>(parameter.default_value))) << name;
    for (const bool below : {true, false}) {
      const double limit = below ? parameter.range.min : parameter.range.max;
      if (!std::isfinite(limit)) continue;
      values[name] = beyond(parameter.range, below);
      try {
        info().make(values);
        ADD_FAILURE() << name << " takes " << std::get<double>(values[name]);
      } catch (const ParameterRangeError& error) {
        EXPECT_EQ(error.parameter(), name);
        EXPECT_EQ(error.below, below) << name;
        EXPECT_EQ(error.limit, limit) << name;
      }
    }
    values[name] = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THROW(info().make(values), ParameterError) << name << " takes NaN";
  }
}

TEST_P(EveryModel, LosesTheSameBothWaysWhereItsSourcePromisesIt) {
  if (!traits().reciprocal) return;
  RandomPath path(info(), 77);
  const auto model = info().make(plain_parameters(info()));
  Workspace workspace;
  double largest_db = 0.0;
  int answered = 0;
  for (int i = 0; i < (is_dear() ? 100 : 1000); ++i) {
    PathLossInput there = path.next(i % traits().paths_per_terminals != 0);
    there.rx.position = there.tx.position;  // the middle of the path is the same seen either way
    PathProfile turned;
    PathLossInput back = there;
    std::swap(back.tx, back.rx);
    if (!there.profile.empty()) {
      const std::size_t n = there.profile.size();
      turned.resize(n);
      for (std::size_t k = 0; k < n; ++k) {
        const std::size_t other = n - 1 - k;
        turned.distance_m[k] = there.distance_m - there.profile.distance_m[other];
        turned.ground_amsl_m[k] = there.profile.ground_amsl_m[other];
        turned.clutter_height_m[k] = there.profile.clutter_at(other);
        turned.zone[k] = there.profile.zone_at(other);
      }
      back.profile = turned.view();
    }
    const PathLossResult forth = model->evaluate(there, workspace);
    const PathLossResult again = model->evaluate(back, workspace);
    ASSERT_EQ(forth.status, again.status) << i;
    if (!forth.ok()) continue;
    ++answered;
    largest_db = std::max(largest_db, std::abs(forth.loss_db - again.loss_db));
  }
  EXPECT_GT(answered, 50);
  EXPECT_LE(largest_db, traits().reciprocal_within_db);
  RecordProperty("largest_difference_db", std::to_string(largest_db));
}

/// Limits of a quantity or parameter, as far as a scan goes.
std::optional<std::pair<double, double>> span_of(const ModelInfo& info, std::string_view name) {
  std::optional<RangeSpec> row;
  for (const RangeSpec& each : info.ranges) {
    if (!row && each.name == name) row = each;
  }
  for (const ParameterSpec& each : info.parameters) {
    if (each.name == name) row = each.range;
  }
  if (!row) return std::nullopt;
  const double low = std::max(row->min, name == "distance_m" ? 1.0 : 0.01);
  const double high = std::min(row->max, name == "distance_m" ? 1e6 : 1e5);
  return std::pair{low * (1.0 + 1e-9), high * (1.0 - 1e-9)};
}

/// The usual path and others like it, over the model's range.
void vary(Bench& bench, Dice& dice, int trial) {
  if (trial == 0) return;
  for (const std::string_view name :
       {"frequency_mhz", "distance_m", "tx.height_agl_m", "rx.height_agl_m"}) {
    const auto span = span_of(bench.info, name);
    if (!span) continue;
    bench.set(name, dice.log_between(span->first, span->second));
  }
  bench.polarization = trial % 2 == 0 ? Polarization::vertical : Polarization::horizontal;
  bench.zone = trial % 3 == 0 ? Zone::sea : Zone::inland;
}

TEST_P(EveryModel, FollowsItsTrendsOverFlatGround) {
  Dice dice(5);
  for (const Trend& trend : traits().trends) {
    auto span = span_of(info(), trend.quantity);
    ASSERT_TRUE(span) << trend.quantity;
    if (trend.to > 0.0) span = {trend.from, trend.to};
    double worst_db = 0.0;
    double worst_at = 0.0;
    int compared = 0;
    const int trials = trend.of_usual_path_only ? 1 : is_dear() ? 4 : 40;
    for (int trial = 0; trial < trials; ++trial) {
      Bench bench(info());
      for (const auto& [name, value] : trend.parameters) bench.parameters[name] = value;
      vary(bench, dice, trial);
      double before_db = std::numeric_limits<double>::quiet_NaN();
      const int steps = is_dear() ? 30 : 120;
      for (int i = 0; i <= steps; ++i) {
        const double at =
            span->first * std::pow(span->second / span->first, static_cast<double>(i) / steps);
        bench.set(trend.quantity, std::clamp(at, span->first, span->second));
        const PathLossResult result = bench.evaluate();
        if (!result.ok()) {
          before_db = std::numeric_limits<double>::quiet_NaN();
          continue;
        }
        const double rise_db = result.loss_db - before_db;
        const double against_db = trend.way == Trend::rises ? -rise_db : rise_db;
        before_db = result.loss_db;
        if (std::isnan(rise_db)) continue;
        ++compared;
        if (against_db > worst_db) {
          worst_db = against_db;
          worst_at = at;
        }
      }
    }
    EXPECT_GT(compared, 20) << trend.quantity;
    EXPECT_LE(worst_db, trend.against_db + 1e-9)
        << trend.quantity << " against its trend at " << worst_at;
  }
}

/// The largest step of the loss over a quantity: intervals whose ends differ are halved towards the
/// larger difference, until only a step is left.
class StepSearch {
 public:
  explicit StepSearch(Bench& bench, std::string_view name) : bench_(bench), name_(name) {}

  double largest_step_db(double low, double high, int intervals) {
    double left = low;
    double left_db = at(left);
    for (int i = 1; i <= intervals; ++i) {
      const double right =
          std::clamp(low * std::pow(high / low, static_cast<double>(i) / intervals), low, high);
      const double right_db = at(right);
      narrow(left, left_db, right, right_db);
      left = right;
      left_db = right_db;
    }
    return largest_db_;
  }
  double where() const { return where_; }

 private:
  double at(double value) {
    bench_.set(name_, value);
    return bench_.evaluate().loss_db;  // NaN where refused: no step there
  }
  void narrow(double a, double a_db, double b, double b_db) {
    while (b - a > 1e-9 * b) {
      if (!(std::abs(b_db - a_db) > std::max(largest_db_, 1e-3))) return;
      const double middle = 0.5 * (a + b);
      const double middle_db = at(middle);
      if (std::isnan(middle_db)) return;
      if (std::abs(middle_db - a_db) > std::abs(b_db - middle_db)) {
        b = middle;
        b_db = middle_db;
      } else {
        a = middle;
        a_db = middle_db;
      }
    }
    if (std::abs(b_db - a_db) > largest_db_) {
      largest_db_ = std::abs(b_db - a_db);
      where_ = a;
    }
  }

  Bench& bench_;
  std::string_view name_;
  double largest_db_ = 0.0;
  double where_ = 0.0;
};

TEST_P(EveryModel, StepsNowhereButWhereItsSourceDoes) {
  for (const std::string_view name :
       {"frequency_mhz", "distance_m", "tx.height_agl_m", "rx.height_agl_m"}) {
    const auto span = span_of(info(), name);
    if (!span) continue;
    double allowed_db = 1e-3;  // rounding of a steep slope over 1e-9 of the quantity
    for (const KnownSteps& known : traits().steps) {
      if (known.quantity == name) allowed_db = known.largest_db;
    }
    Dice dice(11);
    double largest_db = 0.0;
    std::string where;
    const int trials = is_dear() ? 1 : info().uses_profile ? 8 : 40;
    const int intervals = is_dear() ? 15 : info().uses_profile ? 100 : 1000;
    for (int trial = 0; trial < trials; ++trial) {
      Bench bench(info());
      vary(bench, dice, trial);
      StepSearch search(bench, name);
      const double step_db = search.largest_step_db(span->first, span->second, intervals);
      if (step_db <= largest_db) continue;
      largest_db = step_db;
      where = std::to_string(search.where()) + " of trial " + std::to_string(trial) + ": " +
              std::to_string(bench.frequency_mhz) + " MHz, " + std::to_string(bench.distance_m) +
              " m, heights " + std::to_string(bench.tx_m) + ", " + std::to_string(bench.rx_m);
    }
    EXPECT_LE(largest_db, allowed_db) << name << " at " << where;
    RecordProperty(std::string(name) + "_largest_step_db", std::to_string(largest_db));
  }
}

INSTANTIATE_TEST_SUITE_P(All, EveryModel, testing::ValuesIn(models_to_try()),
                         [](const auto& model) { return std::string(model.param->id); });

}  // namespace
}  // namespace yonder::propagation
