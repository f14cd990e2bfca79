#include "scenarios/field_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <set>
#include <thread>

#include "propagation/models.h"
#include "tests/temporary_folder.h"
#include "tests/unit/core/test_terrain.h"

namespace yonder::scenarios {
namespace {

/// A field of the same window and layers with nothing in it.
PathLossField shape_of(const PathLossField& field) {
  return {.window = field.window,
          .loss_db = std::vector<float>(field.loss_db.size()),
          .status = std::vector<PixelStatus>(field.status.size()),
          .served_by = std::vector<std::uint8_t>(field.served_by.size())};
}

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::uint64_t kPlenty = std::uint64_t{1} << 30;

FieldSpec some_spec(const Terrain& terrain) {
  FieldSpec spec;
  spec.antenna = test::antenna_at(terrain, {40, 40}, 30.0);
  spec.frequency_hz = 773e6;
  spec.radius_m = 2000.0;
  return spec;
}

Scenario p1812_scenario() {
  Scenario scenario;
  scenario.propagation.model = "itu_p1812";
  return scenario;
}

std::string key_of(const Terrain& terrain, const FieldSpec& spec,
                   const Scenario& scenario = p1812_scenario()) {
  const FieldKeys keys(terrain, propagation_identity(scenario), {});
  return keys.key(spec, field_window(terrain.grid, terrain.grid.whole(), spec)).sha256;
}

TEST(FieldKey, ChangesWithEverythingAFieldDependsOn) {
  const Terrain terrain = test::rolling_hills(300, 160);
  const FieldSpec spec = some_spec(terrain);
  std::set<std::string> keys = {key_of(terrain, spec)};
  const auto expect_new = [&](const char* what, const std::string& key) {
    EXPECT_TRUE(keys.insert(key).second) << what;
  };
  const std::vector<std::pair<const char*, std::function<void(FieldSpec&)>>> spec_changes = {
      {"x", [](FieldSpec& s) { s.antenna.position.x_m += 0.01; }},
      {"y", [](FieldSpec& s) { s.antenna.position.y_m += 0.01; }},
      {"longitude", [](FieldSpec& s) { s.antenna.lonlat.lon_deg += 1e-7; }},
      {"latitude", [](FieldSpec& s) { s.antenna.lonlat.lat_deg += 1e-7; }},
      {"ground", [](FieldSpec& s) { s.antenna.ground_amsl_m += 0.001; }},
      {"height", [](FieldSpec& s) { s.antenna.height_agl_m += 0.001; }},
      {"scale", [](FieldSpec& s) { s.antenna.distortion.scale += 1e-9; }},
      {"convergence", [](FieldSpec& s) { s.antenna.distortion.convergence_rad += 1e-9; }},
      {"frequency", [](FieldSpec& s) { s.frequency_hz += 1.0; }},
      {"polarization", [](FieldSpec& s) { s.polarization = Polarization::horizontal; }},
      {"receiver", [](FieldSpec& s) { s.receiver_height_agl_m += 0.001; }},
      {"radius", [](FieldSpec& s) { s.radius_m += 0.1; }},
      {"short range", [](FieldSpec& s) { s.free_space_at_short_range = false; }}};
  for (const auto& [what, change] : spec_changes) {
    FieldSpec changed = spec;
    change(changed);
    expect_new(what, key_of(terrain, changed));
  }
  const std::size_t near_pixel = terrain.grid.index({45, 42});
  const std::vector<std::pair<const char*, std::function<void(Terrain&)>>> terrain_changes = {
      {"one height", [&](Terrain& t) { t.ground_amsl_m[near_pixel] += 0.001F; }},
      {"one void", [&](Terrain& t) { t.ground_amsl_m[near_pixel] = NAN; }},
      {"one zone", [&](Terrain& t) { t.zone[near_pixel] = Zone::sea; }},
      {"clutter of 0 m", [](Terrain& t) { t.clutter_height_m.assign(t.grid.size(), 0.0F); }},
      {"one clutter height",
       [&](Terrain& t) {
         t.clutter_height_m.assign(t.grid.size(), 0.0F);
         t.clutter_height_m[near_pixel] = 5.0F;
       }},
      {"positions", [](Terrain& t) { t.geo.nodes[0].lon_deg += 1e-6; }},
      {"pixel size", [](Terrain& t) { t.grid.pixel_size_m = 99.0; }}};
  for (const auto& [what, change] : terrain_changes) {
    Terrain changed = terrain;
    change(changed);
    expect_new(what, key_of(changed, spec));
  }
  Scenario scenario = p1812_scenario();
  scenario.propagation.parameters["time_percent"] = 10.0;
  expect_new("a parameter", key_of(terrain, spec, scenario));
  scenario.propagation.parameters.clear();
  scenario.calculation.engine = Engine::exact;
  expect_new("the engine", key_of(terrain, spec, scenario));
  scenario.propagation.model = "itm";
  expect_new("the model", key_of(terrain, spec, scenario));

  const FieldKeys of_run(terrain, propagation_identity(p1812_scenario()), {});
  expect_new("the window", of_run.key(spec, {30, 30, 10, 10}).sha256);
  expect_new("the program", FieldKeys(terrain, "another program", {}).key(spec, {}).sha256);
}

TEST(FieldKey, DoesNotChangeWithTerrainOutOfReach) {
  const Terrain terrain = test::rolling_hills(300, 160);
  const FieldSpec spec = some_spec(terrain);
  const std::string key = key_of(terrain, spec);
  Terrain changed = terrain;
  changed.ground_amsl_m[terrain.grid.index({290, 150})] += 50.0F;
  EXPECT_EQ(key_of(changed, spec), key);
}

TEST(FieldKey, TellsAParameterLeftOutFromOneGivenAtItsDefault) {
  const Terrain terrain = test::rolling_hills(100, 100);
  const FieldSpec spec = some_spec(terrain);
  Scenario scenario = p1812_scenario();
  // Absent, P.526 takes an effective radius of 8500 km; given, that of this lapse rate.
  scenario.propagation.model = "itu_p526";
  const std::string absent = key_of(terrain, spec, scenario);
  for (const ParameterSpec& parameter : propagation::find_model("itu_p526")->parameters) {
    if (parameter.name != "delta_n_per_km") continue;
    scenario.propagation.parameters["delta_n_per_km"] = std::get<double>(parameter.default_value);
  }
  EXPECT_NE(key_of(terrain, spec, scenario), absent);
}

TEST(FieldKey, SaysInWordsWhatItIsMadeFrom) {
  const Terrain terrain = test::rolling_hills(100, 100);
  const FieldKeys keys(terrain, propagation_identity(p1812_scenario()), {});
  const std::string text = keys.key(some_spec(terrain), {}).text;
  EXPECT_THAT(text, HasSubstr("model itu_p1812 (ITU-R P.1812"));
  EXPECT_THAT(text, HasSubstr("parameter time_percent absent\n"));
  EXPECT_THAT(text, HasSubstr("frequency_hz 773000000\n"));
}

class Cache : public testing::Test {
 protected:
  FieldCache cache(std::uint64_t limit_bytes = kPlenty) const {
    return FieldCache({folder_, limit_bytes});
  }
  static FieldKey key(int n) {
    const std::string text = "field " + std::to_string(n) + "\n";
    return {text, "0123456789abcdef" + std::to_string(100 + n)};
  }
  /// Values as a real field has them, some of them none.
  static PathLossField field(int n, int columns = 700, int rows = 500) {
    PathLossField field;
    field.window = {3, 4, columns, rows};
    for (std::size_t i = 0; i < field.window.size(); ++i) {
      const bool none = i % 7 == 0;
      field.loss_db.push_back(none ? NAN : 90.0F + 0.001F * static_cast<float>(i + 13U * n));
      field.status.push_back(none ? pixel_status::kNoTerrainData : pixel_status::kOk);
    }
    return field;
  }
  static void expect_same(const std::optional<PathLossField>& got, const PathLossField& wanted) {
    ASSERT_TRUE(got.has_value());
    EXPECT_EQ(got->window.size(), wanted.window.size());
    ASSERT_EQ(got->status, wanted.status);
    ASSERT_EQ(got->loss_db.size(), wanted.loss_db.size());
    if (wanted.loss_db.empty()) return;  // memcmp() takes no null pointer
    EXPECT_EQ(std::memcmp(got->loss_db.data(), wanted.loss_db.data(),
                          wanted.loss_db.size() * sizeof(float)),
              0);
  }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }
  void set_age(const FieldKey& key, int hours) const {
    fs::last_write_time(cache().file_of(key),
                        fs::file_time_type::clock::now() - std::chrono::hours(hours));
  }

  const test::TemporaryFolder own_;
  const fs::path folder_ = own_.path();
};

TEST_F(Cache, GivesBackTheSameBits) {
  const PathLossField stored = field(1);
  FieldCache first = cache();
  EXPECT_FALSE(first.load(key(1), shape_of(stored), {}).has_value());
  first.store(key(1), stored, {});
  for (const int threads : {1, 7}) {
    FieldCache second = cache();
    expect_same(second.load(key(1), shape_of(stored), {.threads = threads}), stored);
    EXPECT_EQ(second.report().loaded, 1U);
    EXPECT_FALSE(second.load(key(2), shape_of(stored), {}).has_value());
  }
  EXPECT_EQ(names().size(), 1U) << "a temporary file is left";
}

TEST_F(Cache, HoldsAFieldWithoutPixels) {
  PathLossField empty;
  FieldCache one = cache();
  one.store(key(1), empty, {});
  expect_same(cache().load(key(1), shape_of(empty), {}), empty);
}

TEST_F(Cache, SeesEveryFlippedByteOfTheHeadAndOneInEachPiece) {
  const PathLossField stored = field(1, 90, 80);
  cache().store(key(1), stored, {});
  const fs::path file = cache().file_of(key(1));
  const auto size = static_cast<std::streamoff>(fs::file_size(file));
  std::vector<std::streamoff> places;
  for (std::streamoff at = 0; at < 60; ++at) places.push_back(at);
  for (std::streamoff at = 60; at < size; at += 997) places.push_back(at);
  places.push_back(size - 1);
  for (const std::streamoff at : places) {
    const auto flip = [&] {
      std::fstream io(file, std::ios::in | std::ios::out | std::ios::binary);
      io.seekg(at);
      const char byte = static_cast<char>(io.get() ^ 0x10);
      io.seekp(at);
      io.put(byte);
    };
    flip();
    FieldCache reader = cache();
    EXPECT_FALSE(reader.load(key(1), shape_of(stored), {}).has_value()) << "byte " << at;
    EXPECT_EQ(reader.report().damaged, 1U);
    EXPECT_THAT(reader.report().first_damage, StartsWith(file.string()));
    flip();
  }
  expect_same(cache().load(key(1), shape_of(stored), {}), stored);
}

TEST_F(Cache, SeesATornOrOverlongFileAndReplacesIt) {
  const PathLossField stored = field(1, 90, 80);
  for (const double part : {0.0, 0.00001, 0.0001, 0.5, 0.9999999, 1.1}) {
    cache().store(key(1), stored, {});
    const fs::path file = cache().file_of(key(1));
    fs::resize_file(file,
                    static_cast<std::uintmax_t>(static_cast<double>(fs::file_size(file)) * part));
    FieldCache reader = cache();
    EXPECT_FALSE(reader.load(key(1), shape_of(stored), {}).has_value()) << part;
    EXPECT_EQ(reader.report().damaged, 1U) << part;
    reader.store(key(1), stored, {});
    expect_same(reader.load(key(1), shape_of(stored), {}), stored);
  }
}

TEST_F(Cache, RefusesTheFieldOfAnotherKeyUnderItsName) {
  const PathLossField stored = field(1);
  cache().store(key(1), stored, {});
  fs::rename(cache().file_of(key(1)), cache().file_of(key(2)));
  FieldCache reader = cache();
  EXPECT_FALSE(reader.load(key(2), shape_of(stored), {}).has_value());
  EXPECT_THAT(reader.report().first_damage, HasSubstr("another key"));
}

TEST_F(Cache, RemovesTheLongestUnusedWhenItsLimitIsReached) {
  const PathLossField one = field(1, 200, 100);  // some 100 kB
  const std::uint64_t limit = 450'000;
  for (int n = 1; n <= 4; ++n) {
    cache(limit).store(key(n), one, {});
    set_age(key(n), 10 - n);
  }
  // Being used makes field 1 the youngest, so 2 is to go.
  EXPECT_TRUE(cache(limit).load(key(1), shape_of(one), {}).has_value());
  FieldCache last = cache(limit);
  last.store(key(5), one, {});
  EXPECT_EQ(last.report().evicted, 1U);
  EXPECT_FALSE(fs::exists(last.file_of(key(2))));
  for (const int n : {1, 3, 4, 5}) EXPECT_TRUE(fs::exists(last.file_of(key(n)))) << n;
}

TEST_F(Cache, KeepsWhatFitsOfARunThatNeedsMoreThanTheLimit) {
  const PathLossField one = field(1, 200, 100);
  const std::uint64_t limit = 350'000;
  FieldCache first = cache(limit);
  for (int n = 1; n <= 5; ++n) first.store(key(n), one, {});
  EXPECT_EQ(first.report().stored, 3U);
  EXPECT_EQ(first.report().unstored, 2U);
  EXPECT_THAT(first.report().why_unstored, HasSubstr("cache_limit_gib"));
  FieldCache second = cache(limit);
  for (int n = 1; n <= 5; ++n) {
    if (!second.load(key(n), shape_of(one), {})) second.store(key(n), one, {});
  }
  EXPECT_EQ(second.report().loaded, 3U);
  EXPECT_EQ(second.report().evicted, 0U);
}

TEST_F(Cache, LeavesFilesOfOthersAlone) {
  std::ofstream(folder_ / "notes.txt") << std::string(200'000, 'x');
  FieldCache small = cache(150'000);
  small.store(key(1), field(1, 200, 100), {});
  EXPECT_EQ(small.report().stored, 1U);
  EXPECT_TRUE(fs::exists(folder_ / "notes.txt"));
}

TEST_F(Cache, SweepsUpAfterAProcessThatDied) {
  std::ofstream(folder_ / ".0123456789abcdef-host-1-0.part") << "torn";
  std::ofstream(folder_ / ".0123456789abcdef-host-2-0.part") << "being written";
  fs::last_write_time(folder_ / ".0123456789abcdef-host-1-0.part",
                      fs::file_time_type::clock::now() - std::chrono::hours(2));
  cache().store(key(1), field(1), {});
  EXPECT_THAT(names(), testing::ElementsAre(".0123456789abcdef-host-2-0.part",
                                            cache().file_of(key(1)).filename().string()));
}

TEST_F(Cache, LeavesNothingBehindOnAFullDiskAndSaysSo) {
  // A limit on the size of files fails as a full disk does, once its signal is ignored.
  const auto old_action = signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = 10'000;
  setrlimit(RLIMIT_FSIZE, &small);
  FieldCache full = cache();
  full.store(key(1), field(1), {});
  full.store(key(2), field(2), {});
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, old_action);
  EXPECT_EQ(full.report().unstored, 2U);
  EXPECT_THAT(full.report().why_unstored, HasSubstr("File too large"));
  EXPECT_TRUE(names().empty());
}

TEST_F(Cache, DoesWithoutAFolderThatCannotBe) {
  std::ofstream(folder_ / "file") << "in the way";
  FieldCache none({folder_ / "file" / "cache", kPlenty});
  EXPECT_FALSE(none.load(key(1), shape_of(field(1)), {}).has_value());
  none.store(key(1), field(1), {});
  EXPECT_EQ(none.report().unstored, 1U);
  EXPECT_EQ(none.report().damaged, 0U);
  EXPECT_THAT(none.report().why_unstored, HasSubstr("cannot create folder"));
}

TEST_F(Cache, MakesAFolderThatOnlyItsOwnerSees) {
  FieldCache made({folder_ / "a" / "b", kPlenty});
  EXPECT_EQ(fs::status(folder_ / "a" / "b").permissions() & fs::perms::mask, fs::perms::owner_all);
}

// Every thread has a cache object of its own, as every process has.
TEST_F(Cache, GivesOnlyWholeFieldsWhileOthersWriteAndRemoveThem) {
  constexpr int kFields = 5;
  std::vector<PathLossField> fields;
  for (int n = 0; n < kFields; ++n) fields.push_back(field(n, 300, 200));
  std::atomic<int> wrong{0};
  std::atomic<std::size_t> loaded{0};
  std::atomic<std::size_t> damaged{0};
  std::atomic<std::size_t> evicted{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int round = 0; round < 8; ++round) {
        FieldCache own = cache(1'000'000);  // holds three of the five
        // Stores in each round: only loading, the threads would be content once all five got in.
        const int first = (t + round) % kFields;
        own.store(key(first), fields[static_cast<std::size_t>(first)], {.threads = 1});
        for (int i = 1; i < 3; ++i) {
          const int n = (i + t + round) % kFields;
          const PathLossField& wanted = fields[static_cast<std::size_t>(n)];
          if (const auto got = own.load(key(n), shape_of(wanted), {.threads = 1})) {
            if (std::memcmp(got->loss_db.data(), wanted.loss_db.data(),
                            wanted.loss_db.size() * sizeof(float)) != 0) {
              ++wrong;
            }
          } else {
            own.store(key(n), wanted, {.threads = 1});
          }
        }
        loaded += own.report().loaded;
        damaged += own.report().damaged;
        evicted += own.report().evicted;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(damaged, 0U);
  EXPECT_GT(loaded, 0U);
  EXPECT_GT(evicted, 0U);
  for (const std::string& name : names()) EXPECT_FALSE(name.ends_with(".part")) << name;
}

class CacheSettings : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"YONDER_FIELD_CACHE", "XDG_CACHE_HOME"}) unsetenv(name);
    setenv("HOME", "/home/planner", 1);
  }
  static std::string directory(const CalculationConfig& calculation,
                               const std::optional<std::string>& command_line = {}) {
    const auto settings = field_cache_settings(calculation, command_line);
    return settings ? settings->directory.string() : "off";
  }
};

TEST_F(CacheSettings, TakeTheUsersCacheFolderWhenNothingIsSaid) {
  EXPECT_EQ(directory({}), "/home/planner/.cache/yonder/fields");
  setenv("XDG_CACHE_HOME", "/var/tmp/x", 1);
  EXPECT_EQ(directory({}), "/var/tmp/x/yonder/fields");
  setenv("XDG_CACHE_HOME", "relative", 1);  // to be ignored, says its specification
  EXPECT_EQ(directory({}), "/home/planner/.cache/yonder/fields");
  unsetenv("HOME");
  EXPECT_EQ(directory({}), "off");
}

TEST_F(CacheSettings, GoFromTheCommandLineOverTheEnvironmentToTheScenario) {
  CalculationConfig calculation;
  calculation.cache_directory = "/from/scenario";
  EXPECT_EQ(directory(calculation), "/from/scenario");
  setenv("YONDER_FIELD_CACHE", "/from/environment", 1);
  EXPECT_EQ(directory(calculation), "/from/environment");
  EXPECT_EQ(directory(calculation, "/from/command"), "/from/command");
  EXPECT_EQ(directory(calculation, "off"), "off");
  setenv("YONDER_FIELD_CACHE", "off", 1);
  EXPECT_EQ(directory(calculation), "off");
  EXPECT_EQ(directory(calculation, "/from/command"), "/from/command");
  setenv("YONDER_FIELD_CACHE", "/from/environment", 1);
  calculation.cache = false;
  EXPECT_EQ(directory(calculation), "off");
  EXPECT_EQ(directory(calculation, "/from/command"), "/from/command");
  calculation.cache_limit_gib = 0.5;
  EXPECT_EQ(field_cache_settings(calculation, "/x")->limit_bytes, std::uint64_t{1} << 29);
}

}  // namespace
}  // namespace yonder::scenarios
