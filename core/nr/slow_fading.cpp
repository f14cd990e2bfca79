#include "core/nr/slow_fading.h"

#include <cmath>
#include <stdexcept>
#include <string>

#include "core/text.h"
#include "core/units.h"

namespace yonder::nr {
namespace {

void expect_probability(const char* name, double probability) {
  if (probability > 0.0 && probability < 1.0) return;
  throw std::invalid_argument(std::string(name) + " " + number_text(probability) +
                              " is not between 0 and 1 (0.9 for 90 %)");
}

void expect_positive(const char* name, double value) {
  if (value > 0.0 && std::isfinite(value)) return;
  throw std::invalid_argument(std::string(name) + " " + number_text(value) + " is not above 0");
}

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

/// The x in [low, high] where a rising function reaches `wanted`, by bisection to the last bit.
template <typename Function>
double solve_rising(const Function& function, double wanted, double low, double high) {
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    (function(middle) < wanted ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

/// exp(y^2) erfc(y): for large y its asymptotic series, where the factors leave double's range.
double scaled_erfc(double y) {
  if (y < 20.0) return std::exp(y * y) * std::erfc(y);
  const double s = 1.0 / (2.0 * y * y);
  return (1.0 - s * (1.0 - 3.0 * s * (1.0 - 5.0 * s))) / (y * std::sqrt(kPi));
}

/// Far enough for any probability that double tells from 0 and 1.
constexpr double kSigmas = 40.0;

}  // namespace

double coverage_probability(double margin_db, double sigma_db) {
  if (sigma_db == 0.0) return margin_db >= 0.0 ? 1.0 : 0.0;
  expect_positive("sigma_db", sigma_db);
  return normal_cdf(margin_db / sigma_db);
}

double margin_for_edge_db(double edge_probability, double sigma_db) {
  expect_probability("edge probability", edge_probability);
  expect_positive("sigma_db", sigma_db);
  return sigma_db * solve_rising(normal_cdf, edge_probability, -kSigmas, kSigmas);
}

double area_probability(double margin_db, double sigma_db, double path_loss_exponent) {
  expect_positive("sigma_db", sigma_db);
  expect_positive("path loss exponent", path_loss_exponent);
  const double a = -margin_db / (sigma_db * std::sqrt(2.0));
  const double b =
      10.0 * path_loss_exponent * std::log10(std::exp(1.0)) / (sigma_db * std::sqrt(2.0));
  // F = 1/2 [1 - erf a + exp((1 - 2ab)/b^2) (1 - erf((1 - ab)/b))]; with y = (1 - ab)/b the
  // exponent is y^2 - a^2, which keeps the product in range.
  const double y = (1.0 - a * b) / b;
  const double second =
      y > 0.0 ? std::exp(-a * a) * scaled_erfc(y) : std::exp(y * y - a * a) * std::erfc(y);
  return 0.5 * (std::erfc(a) + second);
}

double margin_for_area_db(double area, double sigma_db, double path_loss_exponent) {
  expect_probability("area probability", area);
  expect_positive("sigma_db", sigma_db);
  return sigma_db * solve_rising(
                        [&](double sigmas) {
                          return area_probability(sigmas * sigma_db, sigma_db, path_loss_exponent);
                        },
                        area, -kSigmas, kSigmas);
}

}  // namespace yonder::nr
