#include "propagation/models/auto.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <random>

#include "core/radial_sweep.h"
#include "core/units.h"
#include "propagation/models.h"

/// `auto` hands over from member to member without a jump: between neighbouring inputs it differs
/// by no more than its members do, and a stated part of the difference between them
/// (docs/models/auto.md).
namespace yonder::propagation {
namespace {

constexpr double kNeighbour = 1.01;  // distance, height or frequency of the next input
/// Share that may change hands between inputs 1 % apart.
constexpr double kMostHandedOver = 0.06;
/// What handing over may add to the members' own step there, on the terrains of these tests; and
/// where a path leaves the sea for hills, whose ground the receiver stands on.
constexpr double kMostAddedDb = 1.0;
constexpr double kMostAddedAshoreDb = 6.0;

enum class Ground { flat, sea, hills, coast };

/// Ground along a line, known at every metre.
class Line {
 public:
  Line(Ground kind, unsigned seed) : kind_(kind) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> phase(0.0, 2.0 * kPi);
    for (double& p : phase_) p = phase(random);
  }
  double relief_m(double x) const {
    double h = 0.0;
    double wave_m = 40000.0;
    double amplitude_m = 120.0;
    for (const double p : phase_) {
      h += amplitude_m * std::sin(2.0 * kPi * x / wave_m + p);
      wave_m /= 2.3;
      amplitude_m /= 1.9;
    }
    return h;
  }
  bool is_sea(double x) const {
    return kind_ == Ground::sea || (kind_ == Ground::coast && (relief_m(x) < 0.0 || x < coast_m));
  }
  double ground_amsl_m(double x) const {
    if (is_sea(x) || kind_ == Ground::sea) return 0.0;
    if (kind_ == Ground::flat) return 50.0;
    return is_level ? 0.0 : std::abs(relief_m(x));
  }
  PathProfile profile(double length_m) const {
    constexpr std::size_t kPoints = 161;
    PathProfile profile;
    profile.resize(kPoints);
    for (std::size_t i = 0; i < kPoints; ++i) {
      const double x = length_m * static_cast<double>(i) / (kPoints - 1);
      profile.distance_m[i] = x;
      profile.ground_amsl_m[i] = ground_amsl_m(x);
      profile.clutter_height_m[i] = 0.0;
      profile.zone[i] = is_sea(x) ? Zone::sea : Zone::inland;
    }
    return profile;
  }
  bool is_level = false;  ///< land as low as the sea
  double coast_m = 0.0;   ///< with Ground::coast: everything nearer is sea

 private:
  Ground kind_;
  std::array<double, 7> phase_{};
};

struct Input {
  double frequency_mhz = 773.0;
  double tx_m = 60.0;
  double rx_m = 1.5;
  PathProfile profile;
  ParameterValues parameters;
};

constexpr std::size_t kMembers = 5;
constexpr std::array<const char*, kMembers> kShareKeys = {"share_free_space", "share_two_ray_sea",
                                                          "share_itu_p1812", "share_itu_p2001",
                                                          "share_itu_p528"};
constexpr std::array<const char*, kMembers> kLossKeys = {"loss_free_space_db",
                                                         "loss_two_ray_sea_db", "loss_itu_p1812_db",
                                                         "loss_itu_p2001_db", "loss_itu_p528_db"};

/// The answer and what it is made of.
struct Answer {
  PathLossResult result;
  std::array<double, kMembers> share{};
  std::array<double, kMembers> loss_db{};
};

Answer ask(const Input& given) {
  PathLossInput input;
  input.frequency_hz = mhz_to_hz(given.frequency_mhz);
  input.tx.height_agl_m = given.tx_m;
  input.rx.height_agl_m = given.rx_m;
  input.profile = given.profile.view();
  input.distance_m = input.profile.length_m();
  Workspace workspace;
  Terms terms;
  Answer answer;
  answer.result =
      automatic_choice::kModelInfo.make(given.parameters)->evaluate(input, workspace, &terms);
  for (std::size_t m = 0; m < kMembers; ++m) {
    if (const Term* share = terms.find(kShareKeys[m])) {
      answer.share[m] = std::get<double>(share->value);
    }
    const Term* loss = terms.find(kLossKeys[m]);
    answer.loss_db[m] = loss != nullptr ? std::get<double>(loss->value) : NAN;
  }
  return answer;
}

/// Loss of a member alone, by its name and with what `auto` gives it; NaN where it has none.
double loss_alone_db(std::size_t member, const Input& given) {
  static constexpr std::array<const char*, kMembers> kIds = {"free_space", "two_ray_sea",
                                                             "itu_p1812", "itu_p2001", "itu_p528"};
  const auto it = given.parameters.find("time_percent");
  const double time = it == given.parameters.end() ? 50.0 : std::get<double>(it->second);
  ParameterValues values;
  if (member == 1) {
    values = {{"effective_earth_radius_factor", 157.0 / 112.0}};
  } else if (member == 2) {
    values = {{"time_percent", std::clamp(time, 1.0, 50.0)}};
  } else if (member > 2) {
    values = {{"time_percent", time}};
  }
  PathLossInput input;
  input.frequency_hz = mhz_to_hz(given.frequency_mhz);
  input.tx.height_agl_m = given.tx_m;
  input.rx.height_agl_m = given.rx_m;
  input.profile = given.profile.view();
  input.distance_m = input.profile.length_m();
  if (member == 1) {  // as over the sea alone
    input.tx.height_agl_m += input.profile.ground_amsl_m.front();
    input.rx.height_agl_m += input.profile.ground_amsl_m.back();
    input.profile = {};
  }
  Workspace workspace;
  return find_model(kIds[member])->make(values)->evaluate(input, workspace).loss_db;
}

struct Worst {
  double handed_over = 0.0;
  double added_db = 0.0;
  double difference_db = 0.0;
  int blended = 0;
};

/// Walks along a sweep and holds each step to the bound.
void hold_steps(const std::string& what, const std::vector<double>& at,
                const std::function<Input(double)>& make, Worst& worst, bool goes_ashore = false) {
  Input before_input;
  Answer before;
  for (std::size_t i = 0; i < at.size(); ++i) {
    Input input = make(at[i]);
    const Answer answer = ask(input);
    ASSERT_TRUE(answer.result.ok()) << what << " " << at[i];
    if (i > 0) {
      double handed_over = 0.0;
      double step_of_members_db = 0.0;
      double low_db = 1e9;
      double high_db = -1e9;
      for (std::size_t m = 0; m < kMembers; ++m) {
        if (answer.share[m] == 0.0 && before.share[m] == 0.0) continue;
        handed_over += 0.5 * std::abs(answer.share[m] - before.share[m]);
        const double here_db = loss_alone_db(m, input);
        const double there_db = loss_alone_db(m, before_input);
        for (const double loss_db : {here_db, there_db}) {
          if (std::isnan(loss_db)) continue;
          low_db = std::min(low_db, loss_db);
          high_db = std::max(high_db, loss_db);
        }
        if (!std::isnan(here_db) && !std::isnan(there_db)) {
          step_of_members_db = std::max(step_of_members_db, std::abs(here_db - there_db));
        }
      }
      const double step_db = std::abs(answer.result.loss_db - before.result.loss_db);
      const double added_db = step_db - step_of_members_db;
      worst.handed_over = std::max(worst.handed_over, handed_over);
      worst.added_db = std::max(worst.added_db, added_db);
      if (handed_over > 0.0) {
        ++worst.blended;
        worst.difference_db = std::max(worst.difference_db, high_db - low_db);
      }
      if (!goes_ashore) {
        EXPECT_LE(handed_over, kMostHandedOver) << what << " " << at[i];
      }
      EXPECT_LE(added_db, handed_over * (high_db - low_db) + 1e-9) << what << " " << at[i];
      EXPECT_LE(added_db, goes_ashore ? kMostAddedAshoreDb : kMostAddedDb) << what << " " << at[i];
    }
    before = answer;
    before_input = std::move(input);
  }
}

std::vector<double> by_percent(double from, double to) {
  std::vector<double> list;
  for (double x = from; x < to; x *= kNeighbour) list.push_back(x);
  return list;
}

void report(const char* what, const Worst& worst) {
  testing::Test::RecordProperty(std::string(what) + "_added_db", std::to_string(worst.added_db));
  std::printf("  %s: share handed over %.4f, added %.3f dB, members differ by %.1f dB, %d steps\n",
              what, worst.handed_over, worst.added_db, worst.difference_db, worst.blended);
  EXPECT_GT(worst.blended, 0) << "the sweep never came through a blend";
}

TEST(AutoContinuity, OverDistance) {
  Worst worst;
  for (const Ground ground : {Ground::flat, Ground::sea, Ground::hills, Ground::coast}) {
    for (const unsigned seed : {1U, 2U, 3U}) {
      if (seed > 1 && (ground == Ground::flat || ground == Ground::sea)) continue;
      const Line line(ground, seed);
      for (const double tx_m : {100.0, 250.0}) {
        hold_steps(
            "distance", by_percent(60.0, 80000.0),
            [&](double d) {
              return Input{.tx_m = tx_m,
                           .rx_m = ground == Ground::sea ? 10.0 : 1.5,
                           .profile = line.profile(d)};
            },
            worst, ground == Ground::coast);
      }
    }
  }
  report("distance", worst);
}

TEST(AutoContinuity, OverHeight) {
  Worst worst;
  for (const Ground ground : {Ground::flat, Ground::sea, Ground::hills, Ground::coast}) {
    const Line line(ground, 4);
    for (const double distance_m : {400.0, 6000.0, 60000.0}) {
      const PathProfile profile = line.profile(distance_m);
      for (const double frequency_mhz : {773.0, 5500.0}) {
        hold_steps(
            "height",
            by_percent(ground == Ground::sea || ground == Ground::coast ? 1.5 : 300.0, 4000.0),
            [&](double h) {
              return Input{
                  .frequency_mhz = frequency_mhz, .tx_m = 40.0, .rx_m = h, .profile = profile};
            },
            worst);
      }
    }
  }
  report("height", worst);
}

TEST(AutoContinuity, OverFrequency) {
  Worst worst;
  for (const Ground ground : {Ground::flat, Ground::sea, Ground::hills, Ground::coast}) {
    for (const unsigned seed : {5U, 6U}) {
      const Line line(ground, seed);
      for (const double distance_m : {350.0, 4000.0, 30000.0}) {
        const PathProfile profile = line.profile(distance_m);
        hold_steps(
            "frequency", by_percent(100.0, 8000.0),
            [&](double f) {
              return Input{.frequency_mhz = f, .tx_m = 100.0, .rx_m = 5.0, .profile = profile};
            },
            worst);
      }
    }
  }
  report("frequency", worst);
}

TEST(AutoContinuity, OverTheShareOfSea) {
  Worst worst;
  for (const unsigned seed : {7U, 8U, 9U}) {
    Line line(Ground::coast, seed);
    line.is_level = true;
    std::vector<double> coasts;
    for (double x = 0.0; x <= 9000.0; x += 25.0) coasts.push_back(x);
    hold_steps(
        "coast", coasts,
        [&](double x) {
          line.coast_m = x;
          return Input{.tx_m = 100.0, .rx_m = 10.0, .profile = line.profile(9000.0)};
        },
        worst);
  }
  report("share of sea", worst);
}

TEST(AutoContinuity, OverTimePercentage) {
  Worst worst;
  std::vector<double> percents = by_percent(0.2, 40.0);
  for (double t = 40.0; t < 99.0; t += 0.25) percents.push_back(t);
  for (const Ground ground : {Ground::flat, Ground::sea, Ground::hills}) {
    for (const double distance_m : {6000.0, 60000.0}) {
      const PathProfile profile = Line(ground, 10).profile(distance_m);
      hold_steps(
          "time", percents,
          [&](double t) {
            return Input{.tx_m = 100.0,
                         .rx_m = 10.0,
                         .profile = profile,
                         .parameters = {{"time_percent", t}}};
          },
          worst);
    }
  }
  report("time", worst);
}

/// A radial over random land and sea with receivers between its samples.
struct Radial {
  explicit Radial(unsigned seed) {
    const Line line(seed % 3 == 0 ? Ground::sea : Ground::coast, seed);
    samples = line.profile(16000.0);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> along(0.0, 1.0);
    for (std::size_t i = 2; i < samples.distance_m.size(); ++i) {
      const double x = samples.distance_m[i - 1] + (0.01 + 0.98 * along(random)) * 100.0;
      distance_m.push_back(x);
      ground_amsl_m.push_back(line.ground_amsl_m(x));
      clutter_m.push_back(0.0);
      zone.push_back(line.is_sea(x) ? Zone::sea : Zone::inland);
      position.push_back({120.0, 30.0 + x / 111000.0});
      sample_count.push_back(static_cast<std::uint32_t>(i));
    }
  }
  RadialInput input(double tx_m) const {
    RadialInput radial;
    radial.tx = {tx_m, {120.0, 30.0}, std::nullopt};
    radial.step_m = samples.distance_m[1];
    radial.samples = samples.view();
    radial.distance_m = distance_m;
    radial.ground_amsl_m = ground_amsl_m;
    radial.clutter_height_m = clutter_m;
    radial.zone = zone;
    radial.position = position;
    radial.sample_count = sample_count;
    return radial;
  }
  PathProfile samples;
  std::vector<double> distance_m;
  std::vector<double> ground_amsl_m;
  std::vector<double> clutter_m;
  std::vector<Zone> zone;
  std::vector<LonLat> position;
  std::vector<std::uint32_t> sample_count;
};

TEST(AutoSweep, EqualsTheEvaluationOfEachReceiver) {
  const auto median = automatic_choice::kModelInfo.make({});
  const auto reliable = automatic_choice::kModelInfo.make({{"time_percent", 55.0}});
  const std::vector<SweepTarget> targets = {
      {median.get(), 773e6, Polarization::vertical, 10.0},
      {reliable.get(), 773e6, Polarization::horizontal, 1.5},
      {median.get(), 5.5e9, Polarization::vertical, 1500.0},
      {median.get(), 26e9, Polarization::vertical, 2.0},
      {median.get(), 60e6, Polarization::vertical, 2500.0},  // refused: P.528 starts at 100 MHz
      {median.get(), 2.6e9, Polarization::vertical, 6000.0}};
  std::array<int, 6> served{};
  SweepScratch scratch;
  for (unsigned seed = 0; seed < 9; ++seed) {
    const Radial radial(seed);
    const RadialInput input = radial.input(seed % 2 == 0 ? 100.0 : 25.0);
    std::vector<PathLossResult> swept(targets.size() * input.receiver_count());
    std::vector<PathLossResult> wanted(swept.size());
    median->sweep(input, targets, scratch, swept);
    sweep_by_evaluation(input, targets, scratch, wanted);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      ASSERT_EQ(swept[i].status, wanted[i].status) << seed << " " << i;
      ASSERT_EQ(swept[i].bound, wanted[i].bound) << seed << " " << i;
      ASSERT_EQ(swept[i].served_by, wanted[i].served_by) << seed << " " << i;
      ++served[wanted[i].served_by];
      if (!wanted[i].ok()) continue;
      ASSERT_NEAR(swept[i].loss_db, wanted[i].loss_db, 1e-6) << seed << " " << i;
    }
  }
  for (const int count : served) EXPECT_GT(count, 0);  // refusals and all five members
}

TEST(AutoChoice, IsNeverMoreThanTheTwoRaysSixDecibelsBelowFreeSpace) {
  for (const Ground ground : {Ground::sea, Ground::hills}) {
    const Line line(ground, 11);
    for (const double d : by_percent(60.0, 60000.0)) {
      const Input input{.tx_m = 100.0, .rx_m = 10.0, .profile = line.profile(d)};
      // P.1812 rounds the constant of free space down by 0.05 dB.
      ASSERT_GE(ask(input).result.loss_db, loss_alone_db(0, input) - 6.03 - 0.05) << d;
    }
  }
}

}  // namespace
}  // namespace yonder::propagation
