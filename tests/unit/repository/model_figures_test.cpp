#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "tests/unit/repository/source_text.h"

/// Every model's page shows a figure and the command that made it (docs/models/make_figures.sh).
namespace yonder::repository {
namespace {

#define YONDER_MODEL(id) #id,
constexpr auto kListed = std::to_array<std::string_view>({
#include "propagation/model_list.h"
});
#undef YONDER_MODEL

constexpr std::uintmax_t kMostBytes = 40 * 1024;
const std::filesystem::path kPages = root() / "docs/models";

/// The first eight bytes, which say whether a file is a PNG.
std::string png_head(const std::filesystem::path& file) {
  return std::filesystem::exists(file) ? read_text(file).substr(0, 8) : "";
}

class ModelFigure : public testing::TestWithParam<std::string_view> {};

TEST_P(ModelFigure, IsShownByThePageWithTheCommandThatMakesIt) {
  const std::string id(GetParam());
  const std::filesystem::path figure = kPages / "figures" / (id + ".png");
  ASSERT_EQ(png_head(figure), "\x89PNG\r\n\x1a\n") << figure << " is no PNG";
  EXPECT_LE(std::filesystem::file_size(figure), kMostBytes);
  const std::string page = read_text(kPages / (id + ".md"));
  const std::size_t shown = page.find("](figures/" + id + ".png)");
  ASSERT_NE(shown, std::string::npos) << "the page does not show figures/" << id << ".png";
  const std::size_t command = page.find("```sh\nyonder loss ", shown);
  ASSERT_NE(command, std::string::npos) << "the page lacks the figure's command";
  const std::string block = page.substr(command, page.find("```", command + 3) - command);
  const std::size_t models = std::min(block.find("--model "), block.size());
  EXPECT_TRUE(has_word(block.substr(models, block.find(" --", models) - models), id))
      << "the command does not name the model:\n"
      << block;
  EXPECT_NE(block.find("--picture docs/models/figures/" + id + ".png"), std::string::npos) << block;
}

INSTANTIATE_TEST_SUITE_P(All, ModelFigure, testing::ValuesIn(kListed),
                         [](const auto& model) { return std::string(model.param); });

TEST(ModelFigures, AreAllShownBySomePage) {
  std::string pages;
  for (const auto& entry : std::filesystem::directory_iterator(kPages)) {
    if (entry.path().extension() == ".md") pages += read_text(entry.path());
  }
  for (const auto& entry : std::filesystem::directory_iterator(kPages / "figures")) {
    const std::string name = entry.path().filename();
    EXPECT_NE(pages.find("figures/" + name), std::string::npos) << "no page names " << name;
  }
}

}  // namespace
}  // namespace yonder::repository
