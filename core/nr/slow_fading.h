#pragma once

/// Slow (log-normal) fading: the margin that a wanted probability costs, at the cell's edge and
/// over its area, and the probability that a margin buys. W. C. Jakes, "Microwave Mobile
/// Communications" (1974), section 2.5.3. Probabilities are 0 < p < 1, sigma in dB > 0; others
/// throw std::invalid_argument.
namespace yonder::nr {

/// Phi(margin / sigma): the probability that a place whose median exceeds the need by `margin_db`
/// (negative: falls short of it) is served. With sigma 0: 1 where the margin is >= 0, else 0.
double coverage_probability(double margin_db, double sigma_db);

/// The margin that serves a share `edge_probability` of the places at the cell's edge:
/// sigma Phi^-1(P_e).
double margin_for_edge_db(double edge_probability, double sigma_db);

/// The share of a whole cell's area that is served when its edge has `margin_db` and the loss rises
/// by 10 n dB per decade of distance (`path_loss_exponent` n > 0).
double area_probability(double margin_db, double sigma_db, double path_loss_exponent);

/// The margin at the edge that serves a share `area_probability` of the area: the inverse of the
/// above.
double margin_for_area_db(double area_probability, double sigma_db, double path_loss_exponent);

}  // namespace yonder::nr
