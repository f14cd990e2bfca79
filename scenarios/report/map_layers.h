#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geodata/projection.h"
#include "scenarios/report/report_data.h"

namespace yonder::scenarios {

/// A GeoTIFF of a run and what it is: "handset-class.tif" is layer `class` of terminal `handset`.
struct LayerFile {
  std::filesystem::path file;
  std::string variant;   ///< empty: a run without variants
  std::string terminal;  ///< empty: of the whole run
  std::string layer;
};

/// The layers of a run that the page can show, in the order of its list.
std::vector<LayerFile> find_layers(const std::filesystem::path& directory,
                                   const nlohmann::ordered_json& run, const std::string& variant);

/// Packs layers into the page: descriptions for its JSON, and blobs. Layers of numbers are thinned
/// as far as `limits` asks; what was left out or thinned is said in the descriptions.
class LayerPacker {
 public:
  LayerPacker(std::vector<LayerFile> files, const ReportLimits& limits);

  nlohmann::ordered_json descriptions(std::vector<ReportBlob>& blobs);
  /// Of the first layer; nullopt when there is none.
  const std::optional<geodata::Projection>& projection() const { return projection_; }
  /// Layers that stayed in their files, as "VARIANT/FILE".
  const std::vector<std::string>& left_out() const { return left_out_; }

 private:
  int choose_thinning();
  void leave_out(const LayerFile& file);

  std::vector<LayerFile> files_;
  ReportLimits limits_;
  std::optional<geodata::Projection> projection_;
  std::vector<std::string> left_out_;
};

}  // namespace yonder::scenarios
