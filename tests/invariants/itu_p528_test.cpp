#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "propagation/models.h"

namespace yonder::propagation {
namespace {

TEST(ItuP528, HasAFiniteLossOverRandomPaths) {
  std::mt19937 random(3);
  const auto logarithmic = [&](double from, double to) {
    return std::exp(std::uniform_real_distribution<double>(std::log(from), std::log(to))(random));
  };
  Workspace workspace;
  for (int k = 0; k < 1000; ++k) {
    PathLossInput input;
    input.frequency_hz = logarithmic(100e6, 30e9);
    input.polarization = k % 2 ? Polarization::vertical : Polarization::horizontal;
    input.distance_m = logarithmic(1.0, 1800e3);
    input.tx.height_agl_m = logarithmic(1.5, 20000.0);
    input.rx.height_agl_m = k % 5 == 0 ? input.tx.height_agl_m : logarithmic(1.5, 20000.0);
    const double percent = std::uniform_real_distribution<double>(1.0, 99.0)(random);
    const PathLossResult result =
        find_model("itu_p528")->make({{"time_percent", percent}})->evaluate(input, workspace);
    ASSERT_TRUE(result.ok()) << k;
    ASSERT_TRUE(std::isfinite(result.loss_db)) << k;
  }
}

}  // namespace
}  // namespace yonder::propagation
