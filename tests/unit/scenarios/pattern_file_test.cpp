#include "scenarios/pattern_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "core/units.h"
#include "scenarios/scenario_error.h"
#include "tests/temporary_folder.h"

namespace yonder::scenarios {
namespace {

using ::testing::HasSubstr;

/// A folder of its own for each test, removed at the end.
class PatternFileTest : public ::testing::Test {
 protected:
  PatternFile read(const std::string& content) {
    const std::filesystem::path file = folder_ / "antenna.msi";
    std::ofstream(file, std::ios::binary) << content;
    return read_pattern_file(file);
  }
  /// The message of a refusal, or "accepted".
  std::string refusal(const std::string& content) {
    try {
      read(content);
    } catch (const ScenarioErrors& errors) {
      return errors.what();
    }
    return "accepted";
  }

  const test::TemporaryFolder own_;
  const std::filesystem::path folder_ = own_.path();
};

std::string cut(const std::string& keyword, const std::function<double(double)>& loss,
                double step = 1.0, int count = 360) {
  std::string text = keyword + " " + std::to_string(count) + "\n";
  for (int i = 0; i < count; ++i) {
    char row[60];
    std::snprintf(row, sizeof row, "%.6g %.4f\n", i * step, loss(i * step));
    text += row;
  }
  return text;
}

/// A tenth of a dB a degree off the boresight.
double wedge(double angle) { return 0.1 * std::min(angle, 360.0 - angle); }
double flat(double) { return 0.0; }

std::string cuts() { return cut("HORIZONTAL", wedge) + cut("VERTICAL", flat); }

TEST_F(PatternFileTest, ReadsHeaderAndCuts) {
  const PatternFile file = read(
      "NAME Panel 65 / T4\r\nMAKE Somebody\r\nFREQUENCY 773\r\nGAIN 15.5 dBi\r\nTILT ELECTRICAL\r\n"
      "ELECTRICAL_TILT 4\r\nX_OF_MAKER whatever\r\n" +
      cuts());
  EXPECT_EQ(file.name, "Panel 65 / T4");
  EXPECT_EQ(file.frequency_mhz, 773.0);
  EXPECT_EQ(file.electrical_tilt_deg, 4.0);
  EXPECT_EQ(file.spec.gain_dbi, 15.5);
  EXPECT_NEAR(file.spec.horizontal_loss_db[0], 0.0, 1e-12);
  EXPECT_NEAR(file.spec.horizontal_loss_db[37], 3.7, 1e-12);
  EXPECT_NEAR(file.spec.horizontal_loss_db[359], 0.1, 1e-12);
  EXPECT_EQ(file.spec.vertical_loss_db[123], 0.0);
}

TEST_F(PatternFileTest, ConvertsDbdByTheDipolesGain) {
  EXPECT_NEAR(read("GAIN 13.35 dBd\n" + cuts()).spec.gain_dbi, 15.5, 1e-12);
  EXPECT_NEAR(read("gain 13.35dbd\n" + cuts()).spec.gain_dbi, 15.5, 1e-12);
  EXPECT_NEAR(read("GAIN (dBi) 15.5\n" + cuts()).spec.gain_dbi, 15.5, 1e-12);
}

TEST_F(PatternFileTest, RefusesAGainInAnyOtherUnit) {
  const std::string bare = refusal("NAME a\nGAIN 15.5\n" + cuts());
  EXPECT_THAT(bare, HasSubstr("antenna.msi:2: GAIN: 15.5 has no unit"));
  EXPECT_THAT(bare, HasSubstr("GAIN 15.5 dBi"));
  EXPECT_THAT(refusal("GAIN 15.5 dB\n" + cuts()), HasSubstr("not in dBi or dBd"));
  EXPECT_THAT(refusal("GAIN high dBi\n" + cuts()), HasSubstr("is not a number"));
  EXPECT_THAT(refusal(cuts()), HasSubstr("GAIN: is missing"));
  EXPECT_THAT(refusal("GAIN 1 dBi\nGAIN 2 dBi\n" + cuts()),
              HasSubstr("antenna.msi:2: GAIN: is given a second time (first in line 1)"));
}

TEST_F(PatternFileTest, TakesTiltsAsMakersWriteThem) {
  const auto tilt = [&](const std::string& lines) {
    return read(lines + "GAIN 1 dBi\n" + cuts()).electrical_tilt_deg;
  };
  EXPECT_EQ(tilt(""), std::nullopt);
  EXPECT_EQ(tilt("TILT ELECTRICAL\n"), std::nullopt);
  EXPECT_EQ(tilt("TILT MECHANICAL\n"), std::nullopt);
  EXPECT_EQ(tilt("TILT ELECTRICAL 2\n"), 2.0);
  EXPECT_EQ(tilt("TILT 6\n"), 6.0);
  EXPECT_EQ(tilt("TILT MECHANICAL 6\n"), std::nullopt);
  EXPECT_EQ(tilt("TILT YES\nELECTRICAL_TILT 3.5\n"), 3.5);
  EXPECT_EQ(tilt("ELECTRICAL_TILT 3.5\nTILT 7\n"), 3.5);
  EXPECT_EQ(tilt("ELECTRICAL_TILT YES\n"), std::nullopt);
  EXPECT_THAT(refusal("ELECTRICAL_TILT four\nGAIN 1 dBi\n" + cuts()),
              HasSubstr("antenna.msi:1: ELECTRICAL_TILT: 'four' is not a number"));
}

TEST_F(PatternFileTest, TakesFrequenciesAsMakersWriteThem) {
  const auto frequency = [&](const std::string& line) {
    return read(line + "\nGAIN 1 dBi\n" + cuts()).frequency_mhz;
  };
  EXPECT_EQ(frequency("FREQUENCY 773 MHz"), 773.0);
  EXPECT_EQ(frequency("FREQUENCY 2.6 GHz"), 2600.0);
  EXPECT_EQ(frequency("FREQUENCY 698-806"), std::nullopt);
  EXPECT_EQ(frequency("FREQUENCY 698 - 806 MHz"), std::nullopt);
}

TEST_F(PatternFileTest, TakesTheNameFromAFirstLineWithoutKeyword) {
  EXPECT_EQ(read("K742 215\nGAIN 1 dBi\n" + cuts()).name, "K742 215");
}

TEST_F(PatternFileTest, TakesFinerStepsAndAClosingPoint) {
  const std::string half = cut("HORIZONTAL", wedge, 0.5, 720);
  EXPECT_NEAR(read("GAIN 1 dBi\n" + half + cut("VERTICAL", flat)).spec.horizontal_loss_db[181],
              17.9, 1e-12);
  const std::string closed = cut("HORIZONTAL", wedge, 1.0, 361);
  EXPECT_NEAR(read("GAIN 1 dBi\n" + closed + cut("VERTICAL", flat)).spec.horizontal_loss_db[359],
              0.1, 1e-12);
  // Values between whole degrees are interpolated: steps of 0.8 degrees on a straight line.
  const std::string odd = cut("HORIZONTAL", wedge, 0.8, 450);
  EXPECT_NEAR(read("GAIN 1 dBi\n" + odd + cut("VERTICAL", flat)).spec.horizontal_loss_db[33], 3.3,
              1e-4);
}

TEST_F(PatternFileTest, RefusesCutsThatLeaveAnglesOut) {
  const std::string coarse =
      refusal("GAIN 1 dBi\n" + cut("HORIZONTAL", wedge, 5.0, 72) + cut("VERTICAL", flat));
  EXPECT_THAT(coarse, HasSubstr("HORIZONTAL: has no value between 0 and 5 degrees"));
  EXPECT_THAT(coarse, HasSubstr("at least every degree"));
  EXPECT_THAT(refusal("GAIN 1 dBi\n" + cut("HORIZONTAL", wedge, 1.0, 181) + cut("VERTICAL", flat)),
              HasSubstr("has no value between 180 and 360 degrees"));
  EXPECT_THAT(refusal("GAIN 1 dBi\n" + cut("HORIZONTAL", wedge)),
              HasSubstr("VERTICAL: is missing"));
}

TEST_F(PatternFileTest, NamesTheLineOfABadRow) {
  std::string text = "GAIN 1 dBi\n" + cuts();
  const auto broken = [&](const std::string& from, const std::string& to) {
    std::string copy = text;
    copy.replace(copy.find(from), from.size(), to);
    return refusal(copy);
  };
  EXPECT_THAT(broken("\n40 4.0000\n", "\n40 -4.0\n"),
              HasSubstr("antenna.msi:43: HORIZONTAL: has a negative loss (-4)"));
  EXPECT_THAT(broken("\n40 4.0000\n", "\n39 4.0\n"),
              HasSubstr("gives angle 39 twice (first in line 42)"));
  EXPECT_THAT(broken("\n40 4.0000\n", "\n40 4,0\n"), HasSubstr("two numbers with decimal points"));
  EXPECT_THAT(broken("\n40 4.0000\n", "\n40 nan\n"), HasSubstr("two numbers"));
  EXPECT_THAT(broken("\n40 4.0000\n", "\n400 4.0\n"), HasSubstr("outside 0 to 360"));
  EXPECT_THAT(broken("\n40 4.0000\n", "\n"), HasSubstr("announces 360 points but 359 follow"));
  EXPECT_THAT(broken("HORIZONTAL 360", "HORIZONTAL"), HasSubstr("needs the number of its points"));
  EXPECT_THAT(broken("VERTICAL 360", "HORIZONTAL 360"), HasSubstr("given a second time"));
}

TEST_F(PatternFileTest, ShowsSeveralErrorsAtOnceButNotHundreds) {
  const std::string text =
      refusal("GAIN 3\n" + cut("HORIZONTAL", [](double) { return -1.0; }) + cut("VERTICAL", flat));
  EXPECT_THAT(text, HasSubstr("GAIN"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 5);
}

TEST_F(PatternFileTest, RefusesWhatIsNoAntennaFile) {
  EXPECT_THAT(refusal(std::string("II*\0\0\0abc\n", 10)), HasSubstr("is not a text file"));
  EXPECT_THAT(refusal(""), HasSubstr("GAIN: is missing"));
  EXPECT_THROW(read_pattern_file(folder_ / "absent.msi"), ScenarioErrors);
  EXPECT_THROW(read_pattern_file(folder_), ScenarioErrors);
}

// tests/data/panel-65deg-6deg-tilt.msi is made for this test: parabolic cuts of 65 and 9 degrees
// beamwidth, the vertical one lowered by 6 degrees.
TEST(PatternFileSample, GivesAPatternWhoseBeamPointsDown) {
  const PatternFile file =
      read_pattern_file(std::string(YONDER_SOURCE_DIR) + "/tests/data/panel-65deg-6deg-tilt.msi");
  EXPECT_EQ(file.electrical_tilt_deg, 6.0);
  const auto pattern = make_tabulated(file.spec);
  const auto gain = [&](double azimuth_deg, double elevation_deg) {
    return pattern->gain_dbi({deg_to_rad(azimuth_deg), deg_to_rad(elevation_deg)});
  };
  EXPECT_NEAR(gain(0, -6), 15.5, 1e-9);    // 13.35 dBd
  EXPECT_NEAR(gain(0, -1.5), 12.5, 0.05);  // half a beamwidth above
  EXPECT_NEAR(gain(0, 0), 15.5 - 12.0 * (6.0 / 9) * (6.0 / 9), 0.01);
  EXPECT_NEAR(gain(32.5, -6), 12.5, 0.05);
}

}  // namespace
}  // namespace yonder::scenarios
