#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace yonder::scenarios {

struct LegendRow {
  std::array<std::uint8_t, 4> rgba{};
  std::string text;
};

/// A small legend as the bytes of a PNG. `note` stands below the rows; may be empty.
std::string legend_png(const std::string& title, const std::vector<LegendRow>& rows,
                       const std::string& note);

/// A dot with a white rim on nothing, for sites, as the bytes of a PNG.
std::string site_icon_png();

}  // namespace yonder::scenarios
