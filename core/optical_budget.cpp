#include "core/optical_budget.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "core/text.h"

namespace yonder::optical {
namespace {

constexpr auto kClasses =
    std::to_array<PonClass>({{"B+", 13.0, 28.0, "ITU-T G.984.2 amendment 1"},
                             {"C+", 17.0, 32.0, "ITU-T G.984.2 amendment 2"}});

/// Outputs 2, 4, … 64: 10 log10 of them and an excess that grows with the stages.
constexpr std::array<double, 6> kSplitterDb = {3.5, 7.2, 10.5, 13.8, 17.1, 20.5};

void demand(bool holds, const std::string& otherwise) {
  if (!holds) throw std::invalid_argument(otherwise);
}

void check(const Link& link) {
  demand(link.length_m >= 0.0, "the fibre's length is negative");
  demand(link.fibre_db_per_km > 0.0, "a fibre without attenuation would reach any distance");
  demand(link.connectors >= 0 && link.splices >= 0 && link.connector_db >= 0.0 &&
             link.splice_db >= 0.0 && link.margin_db >= 0.0,
         "numbers and losses of connectors and splices, and the margin, are not negative");
  demand(link.greatest_loss_db > link.least_loss_db,
         "the transceivers bear at most " + number_text(link.greatest_loss_db) +
             " dB, and are overloaded below " + number_text(link.least_loss_db));
  demand(!link.point_to_point || link.splitters.empty(),
         "has splitters, and point-to-point optics has one end on each side: leave them out, or "
         "make it a PON");
}

}  // namespace

std::span<const PonClass> pon_classes() { return kClasses; }

const PonClass* find_pon_class(std::string_view name) {
  const auto it = std::ranges::find(kClasses, name, &PonClass::name);
  return it == kClasses.end() ? nullptr : &*it;
}

double splitter_loss_db(int outputs) {
  if (outputs == 1) return 0.0;
  for (std::size_t i = 0; i < kSplitterDb.size(); ++i) {
    if (outputs == 2 << i) return kSplitterDb[i];
  }
  throw std::invalid_argument("there is no splitter with " + std::to_string(outputs) +
                              " outputs: 2, 4, 8, 16, 32 or 64");
}

std::string_view verdict_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::works:
      return "works";
    case Verdict::too_much_loss:
      return "too much loss";
    case Verdict::beyond_reach:
      return "beyond the reach";
    case Verdict::too_little_loss:
      return "needs an attenuator";
  }
  return "";
}

Budget make_budget(const Link& link) {
  check(link);
  Budget budget;
  const double length_km = link.length_m / 1000.0;
  budget.rows.push_back({"fibre, " + number_text(length_km) + " km of " +
                             number_text(link.fibre_db_per_km) + " dB/km",
                         length_km * link.fibre_db_per_km});
  for (const int outputs : link.splitters) {
    budget.rows.push_back({"splitter 1:" + std::to_string(outputs), splitter_loss_db(outputs)});
    // Each is at most 64, so that two stages cannot overflow; more stop here.
    budget.terminals *= outputs;
    demand(budget.terminals <= kPonTerminals,
           "the splitters serve " + std::to_string(budget.terminals) +
               " terminals, and a G-PON tells " + std::to_string(kPonTerminals) + " apart");
  }
  budget.rows.push_back(
      {std::to_string(link.connectors) + " connectors of " + number_text(link.connector_db) + " dB",
       link.connectors * link.connector_db});
  budget.rows.push_back(
      {std::to_string(link.splices) + " splices of " + number_text(link.splice_db) + " dB",
       link.splices * link.splice_db});
  for (const Row& row : budget.rows) budget.loss_db += row.loss_db;
  budget.spare_db = link.greatest_loss_db - budget.loss_db - link.margin_db;

  const double for_fibre_db = budget.spare_db + budget.rows.front().loss_db;
  const double by_loss_m = std::max(0.0, 1000.0 * for_fibre_db / link.fibre_db_per_km);
  const double reach_m =
      link.reach_m > 0.0 ? link.reach_m : std::numeric_limits<double>::infinity();
  budget.longest_by_reach = reach_m < by_loss_m;
  budget.longest_m = std::min(by_loss_m, reach_m);
  if (budget.spare_db < 0.0) {
    budget.verdict = Verdict::too_much_loss;
  } else if (link.length_m > reach_m) {
    budget.verdict = Verdict::beyond_reach;
  } else if (budget.loss_db < link.least_loss_db) {
    budget.verdict = Verdict::too_little_loss;
  }
  return budget;
}

}  // namespace yonder::optical
