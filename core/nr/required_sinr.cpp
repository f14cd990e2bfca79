#include "core/nr/required_sinr.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/contracts.h"

namespace yonder::nr {
namespace {

double to_db(double ratio) { return 10.0 * std::log10(ratio); }

/// Root of a rising function between `low` and `high`, to the last bits.
template <typename Function>
double bisect(double low, double high, const Function& function) {
  for (int i = 0; i < 100; ++i) {
    const double middle = 0.5 * (low + high);
    (function(middle) < 0.0 ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

/// Q^-1: the level that a standard normal variable exceeds with `probability`.
double normal_exceeded(double probability) {
  return bisect(-40.0, 40.0,
                [&](double x) { return probability - 0.5 * std::erfc(x / std::sqrt(2.0)); });
}

/// SINR in dB at which the normal approximation carries `rate` bits a use over `uses` uses.
double finite_length_sinr_db(double rate, double uses, double error_probability) {
  const double quantile = normal_exceeded(error_probability);
  const double shannon_db = shannon_sinr_db(rate);
  return bisect(shannon_db, shannon_db + 40.0, [&](double sinr_db) {
    const double g = std::pow(10.0, sinr_db / 10.0);
    const double dispersion = g * (g + 2.0) / ((g + 1.0) * (g + 1.0));
    const double carried =
        (std::log1p(g) - std::sqrt(dispersion / uses) * quantile) * std::numbers::log2e;
    return carried - rate;
  });
}

/// P[sum of `branches` unit-mean exponential variables <= x]: Erlang.
double branch_sum_below(int branches, double x) {
  double term = 1.0;
  double tail = 1.0;
  for (int k = 1; k < branches; ++k) {
    term *= x / k;
    tail += term;
  }
  return 1.0 - std::exp(-x) * tail;
}

}  // namespace

double shannon_sinr_db(double spectral_efficiency) {
  YONDER_EXPECTS(spectral_efficiency > 0.0);
  return to_db(std::expm1(spectral_efficiency * std::numbers::ln2));
}

double implementation_gap_db(int modulation_order) {
  YONDER_EXPECTS(modulation_order >= 1 && modulation_order <= 8);
  if (modulation_order <= 2) return 1.4;
  if (modulation_order <= 4) return 1.7;
  return modulation_order <= 6 ? 2.2 : 2.5;
}

double short_block_loss_db(double bits) {
  YONDER_EXPECTS(bits >= 24.0);
  // Through (24 bits, 2.5 dB) and (100 bits, 0.7 dB).
  const double per_neper_db = (2.5 - 0.7) / std::log(100.0 / 24.0);
  return std::fmax(0.0, 0.7 - per_neper_db * std::log(bits / 100.0));
}

double bler_shift_db(double spectral_efficiency, double bits, double bler_target) {
  YONDER_EXPECTS(bler_target > 0.0 && bler_target < 0.5);
  YONDER_EXPECTS(bits > 0.0);
  constexpr double kFitted = 0.1;
  if (bler_target == kFitted) return 0.0;
  const double uses = bits / spectral_efficiency;
  return finite_length_sinr_db(spectral_efficiency, uses, bler_target) -
         finite_length_sinr_db(spectral_efficiency, uses, kFitted);
}

double fading_loss_db(int branches) {
  YONDER_EXPECTS(branches >= 1);
  switch (branches) {
    case 2:
      return 4.0;
    case 4:
      return 2.5;
    case 8:
      return 1.5;
    default: {
      const double level =
          bisect(0.0, branches, [&](double x) { return branch_sum_below(branches, x) - 0.2; });
      return -to_db(level / branches);
    }
  }
}

RequiredSinr required_sinr(const Transmission& transmission, const LinkAssumptions& assumptions) {
  YONDER_EXPECTS(transmission.layers >= 1 && transmission.layers <= transmission.rx_branches);
  const int combined = transmission.rx_branches - transmission.layers + 1;
  RequiredSinr sum;
  sum.shannon_db = shannon_sinr_db(transmission.spectral_efficiency);
  sum.gap_db = implementation_gap_db(transmission.modulation_order);
  sum.short_block_db = short_block_loss_db(transmission.block_bits);
  sum.bler_db = bler_shift_db(transmission.spectral_efficiency, transmission.block_bits,
                              assumptions.bler_target);
  sum.channel_estimation_db = assumptions.channel_estimation_loss_db;
  sum.fading_db =
      assumptions.fading_loss_db ? *assumptions.fading_loss_db : fading_loss_db(combined);
  if (!assumptions.fading_loss_db && assumptions.most_fading_db) {
    sum.fading_db = std::min(sum.fading_db, *assumptions.most_fading_db);
  }
  sum.combining_db = to_db(combined);
  sum.layers_db = to_db(transmission.layers);
  return sum;
}

}  // namespace yonder::nr
