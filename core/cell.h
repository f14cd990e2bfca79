#pragma once

#include <string>

#include "core/antenna.h"

namespace yonder {

/// A downlink carrier of NR.
struct Carrier {
  std::string id;
  double frequency_hz = 0.0;           ///< centre of the downlink
  double subcarrier_spacing_hz = 0.0;  ///< 15e3, 30e3, 60e3, 120e3
  int resource_blocks = 0;             ///< 12 subcarriers each
};

/// A cell as the coverage engine sees it: what it radiates, wherever it stands.
struct Cell {
  std::string id;
  MountedAntenna antenna;
  double epre_dbm =
      0.0;  ///< energy per resource element at the transmitter's output, power summed over ports
  double feeder_loss_db = 0.0;
  double broadcast_offset_db = 0.0;  ///< of the SSB's beam over the antenna's gain
};

/// The terminal at each pixel.
struct Receiver {
  double height_agl_m = 1.5;
  double gain_dbi = 0.0;
  double body_loss_db = 0.0;
  double penetration_loss_db = 0.0;
};

}  // namespace yonder
