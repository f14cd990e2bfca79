#pragma once

namespace yonder::propagation::p528 {

/// Variation about the median, dB, of a constant wave with a scattered one, that is exceeded in
/// `time_percent` (1..99) of the time. `ratio_db`: power of the scattered wave over the constant
/// one, K; held at the ends of -40..20 dB. Linear between tabulated ratios and percentages. Source:
/// P.528-5 annex 2, table of Nakagami-Rice distributions.
double nakagami_rice_db(double ratio_db, double time_percent);

/// The ratio K, dB, whose variation at 99 % of the time is given; held at the ends of the table.
double ratio_with_variation_db(double variation_99_db);

}  // namespace yonder::propagation::p528
