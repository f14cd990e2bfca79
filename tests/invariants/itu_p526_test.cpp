#include "propagation/models/itu_p526.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace yonder::propagation {
namespace {

constexpr std::array kMethods = {"spherical_earth", "bullington", "delta_bullington", "deygout",
                                 "cascaded_knife_edge"};

struct Case {
  PathProfile profile;
  PathLossInput input;
  ParameterValues values;
};

class Cases {
 public:
  Case next() {
    Case out;
    const auto n = static_cast<std::size_t>(log_between(3, 150));
    out.profile.resize(n);
    const double length = log_between(10.0, 1e6);
    const double relief = unit() < 0.2 ? 0.0 : log_between(0.1, 4000);
    for (std::size_t i = 0; i < n; ++i) {
      out.profile.distance_m[i] = length * static_cast<double>(i) / static_cast<double>(n - 1);
      out.profile.ground_amsl_m[i] = relief * unit();
      out.profile.clutter_height_m[i] = unit() < 0.5 ? 0.0 : 30 * unit();
      out.profile.zone[i] = unit() < 0.5 ? Zone::sea : Zone::inland;
    }
    out.profile.distance_m.back() = length;
    out.input.frequency_hz = log_between(10e6, 100e9);
    out.input.polarization = unit() < 0.5 ? Polarization::horizontal : Polarization::vertical;
    out.input.distance_m = length;
    out.input.tx.height_agl_m = log_between(0.01, 20e3);
    out.input.rx.height_agl_m = log_between(0.01, 20e3);
    out.values["effective_earth_radius_km"] = log_between(1000, 1e6);
    return out;
  }

 private:
  double unit() { return std::uniform_real_distribution<double>(0.0, 1.0)(random_); }
  double log_between(double low, double high) { return low * std::pow(high / low, unit()); }
  std::mt19937_64 random_{526};
};

TEST(ItuP526Invariants, EveryMethodHasAFiniteLossNotBelowFreeSpaceAndTheSameBothWays) {
  Cases cases;
  Workspace workspace;
  Terms terms;
  for (int trial = 0; trial < 4000; ++trial) {
    Case forth = cases.next();
    forth.input.profile = forth.profile.view();
    Case back = forth;
    PathProfile& profile = back.profile;
    const double length = profile.distance_m.back();
    std::reverse(profile.distance_m.begin(), profile.distance_m.end());
    for (double& x : profile.distance_m) x = length - x;
    std::reverse(profile.ground_amsl_m.begin(), profile.ground_amsl_m.end());
    std::reverse(profile.clutter_height_m.begin(), profile.clutter_height_m.end());
    std::reverse(profile.zone.begin(), profile.zone.end());
    std::swap(back.input.tx, back.input.rx);
    back.input.profile = profile.view();
    for (const char* method : kMethods) {
      forth.values["method"] = back.values["method"] = std::string(method);
      terms.clear();
      const auto model = itu_p526::kModelInfo.make(forth.values);
      const PathLossResult there = model->evaluate(forth.input, workspace, &terms);
      ASSERT_TRUE(there.ok()) << method << " " << trial;
      ASSERT_TRUE(std::isfinite(there.loss_db)) << method << " " << trial;
      // Below 20 MHz the first term of a vertically polarised wave over the sea may lie below free
      // space.
      if (forth.input.frequency_hz >= 30e6) {
        ASSERT_GE(std::get<double>(terms.find("diffraction_db")->value), 0.0)
            << method << " " << trial;
      }
      const double back_db = model->evaluate(back.input, workspace).loss_db;
      ASSERT_NEAR(back_db, there.loss_db, 1e-5 + 1e-9 * there.loss_db) << method << " " << trial;
    }
  }
}

}  // namespace
}  // namespace yonder::propagation
