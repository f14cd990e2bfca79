#pragma once

#include <optional>

/// SINR that a transport block needs, as a sum of named terms: 10 log10(2^SE - 1) + gap of real
/// codes + short block + error target + channel estimation + fading - combining.
namespace yonder::nr {

/// What is assumed of receiver and channel; all of it can be set.
struct LinkAssumptions {
  double bler_target = 0.1;                 ///< of first transmissions, 0 < target < 0.5
  double channel_estimation_loss_db = 1.5;  ///< from pilots as weak as the data
  std::optional<double> fading_loss_db;     ///< absent: fading_loss_db(branches), but at most
  std::optional<double> most_fading_db;     ///< this, where it is given
};

struct RequiredSinr {
  double shannon_db = 0.0;      ///< 10 log10(2^SE - 1)
  double gap_db = 0.0;          ///< implementation_gap_db()
  double short_block_db = 0.0;  ///< short_block_loss_db()
  double bler_db = 0.0;         ///< bler_shift_db(), 0 at 10 %
  double channel_estimation_db = 0.0;
  double fading_db = 0.0;
  double combining_db = 0.0;  ///< 10 log10 of the branches combined; subtracted
  double layers_db = 0.0;     ///< 10 log10 of the layers that share the power

  /// For each receive branch, all layers' power together.
  double per_branch_db() const {
    return shannon_db + gap_db + short_block_db + bler_db + channel_estimation_db + fading_db +
           layers_db - combining_db;
  }
};

/// Transmission whose SINR is asked for.
struct Transmission {
  double spectral_efficiency = 0.0;  ///< bit per resource element and layer, > 0
  int modulation_order = 2;          ///< 1, 2, 4, 6 or 8
  double block_bits = 1e4;           ///< information bits of the block, >= 24
  int rx_branches = 1;
  int layers = 1;  ///< 1..rx_branches
};

/// Sum over the terms. With L layers a linear receiver spends L - 1 of its branches on keeping them
/// apart: the rest, rx_branches - layers + 1, combine and fight fading (zero forcing: Winters, Salz
/// and Gitlin, IEEE Trans. Commun. 42 (1994) 1740).
RequiredSinr required_sinr(const Transmission& transmission,
                           const LinkAssumptions& assumptions = {});

/// 10 log10(2^SE - 1), SE > 0.
double shannon_sinr_db(double spectral_efficiency);

/// Distance of NR's LDPC codes from Shannon's bound at 10 % block errors, fitted to published AWGN
/// tables: QPSK (and BPSK) 1.4, 16QAM 1.7, 64QAM 2.2, 256QAM 2.5 dB.
double implementation_gap_db(int modulation_order);

/// More for short blocks: 2.5 dB at 24 bits, 0.7 dB at 100, straight over the logarithm of the
/// size, hence 0 from 174 bits on. Precondition: bits >= 24, the smallest transport block.
double short_block_loss_db(double bits);

/// SINR at `bler_target` less that at 10 %, for a block of `bits` at `spectral_efficiency` in
/// additive noise: normal approximation of Polyanskiy, Poor and Verdu (IEEE Trans. Inf. Theory 56
/// (2010) 2307), R = C - sqrt(V/n) Q^-1(eps), with V = g (g + 2) / (g + 1)^2 log2(e)^2.
double bler_shift_db(double spectral_efficiency, double bits, double bler_target);

/// Loss to fading with `branches` combined: 4, 2.5, 1.5 dB with 2, 4, 8; for other numbers the
/// level that a sum of as many Rayleigh branches exceeds 80 % of the time, below its mean, which is
/// within 0.16 dB of those three: 6.5 dB with one branch.
double fading_loss_db(int branches);

}  // namespace yonder::nr
