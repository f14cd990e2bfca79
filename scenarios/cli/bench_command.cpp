#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "scenarios/cli/command.h"
#include "scenarios/map_bench.h"

namespace yonder::cli {
namespace {

struct Arguments {
  scenarios::MapBenchOptions map;
  std::string terrain;
  std::string engine = "sweep";
  std::vector<double> frequencies_mhz = {773.0};
  std::vector<double> at;
};

int bench_map(Arguments& arguments) {
  scenarios::MapBenchOptions& map = arguments.map;
  if (!arguments.terrain.empty()) map.terrain = arguments.terrain;
  if (!arguments.at.empty()) map.antenna = LonLat{arguments.at[0], arguments.at[1]};
  map.engine = arguments.engine == "exact" ? Engine::exact : Engine::sweep;
  map.frequencies_hz.clear();
  for (const double mhz : arguments.frequencies_mhz) map.frequencies_hz.push_back(mhz * 1e6);
  fmt::print("{}\n", scenarios::bench_map(map).dump(2));
  return 0;
}

}  // namespace

void add_bench(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* bench = app.add_subcommand("bench", "measure the speed of the engine");
  bench->require_subcommand(1);
  CLI::App* command = bench->add_subcommand(
      "map", "one antenna's whole field, checked against the point model, timed; prints JSON");
  scenarios::MapBenchOptions& map = arguments->map;
  command->add_option("--model", map.model, "propagation model")->capture_default_str();
  command->add_option("--radius_m", map.radius_m, "of the field")
      ->check(CLI::Range(100.0, 1e6))
      ->capture_default_str();
  command->add_option("--pixel_m", map.pixel_m, "size of a pixel")
      ->check(CLI::Range(0.5, 1e5))
      ->capture_default_str();
  command->add_option("--threads", map.threads, "0: all")
      ->check(CLI::Range(0, 4096))
      ->capture_default_str();
  command->add_option("--engine", arguments->engine, "sweep or exact")
      ->check(CLI::IsMember({"sweep", "exact"}))
      ->capture_default_str();
  command->add_option("--terrain", arguments->terrain, "raster (default: generated hills)");
  command->add_option("--at", arguments->at, "LON,LAT of the antenna (default: terrain's centre)")
      ->delimiter(',')
      ->expected(2);
  command
      ->add_option("--frequency_mhz", arguments->frequencies_mhz,
                   "carrier, or several: all in one sweep")
      ->delimiter(',')
      ->capture_default_str();
  command->add_option("--antenna_agl_m", map.antenna_agl_m, "antenna height")
      ->capture_default_str();
  command->add_option("--receiver_agl_m", map.receiver_agl_m, "receiver height")
      ->capture_default_str();
  command->add_option("--repetitions", map.repetitions, "the fastest counts")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command
      ->add_option("--compare", map.compare_pixels,
                   "pixels at which the sweep is compared with the exact engine")
      ->check(CLI::Range(0, 100000000));
  command->callback([arguments, &exit_code] { exit_code = bench_map(*arguments); });
}

}  // namespace yonder::cli
