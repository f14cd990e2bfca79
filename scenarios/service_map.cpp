#include "scenarios/service_map.h"

#include <algorithm>
#include <limits>

#include "core/parallel_rows.h"
#include "scenarios/nr_plan.h"

namespace yonder::scenarios {
namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

/// The layers a scenario asks for, empty otherwise.
TerminalService empty_layers(const Scenario& scenario, std::size_t pixels) {
  TerminalService layers;
  const auto wanted = [&](std::string_view name) {
    return std::ranges::find(scenario.service.layers, name) != scenario.service.layers.end();
  };
  const auto floats = [&](std::string_view name, std::vector<float>& layer) {
    if (wanted(name)) layer.assign(pixels, kNone);
  };
  const auto bytes = [&](std::string_view name, std::vector<std::uint8_t>& layer) {
    if (wanted(name)) layer.assign(pixels, 0);
  };
  layers.service_class.assign(pixels, 0);
  layers.binding.assign(pixels, 0);
  floats("binding", layers.binding_amount);
  floats("rsrp", layers.rsrp_dbm);
  floats("sinr", layers.ss_sinr_db);
  floats("pdsch_sinr", layers.pdsch_sinr_db);
  floats("dl_rate", layers.downlink_mbps);
  floats("dl_rate", layers.loaded_downlink_mbps);
  floats("ul_rate", layers.uplink_mbps);
  floats("probability", layers.probability);
  floats("access", layers.access_km);
  bytes("access", layers.access);
  bytes("servers", layers.servers);
  bytes("carrier", layers.carrier);
  bytes("voice", layers.voice);
  constexpr std::array<std::string_view, nr::kChannels> kMarginLayers = {"",
                                                                         "margin_ssb",
                                                                         "margin_pdcch",
                                                                         "margin_pdsch",
                                                                         "margin_prach",
                                                                         "margin_msg3",
                                                                         "margin_pucch",
                                                                         "margin_pusch",
                                                                         "margin_vonr"};
  for (std::size_t i = 1; i < kMarginLayers.size(); ++i) {
    floats(kMarginLayers[i], layers.margin_db[i]);
  }
  return layers;
}

/// Stores a pixel's answer in the layers that are wanted.
void store(const nr::PixelService& service, const nr::ServicePlan& plan, std::size_t i,
           TerminalService& layers) {
  const auto put = [i](auto& layer, auto value) {
    using Value = typename std::decay_t<decltype(layer)>::value_type;
    if (!layer.empty()) layer[i] = static_cast<Value>(value);
  };
  put(layers.service_class, service.service_class);
  put(layers.binding, service.binding.limit);
  const bool distance = nr::is_distance_limit(service.binding.limit);
  put(layers.binding_amount, distance ? service.binding.amount / 1000.0 : service.binding.amount);
  put(layers.rsrp_dbm, service.serving.rsrp_dbm);
  put(layers.ss_sinr_db, service.serving.ss_sinr_db);
  put(layers.pdsch_sinr_db, service.serving.pdsch_sinr_db);
  put(layers.downlink_mbps, service.downlink_bps * 1e-6);
  put(layers.loaded_downlink_mbps, service.loaded_downlink_bps * 1e-6);
  put(layers.uplink_mbps, service.uplink_bps * 1e-6);
  put(layers.probability, service.probability);
  put(layers.voice, service.voice);
  put(layers.servers, std::min(service.serving.servers, 255));
  const nr::ServiceCell& serving = plan.cells[static_cast<std::size_t>(service.serving.cell)];
  put(layers.carrier, serving.carrier + 1);
  const nr::ServiceCell& uplink = plan.cells[static_cast<std::size_t>(service.uplink.cell)];
  put(layers.access, service.access ? 1 : 2 + static_cast<int>(uplink.access.binding));
  put(layers.access_km, service.uplink.access_margin_m / 1000.0);
  for (std::size_t c = 1; c < nr::kChannels; ++c) {
    const bool up = nr::is_uplink(static_cast<nr::PhysicalChannel>(c));
    put(layers.margin_db[c], (up ? service.uplink : service.serving).margin_db[c]);
  }
}

void count(const std::vector<PixelFigures>& figures, const Plan& plan, const CoverageMap& map,
           TerminalService& layers) {
  ServiceKpis& kpis = layers.kpis;
  const Terrain& terrain = plan.terrain();
  double downlink = 0.0, loaded = 0.0, uplink = 0.0, probability = 0.0;
  std::size_t served = 0;
  for (int row = 0; row < map.window.rows; ++row) {
    for (int column = 0; column < map.window.columns; ++column) {
      const Pixel pixel{map.window.column + column, map.window.row + row};
      const std::size_t i = map.window.index(pixel);
      if (map.status[i] == pixel_status::kBeyondRadius && !plan.analysis.whole_window) continue;
      const bool sea = terrain.zone[terrain.grid.index(pixel)] == Zone::sea;
      ++(sea ? kpis.judged.sea : kpis.judged.land);
      SurfacePixels& of_class = kpis.classes[layers.service_class[i]];
      ++(sea ? of_class.sea : of_class.land);
      const bool good = layers.service_class[i] >= static_cast<int>(nr::ServiceClass::effective);
      ++(figures[i].fails ? kpis.failing : kpis.nearest)[layers.binding[i]];
      ++kpis.voice[static_cast<std::size_t>(figures[i].voice)];
      probability += static_cast<double>(figures[i].probability);
      kpis.overlapping += figures[i].overlapping ? 1U : 0U;
      kpis.out_of_range += figures[i].out_of_range ? 1U : 0U;
      if (!good) continue;
      ++served;
      downlink += static_cast<double>(figures[i].downlink_mbps);
      loaded += static_cast<double>(figures[i].loaded_downlink_mbps);
      uplink += static_cast<double>(figures[i].uplink_mbps);
    }
  }
  if (served > 0) {
    kpis.mean_downlink_bps = 1e6 * downlink / static_cast<double>(served);
    kpis.mean_loaded_downlink_bps = 1e6 * loaded / static_cast<double>(served);
    kpis.mean_uplink_bps = 1e6 * uplink / static_cast<double>(served);
  }
  if (kpis.judged.all() > 0) {
    kpis.mean_probability = probability / static_cast<double>(kpis.judged.all());
  }
}

}  // namespace

int height_index(const Scenario& scenario, std::size_t terminal) {
  const std::vector<double> heights = terminal_heights(scenario);
  const double height = terminal_height_agl_m(scenario.terminals[terminal]);
  return static_cast<int>(std::ranges::find(heights, height) - heights.begin());
}

nr::ServiceLimit limit_of_status(PixelStatus status) {
  if (status == pixel_status::kBeyondRadius) return nr::ServiceLimit::calculation_radius;
  if (status == pixel_status::kNoTerrainData) return nr::ServiceLimit::no_terrain;
  return nr::ServiceLimit::model_range;
}

TerminalService judge_service(const Scenario& scenario, const Plan& plan,
                              const nr::ServicePlan& service, std::size_t terminal,
                              const ServiceSignals& signals, const CoverageMap& map,
                              const RunControl& control) {
  const PixelWindow window = signals.window();
  TerminalService layers = empty_layers(scenario, window.size());
  std::vector<PixelFigures> figures(window.size());  // sums of it do not depend on threads
  const int height = height_index(scenario, terminal);
  const nr::ServiceTerminal& judged = service.terminals[terminal];
  RunControl quiet = control;
  quiet.progress = nullptr;
  std::vector<std::vector<nr::CarrierSignals>> buffers(
      static_cast<std::size_t>(thread_count(control)));
  parallel_rows(window.rows, quiet, 0, 0, [&](int row, int thread) {
    std::vector<nr::CarrierSignals>& buffer = buffers[static_cast<std::size_t>(thread)];
    for (int column = 0; column < window.columns; ++column) {
      const Pixel pixel{window.column + column, window.row + row};
      const std::size_t i = window.index(pixel);
      signals.at(height, pixel, buffer);
      const nr::PixelService one =
          nr::pixel_service(service, judged, buffer, plan.terrain(), pixel);
      if (one.service_class == nr::ServiceClass::unknown) {
        layers.binding[i] =
            static_cast<std::uint8_t>(limit_of_status(signals.status(height, pixel)));
        figures[i].voice = one.voice;  // LTE may be there
        if (!layers.voice.empty()) layers.voice[i] = static_cast<std::uint8_t>(one.voice);
        continue;
      }
      store(one, service, i, layers);
      figures[i] = {static_cast<float>(one.serving.rsrp_dbm),
                    static_cast<float>(one.serving.ss_sinr_db),
                    static_cast<float>(one.downlink_bps * 1e-6),
                    static_cast<float>(one.loaded_downlink_bps * 1e-6),
                    static_cast<float>(one.uplink_bps * 1e-6),
                    static_cast<float>(one.probability),
                    one.binding.amount<0.0, one.serving.servers> 3 &&
                        one.serving.held_rsrp_dbm >= service.rules.continuous_rsrp_dbm,
                    !one.access && one.serving.held_rsrp_dbm >= service.rules.effective_rsrp_dbm,
                    one.voice};
    }
  });
  count(figures, plan, map, layers);
  if (scenario.shapes.uses_pixels()) layers.figures = std::move(figures);
  return layers;
}

}  // namespace yonder::scenarios
