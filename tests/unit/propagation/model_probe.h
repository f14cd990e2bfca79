#pragma once

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "propagation/models.h"

/// One path through one model, written briefly for tests.
namespace yonder::propagation {

struct Probe {
  double frequency_mhz = 900.0;
  double distance_m = 5000.0;
  double tx_m = 30.0;
  double rx_m = 1.5;
  PathProfile profile;  ///< when not empty, its length is the distance
  Polarization polarization = Polarization::vertical;
};

/// A profile of equal steps over the given heights, all land without clutter.
inline PathProfile profile_of(std::vector<double> ground_amsl_m, double step_m,
                              Zone zone = Zone::inland) {
  PathProfile profile;
  profile.ground_amsl_m = std::move(ground_amsl_m);
  profile.clutter_height_m.assign(profile.ground_amsl_m.size(), 0.0);
  profile.zone.assign(profile.ground_amsl_m.size(), zone);
  for (std::size_t i = 0; i < profile.ground_amsl_m.size(); ++i) {
    profile.distance_m.push_back(static_cast<double>(i) * step_m);
  }
  return profile;
}

inline PathLossResult run(const std::string& model, const Probe& probe,
                          const ParameterValues& parameters = {}, Terms* terms = nullptr) {
  Workspace workspace;
  PathLossInput input;
  input.frequency_hz = probe.frequency_mhz * 1e6;
  input.polarization = probe.polarization;
  input.tx.height_agl_m = probe.tx_m;
  input.rx.height_agl_m = probe.rx_m;
  input.profile = probe.profile.view();
  input.distance_m = input.profile.empty() ? probe.distance_m : input.profile.length_m();
  return find_model(model)->make(parameters)->evaluate(input, workspace, terms);
}

inline double loss_of(const std::string& model, const Probe& probe,
                      const ParameterValues& parameters = {}) {
  return run(model, probe, parameters).loss_db;
}

inline double term_of(const std::string& model, const Probe& probe, std::string_view term,
                      const ParameterValues& parameters = {}) {
  Terms terms;
  run(model, probe, parameters, &terms);
  const Term* found = terms.find(term);
  return found == nullptr ? std::numeric_limits<double>::quiet_NaN()
                          : std::get<double>(found->value);
}

}  // namespace yonder::propagation
