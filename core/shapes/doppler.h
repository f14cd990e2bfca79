#pragma once

#include "core/nr/prach.h"

namespace yonder::shapes {

/// Largest shift of the downlink at a speed: v f / c.
double downlink_doppler_hz(double speed_mps, double frequency_hz);

/// Largest shift of the uplink as the base station sees it: the terminal's oscillator follows the
/// shifted downlink, and its own transmission is shifted again: 2 v f / c.
double uplink_doppler_hz(double speed_mps, double frequency_hz);

/// Shift that a preamble stands. Sequences of Zadoff and Chu answer a frequency offset with a
/// second peak at another shift: at half a subcarrier it is as high as the first, so that
/// unrestricted sets stand half a subcarrier; restricted sets leave those shifts out, type A for
/// offsets up to one subcarrier, type B up to two (TS 38.211 section 6.3.3.1; S. Sesia et al., LTE
/// - The UMTS Long Term Evolution, section 17.4.2).
double prach_doppler_limit_hz(const nr::PrachConfig& prach);

}  // namespace yonder::shapes
