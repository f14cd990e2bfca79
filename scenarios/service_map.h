#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/kpi.h"
#include "core/nr/pixel_service.h"
#include "scenarios/service_signals.h"

namespace yonder::scenarios {

/// Pixels of each surface.
struct SurfacePixels {
  std::size_t land = 0;
  std::size_t sea = 0;
  std::size_t all() const { return land + sea; }
};

/// Shares and means of one terminal's service over the judged pixels.
struct ServiceKpis {
  SurfacePixels judged;
  std::array<SurfacePixels, nr::kServiceClasses> classes{};
  /// What fails first, where anything does: of effective service the wanted rate may.
  std::array<std::size_t, nr::kServiceLimits> failing{};
  /// What comes nearest to failing, where nothing does.
  std::array<std::size_t, nr::kServiceLimits> nearest{};
  /// Over pixels with at least effective service; 0 when there are none.
  double mean_downlink_bps = 0.0;
  double mean_loaded_downlink_bps = 0.0;
  double mean_uplink_bps = 0.0;
  double mean_probability = 0.0;       ///< over all judged pixels
  std::array<std::size_t, 3> voice{};  ///< pixels by nr::Voice
  std::size_t overlapping = 0;         ///< three or more other cells within the overlap of a
                                       ///< best as strong as continuous service asks
  std::size_t out_of_range = 0;        ///< signal as for effective service, beyond the access range
};

/// What a pixel adds to sums over areas.
struct PixelFigures {
  float rsrp_dbm = std::numeric_limits<float>::quiet_NaN();
  float ss_sinr_db = std::numeric_limits<float>::quiet_NaN();
  float downlink_mbps = 0.0F;
  float loaded_downlink_mbps = 0.0F;
  float uplink_mbps = 0.0F;
  float probability = 0.0F;
  bool fails = true;  ///< the limit stored
  bool overlapping = false;
  bool out_of_range = false;
  nr::Voice voice = nr::Voice::none;
};

/// Shares of time with service over the judged pixels.
struct AvailabilityKpis {
  struct Served {
    double percent = 0.0;  ///< of time, at least
    SurfacePixels pixels;
  };
  SurfacePixels judged;
  std::vector<Served> served;  ///< by rising percentage
  /// At the moments whose losses are not exceeded for just that share of time: where service fails
  /// at small ones and holds at large ones, interference from afar takes it away.
  std::vector<Served> served_at;
  double mean_percent = 0.0;  ///< over all judged pixels; those not calculated count as 0
};

/// Service of one terminal over the map's window, row-major. Layers not asked for are empty;
/// class and binding always exist.
struct TerminalService {
  std::vector<std::uint8_t> service_class;  ///< nr::ServiceClass
  std::vector<std::uint8_t> binding;        ///< nr::ServiceLimit
  std::vector<float> binding_amount;        ///< dB, km for limits of distance; negative: lacking
  std::vector<float> rsrp_dbm;
  std::vector<float> ss_sinr_db;
  std::vector<float> pdsch_sinr_db;
  std::vector<float> downlink_mbps;
  std::vector<float> loaded_downlink_mbps;
  std::vector<float> uplink_mbps;
  std::vector<std::uint8_t> access;  ///< 0 no signal, 1 within the range, 2 + AccessLimit beyond
  std::vector<float> access_km;      ///< range less distance
  std::vector<float> probability;
  std::vector<std::uint8_t> servers;
  std::vector<std::uint8_t> carrier;  ///< 1 + index; 0: none
  std::vector<std::uint8_t> voice;    ///< nr::Voice
  std::array<std::vector<float>, nr::kChannels> margin_db;
  /// Every pixel as areas and distances from shore count it; empty unless the scenario has such.
  std::vector<PixelFigures> figures;
  ServiceKpis kpis;
  std::vector<float> availability_percent;  ///< of time with service; empty: not judged
  AvailabilityKpis availability;
};

/// Judges every pixel for one terminal. `judged`: statuses of the coverage map, which say which
/// pixels count (all when `whole_window`). The same bits at any thread count.
TerminalService judge_service(const Scenario& scenario, const Plan& plan,
                              const nr::ServicePlan& service, std::size_t terminal,
                              const ServiceSignals& signals, const CoverageMap& map,
                              const RunControl& control);

/// Index of a terminal's height among terminal_heights().
int height_index(const Scenario& scenario, std::size_t terminal);

/// What a pixel without any signal lacks.
nr::ServiceLimit limit_of_status(PixelStatus status);

}  // namespace yonder::scenarios
