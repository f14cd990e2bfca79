#include "scenarios/batch/ledger.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "geodata/dataset_files.h"
#include "scenarios/batch/tile_key.h"
#include "scenarios/json_text.h"
#include "scenarios/sha256.h"
#include "scenarios/staged_output.h"

namespace yonder::scenarios {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr const char* kFormat = "yonder-tile-1";

/// A name that stays in its folder.
bool is_plain_name(const std::string& name) {
  return !name.empty() && fs::path(name).filename() == name && !name.starts_with('.');
}

bool is_sidecar(const fs::path& file) { return file.string().ends_with(".aux.xml"); }

constexpr const char* kOwnHash = "record_sha256";

/// Of everything else in the record: a changed count would be believed otherwise.
std::string own_hash(const ordered_json& record) {
  Sha256 digest;
  digest.add(json_text(record));
  return digest.hex();
}

/// Throws where the record is not as it was written.
TileRecord record_from(ordered_json json) {
  if (json.at("format") != kFormat) throw std::runtime_error("is of another format");
  const std::string hash = json.at(kOwnHash).get<std::string>();
  json.erase(kOwnHash);
  if (own_hash(json) != hash) throw std::runtime_error("has changed");
  TileRecord record;
  record.id = json.at("tile").get<std::string>();
  record.key = json.at("key").get<std::string>();
  record.key_text = json.at("key_text").get<std::string>();
  for (const ordered_json& one : json.at("files")) {
    record.files.push_back({one.at("name").get<std::string>(), one.at("bytes").get<std::uint64_t>(),
                            one.at("sha256").get<std::string>()});
  }
  json.at("cells").get_to(record.cells);
  json.at("site_ground_amsl_m").get_to(record.site_ground_amsl_m);
  json.at("sites_by_the_sea").get_to(record.sites_by_the_sea);
  record.kpis = tile_kpis_from_json(json.at("kpis"));
  json.at("pixel_area_km2").get_to(record.pixel_area_km2);
  json.at("synthetic_terrain").get_to(record.synthetic_terrain);
  json.at("grid_pixels").get_to(record.grid_pixels);
  json.at("assumed_sea_pixels").get_to(record.assumed_sea_pixels);
  json.at("paths").get_to(record.paths);
  return record;
}

/// What is wrong with the files, or nothing.
std::string damage_of(const fs::path& folder, const TileRecord& record) {
  for (const TileFile& file : record.files) {
    if (!is_plain_name(file.name)) return "the record names a file outside the tile's folder";
    const fs::path path = folder / file.name;
    std::error_code error;
    const std::uint64_t bytes = fs::file_size(path, error);
    if (error) return file.name + " is missing";
    if (!is_sidecar(path) && bytes != file.bytes) return file.name + " has another size";
    try {
      if (describe_file(path) != file) return file.name + " has changed";
    } catch (const std::runtime_error&) {
      return file.name + " cannot be read";
    }
  }
  return {};
}

}  // namespace

TileFile describe_file(const fs::path& file) {
  const std::string name = file.filename().string();
  if (is_sidecar(file)) return {name, 0, digest_of(geodata::sidecar_categories(file)).sha256};
  return {name, fs::file_size(file), sha256_of_file(file)};
}

void mark_incomplete(const fs::path& directory) {
  std::ifstream in(directory / "run.json");
  if (!in) return;
  ordered_json earlier = ordered_json::parse(in, nullptr, false);
  if (!earlier.is_object() || !earlier.value("complete", false)) return;
  earlier["complete"] = false;
  earlier["superseded"] = "tiles are being computed; the mosaics and counts are of before";
  StagedOutput output(directory);
  output.write_text("run.json", json_text(earlier, 2) + "\n");
  output.commit("run.json");
}

std::string tile_record_text(const TileRecord& record) {
  ordered_json files = ordered_json::array();
  for (const TileFile& file : record.files) {
    files.push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  }
  ordered_json json = {{"format", kFormat},
                       {"tile", record.id},
                       {"key", record.key},
                       {"key_text", record.key_text},
                       {"files", std::move(files)},
                       {"cells", record.cells},
                       {"site_ground_amsl_m", record.site_ground_amsl_m},
                       {"sites_by_the_sea", record.sites_by_the_sea},
                       {"kpis", to_json(record.kpis)},
                       {"pixel_area_km2", record.pixel_area_km2},
                       {"synthetic_terrain", record.synthetic_terrain},
                       {"grid_pixels", record.grid_pixels},
                       {"assumed_sea_pixels", record.assumed_sea_pixels},
                       {"paths", record.paths}};
  json[kOwnHash] = own_hash(json);
  return json_text(json, 1) + "\n";
}

std::string tile_timings_text(const TileTimings& timings) {
  const ordered_json json = {{"terrain_s", timings.terrain_s},
                             {"propagation_s", timings.propagation_s},
                             {"output_s", timings.output_s},
                             {"threads", timings.threads}};
  return json_text(json, 1) + "\n";
}

std::optional<TileTimings> read_tile_timings(const fs::path& folder) {
  std::ifstream in(folder / kTileTimings);
  try {
    const ordered_json json = ordered_json::parse(in);
    return TileTimings{json.at("terrain_s").get<double>(), json.at("propagation_s").get<double>(),
                       json.at("output_s").get<double>(), json.at("threads").get<int>()};
  } catch (const ordered_json::exception&) {
    return std::nullopt;  // only told, never needed
  }
}

TileCheck check_tile(const fs::path& folder, const std::string& id, const std::string& key,
                     const std::string& key_text) {
  TileCheck check;
  std::ifstream in(folder / kTileRecord);
  if (!in) return check;
  TileRecord record;
  try {
    record = record_from(ordered_json::parse(in));
  } catch (const std::exception&) {
    return {TileState::damaged, std::string(kTileRecord) + " is not whole", std::nullopt};
  }
  if (record.id != id) {
    return {TileState::damaged, "the record is of tile " + record.id, std::nullopt};
  }
  if (record.key != key) {
    check.state = TileState::outdated;
    check.reason = first_difference(key_text, record.key_text) + " changed";
    check.record = std::move(record);
    return check;
  }
  check.reason = damage_of(folder, record);
  check.state = check.reason.empty() ? TileState::finished : TileState::damaged;
  if (check.reason.empty()) check.record = std::move(record);
  return check;
}

std::vector<std::string> recorded_tiles(const fs::path& directory) {
  std::vector<std::string> ids;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory / kTilesFolder, error)) {
    std::error_code ignored;
    if (fs::exists(entry.path() / kTileRecord, ignored)) {
      ids.push_back(entry.path().filename().string());
    }
  }
  std::ranges::sort(ids);
  return ids;
}

void remove_tile(const fs::path& folder) {
  std::vector<std::string> names;
  std::ifstream in(folder / kTileRecord);
  try {
    for (const TileFile& file : record_from(ordered_json::parse(in)).files) {
      names.push_back(file.name);
    }
  } catch (const std::exception&) {
    return;  // not known to be ours
  }
  std::error_code ignored;
  fs::remove(folder / kTileRecord, ignored);  // first: what is left is no tile
  fs::remove(folder / kTileTimings, ignored);
  for (const std::string& name : names) {
    if (is_plain_name(name)) fs::remove(folder / name, ignored);
  }
  fs::remove(folder, ignored);  // goes only while empty
}

}  // namespace yonder::scenarios
