#include <fmt/format.h>

#include <cmath>

#include "scenarios/exports.h"
#include "scenarios/picture_ground.h"

namespace yonder::scenarios {
namespace {

std::string hex(const Rgb& colour) {
  const auto byte = [](double part) { return static_cast<int>(std::lround(255.0 * part)); };
  return fmt::format("#{:02x}{:02x}{:02x}", byte(colour.r), byte(colour.g), byte(colour.b));
}

std::string attribute_text(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    escaped += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '"' ? "&quot;" : std::string(1, c);
  }
  return escaped;
}

/// Steps of colour: an item's colour is that of values up to its own and above the one before.
std::string qgis_style(const Scenario& scenario) {
  const std::vector<Threshold>& thresholds = scenario.thresholds;  // strongest first
  const std::vector<Rgb> colours = class_colours(thresholds.size());
  std::string items = fmt::format(
      "          <item value=\"{}\" color=\"#ffffff\" alpha=\"0\" label=\"&lt; {:g} dBm\"/>\n",
      thresholds.back().rsrp_dbm, thresholds.back().rsrp_dbm);
  for (std::size_t i = thresholds.size(); i-- > 0;) {
    const std::string top = i == 0 ? "inf" : fmt::format("{}", thresholds[i - 1].rsrp_dbm);
    items += fmt::format("          <item value=\"{}\" color=\"{}\" alpha=\"255\" label=\"{}\"/>\n",
                         top, hex(colours[i]),
                         attribute_text(fmt::format("≥ {:g} dBm {}", thresholds[i].rsrp_dbm,
                                                    thresholds[i].name.en)));
  }
  return fmt::format(R"(<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="Symbology">
  <pipe>
    <rasterrenderer type="singlebandpseudocolor" band="1" opacity="0.72" alphaBand="-1" nodataColor="" classificationMin="{}" classificationMax="{}">
      <rastershader>
        <colorrampshader colorRampType="DISCRETE" classificationMode="1" clip="0" minimumValue="{}" maximumValue="{}" labelPrecision="0">
{}        </colorrampshader>
      </rastershader>
    </rasterrenderer>
  </pipe>
  <blendMode>0</blendMode>
</qgis>
)",
                     thresholds.back().rsrp_dbm, thresholds.front().rsrp_dbm,
                     thresholds.back().rsrp_dbm, thresholds.front().rsrp_dbm, items);
}

}  // namespace

void write_layer_styles(const Scenario& scenario, const StagedOutput& output) {
  if (scenario.outputs.rsrp) output.write_text("rsrp.qml", qgis_style(scenario));
}

}  // namespace yonder::scenarios
