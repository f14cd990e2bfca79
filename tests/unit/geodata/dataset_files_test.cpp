#include "geodata/dataset_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geodata/error.h"
#include "geodata/raster_output.h"
#include "tests/unit/geodata/test_files.h"

namespace yonder::geodata {
namespace {

using testing::HasSubstr;
using testing::Not;

class DatasetFiles : public testing::Test {
 protected:
  DatasetFiles() {
    const std::vector<std::uint8_t> values(16, 1);
    write_cog(raster_, {{500000.0, 2400000.0}, 100.0, 4, 4}, Projection::from_text("EPSG:32649"),
              values, {"class", "", {}}, {{1, "good & so on", {0, 255, 0, 255}}}, 0);
  }
  void sidecar(const std::string& of_band) const {
    write_text(folder_ / "class.tif.aux.xml", "<PAMDataset><PAMRasterBand band=\"1\">" + of_band +
                                                  "</PAMRasterBand></PAMDataset>");
  }
  TestFolder folder_;
  const std::filesystem::path raster_ = folder_ / "class.tif";
  const std::filesystem::path sidecar_ = folder_ / "class.tif.aux.xml";
};

TEST_F(DatasetFiles, AHeadHoldsOfASidecarWhatChangesTheMeaning) {
  const std::string before = raster_head(raster_);
  EXPECT_THAT(before, HasSubstr("WGS 84 / UTM zone 49N"));
  sidecar("<Metadata><MDI key=\"STATISTICS_MEAN\">1</MDI></Metadata>");
  EXPECT_EQ(raster_head(raster_), before);
  sidecar("<Scale>2</Scale>");
  EXPECT_NE(raster_head(raster_), before);
  EXPECT_THROW(raster_head(folder_ / "absent.tif"), GeodataError);
}

TEST_F(DatasetFiles, NamesOfClassesStayWhateverElseASidecarHolds) {
  const std::string before = sidecar_categories(sidecar_);
  EXPECT_THAT(before, HasSubstr("good & so on"));
  const std::string text = read_bytes(sidecar_);
  const std::size_t at = text.find("</PAMRasterBand>");
  write_text(sidecar_, text.substr(0, at) +
                           "<Metadata><MDI key=\"STATISTICS_MEAN\">1</MDI></Metadata>" +
                           text.substr(at));
  EXPECT_EQ(sidecar_categories(sidecar_), before);
  std::string other = text;
  write_text(sidecar_, other.replace(other.find("good"), 4, "best"));
  EXPECT_NE(sidecar_categories(sidecar_), before);
  write_text(sidecar_, text.substr(0, text.size() / 2));
  EXPECT_THROW(sidecar_categories(sidecar_), GeodataError);
  EXPECT_THROW(sidecar_categories(folder_ / "absent.aux.xml"), GeodataError);
}

}  // namespace
}  // namespace yonder::geodata
