#pragma once

#include <optional>
#include <span>

/// Whether a voice call is connected: the product of its steps' success, each of which may be tried
/// several times at the local signal.
namespace yonder::shapes {

/// Probability that a block or preamble is lost when its mean signal exceeds the need by
/// `margin_db`: outage of maximum-ratio combining of `branches` independent Rayleigh branches
/// (Proakis, Digital Communications, section 13.4: P = 1 - e^-x sum_{k<L} x^k / k!), whose scale is
/// set so that at margin 0 it is `target`, the share that the need itself allows. Preconditions:
/// branches >= 1, 0 < target < 1.
double loss_probability(double margin_db, int branches, double target);

/// How often steps are tried.
struct VoiceRules {
  int preamble_attempts = 10;  ///< preambleTransMax, TS 38.331
  int message_attempts = 4;    ///< transmissions of Msg3 and of a transport block (HARQ)
  /// Exchanges of one message each way: RRC setup, security mode, reconfiguration (TS 38.331
  /// sections 5.3.3 to 5.3.5).
  int rrc_exchanges = 3;
  int qos_flow_exchanges = 1;  ///< data radio bearer for 5QI 1 (TS 23.502 section 4.3.3)
  /// After the request: RRCReestablishment, then a reconfiguration that resumes the bearers.
  int reestablishment_exchanges = 2;
};

/// A cell that could carry a call: margins left of the median, without one for slow fading.
struct VoiceLink {
  bool reachable = false;  ///< there is such a cell, and its access range holds the place
  double prach_db = 0.0;
  double msg3_db = 0.0;
  double pdcch_db = 0.0;
  double voice_db = 0.0;
  int uplink_branches = 4;
  int downlink_branches = 2;
};

/// The signal at a place.
struct VoicePlace {
  VoiceLink nr;
  VoiceLink lte;          ///< that a call falls back to; not reachable: there is none
  double sigma_db = 0.0;  ///< of slow fading, common to all steps
};

/// Deviations of slow fading, in units of its sigma, that stand for equal shares of places.
std::span<const double> fading_deviations();

/// Steps of a call's setup, at a deviation of slow fading or as means over it.
struct VoiceSteps {
  double prach = 0.0;
  double msg3 = 0.0;
  double rrc = 0.0;
  double qos_flow = 0.0;  ///< its exchange, and voice blocks that get through
  /// All of them at once, or the same over LTE: above the product of the four means, for a place
  /// that is good for one step is good for all.
  double connected = 0.0;
};
VoiceSteps voice_steps(const VoicePlace& place, const VoiceRules& rules);
VoiceSteps voice_steps_at(const VoicePlace& place, double deviation, const VoiceRules& rules);

/// Whether a call that is up goes on at a place: control and voice find what they need.
bool carries_voice(const VoicePlace& place, double deviation);

/// That a connection survives a change of cell at a place, whose margins are those of the new cell.
/// The command arrives from a cell that is `lag_db` weaker (nullopt: that is not heard), then
/// random access and one message. Without a command the terminal re-establishes the connection
/// (TS 38.331 section 5.3.7): random access, the request as Msg3 and
/// rules.reestablishment_exchanges.
double handover_success(const VoicePlace& place, std::optional<double> lag_db,
                        const VoiceRules& rules);
double handover_success_at(const VoicePlace& place, std::optional<double> lag_db, double deviation,
                           const VoiceRules& rules);

/// What "all of N calls connected" proves at 95 %: a probability above 1 - 3 / N (rule of three).
double proven_by_all_connected(int calls);

}  // namespace yonder::shapes
