#include "tests/invariants/model_traits.h"

#include <algorithm>

#include "propagation/models.h"

namespace yonder::propagation {
namespace {

constexpr std::string_view kBaseAndMobile =
    "the formulas are of a base station and a mobile, which do not change places";
constexpr std::string_view kFlatEarth =
    "over flat ground, at heights far below the distance, an antenna raised clears more";
constexpr std::string_view kFirstTerm =
    "P.526-15 eqs. (17)-(18a): the branches of F(X) at 1.6 and of G(Y) at 2 meet within 0.018 dB";
constexpr std::string_view kLossGrows = "a formula that grows with log distance";
constexpr int kMillion = 1000000;

// How to add a model: docs/methods/verification.md.
std::vector<ModelTraits> make_traits() {
  return {
      {
          .id = "free_space",
          .usual = {},
          .reciprocal = true,
          .reciprocal_within_db = 1e-9,
          .reciprocity_source = "P.525-4 eq. (3): distance and frequency alone",
          .trends = {{"distance_m", Trend::rises, 0.0, "P.525-4 eq. (3)"},
                     {"frequency_mhz", Trend::rises, 0.0, "P.525-4 eq. (3)"}},
          .enhancement = Enhancement{1e-9, true, "is free space"},
          .everyday_paths = kMillion,
      },
      {
          .id = "okumura_hata",
          .usual = {},
          .reciprocity_source = kBaseAndMobile,
          .trends = {{"distance_m", Trend::rises, 0.0, kLossGrows},
                     {"frequency_mhz", Trend::rises, 0.0, "Hata 1980 eqs. (15), (22), (24)"},
                     {"tx.height_agl_m", Trend::falls, 0.0, "Hata 1980 eq. (15)"},
                     {"rx.height_agl_m", Trend::falls, 0.0, "Hata 1980 eqs. (11)-(13)"}},
          .geometry = Geometry::over_plane,
          .enhancement = Enhancement{30.02, true,
                                     "Hata 1980 eq. (24) in the corner of its range: open area, "
                                     "1500 MHz, 1 km, 200 m, 10 m; urban is never below"},
          .everyday_paths = kMillion,
      },
      {
          .id = "cost231_hata",
          .usual = {.frequency_mhz = 1800.0},
          .reciprocity_source = kBaseAndMobile,
          .trends = {{"distance_m", Trend::rises, 0.0, kLossGrows},
                     {"frequency_mhz", Trend::rises, 0.0, "COST 231 eq. (4.4.3)"},
                     {"tx.height_agl_m", Trend::falls, 0.0, "COST 231 eq. (4.4.3)"},
                     {"rx.height_agl_m", Trend::falls, 0.0, "Hata 1980 eq. (11)"}},
          .geometry = Geometry::over_plane,
          .enhancement =
              Enhancement{-2.26, true, "COST 231 eq. (4.4.3) at 1500 MHz, 1 km, 200 m, 10 m"},
          .everyday_paths = kMillion,
      },
      {
          .id = "extended_hata",
          .usual = {.frequency_mhz = 2000.0},
          .reciprocity_source = kBaseAndMobile,
          .trends = {{"distance_m", Trend::rises, 0.0, "TR-15-517 appendix A over even ground"},
                     {"location_percent", Trend::rises, 0.0, "a quantile"}},
          .steps =
              {{"frequency_mhz", 0.3,
                "TR-15-517 appendix A: either branch of the median at its breakpoint distance"},
               {"distance_m", 0.3, "likewise"}},
          .geometry = Geometry::over_plane,
          .enhancement_why_not =
              "Okumura's corrections for ridges and hills have no floor, and the source carries "
              "them on over ground that he did not measure",
      },
      {
          .id = "extended_hata_seamcat",
          .usual = {},
          .reciprocal = true,
          .reciprocal_within_db = 1e-9,
          .reciprocity_source = "SM.2028-2: higher and lower antenna",
          .trends = {{"distance_m", Trend::rises, 0.0, kLossGrows}},
          .steps = {{"frequency_mhz", 1.17, "its page: COST 231 begins at 1500 MHz"}},
          .geometry = Geometry::over_plane,
          .enhancement = Enhancement{0.05, true, "32.4 for 32.448"},
          .everyday_paths = kMillion,
      },
      {
          .id = "auto",
          .usual = {},
          .reciprocity_source = "P.528 serves by the transmitter's height; members see clutter at "
                                "the receiver only",
          .steps = {{"frequency_mhz", 12.0, "its members' own, at any share"},
                    {"distance_m", 12.0, "likewise"},
                    {"tx.height_agl_m", 12.0, "likewise"},
                    {"rx.height_agl_m", 12.0, "likewise"}},
          .enhancement_why_not = "a blend in dB of members, each bounded by its own entry",
          .share_answered = 0.2,
          .everyday_paths = 2000,
      },
      {
          .id = "itm",
          .usual = {},
          .reciprocity_source =
              "ITM 1.4 is symmetric but for the terrain irregularity, whose points it counts from "
              "the transmitter: either way differs by some dB, in NTIA's program too",
          .trends = {{"distance_m",
                      Trend::rises,
                      0.0,
                      "within and just beyond the horizon",
                      {},
                      1e3,
                      3e5,
                      true},
                     {"variability.time_percent", Trend::rises, 0.0, "a quantile"},
                     {"variability.location_percent", Trend::rises, 0.0, "a quantile"},
                     {"variability.situation_percent", Trend::rises, 0.0, "a quantile"}},
          // All held against NTIA's program, which steps at the same inputs by the same amounts.
          .steps = {{"frequency_mhz", 80.0,
                     "Algorithm page 11: scatter is not defined where r1 and r2 are below 0.2, and "
                     "is taken as infinite; 78.58 dB at 21.7 MHz, 553.8 km, 2.08 m and 4.57 m"},
                    {"distance_m", 80.0, "likewise; 9.64 dB at 918.87 km, 900 MHz, 40 m, 1.5 m"},
                    {"tx.height_agl_m", 80.0, "likewise; 5.77 dB at 2240 m, 671 km, 10.9 GHz"},
                    {"rx.height_agl_m", 80.0, "likewise"}},
          .geometry = Geometry::horizontal,
          .enhancement = Enhancement{6.0, true,
                                     "ITM 1.4: gains over free space are damped to a tenth beyond "
                                     "some dB, not bounded"},
          .rows = {{.row = 4,
                    .parameters = {{"n0", 250.0}},
                    .ground_below_m = 4900.0,
                    .ground_above_m = -100.0,
                    .parameters_above = {{"n0", 400.0}}},
                   {.row = 5,
                    .unreachable = "with 150 to 400 N-units the radius is 7139 to 11258 km"}},
      },
      {
          .id = "itu_p528",
          .usual = {.distance_m = 100e3, .tx_m = 1000.0, .rx_m = 15.0},
          .reciprocal = true,
          .reciprocal_within_db = 1e-9,
          .reciprocity_source = "P.528-5 annex 2 orders the terminals by height",
          .trends = {{"time_percent", Trend::rises, 0.0, "a quantile", {}, 10.0, 99.0},
                     {"time_percent",
                      Trend::rises,
                      0.0,
                      "a quantile; at 10 % the cap on gains of section 14 ends with a step",
                      {},
                      1.0,
                      9.999}},
          .steps = {{"distance_m", 0.05, "annex 2 section 6: the reflection is found within 1 m"},
                    {"tx.height_agl_m", 0.1, "likewise"},
                    {"rx.height_agl_m", 0.1, "likewise"}},
          .geometry = Geometry::over_plane,
          .enhancement = Enhancement{14.0, true,
                                     "annex 2 sections 8, 13, 14: 6 dB of two rays and the "
                                     "variation at 1 % of time"},
          .everyday_paths = 2000,
          .paths_per_terminals = 100,
      },
      {
          .id = "itu_p1812",
          .usual = {},
          .reciprocal = true,
          .reciprocal_within_db = 1e-5,
          .reciprocity_source =
              "P.1812-8 section 1: the same either way but for clutter and sea at "
              "the receiver, which the median without a cell does not see",
          // Just past the horizon eq. (58) goes over to ducting, and the loss falls by some dB.
          .trends =
              {{"distance_m", Trend::rises, 0.0, "before the horizon", {}, 250.0, 30e3, true},
               {"distance_m", Trend::rises, 0.0, "well beyond it", {}, 50e3, 3e6, true},
               {"tx.height_agl_m", Trend::falls, 0.05, kFlatEarth, {}, 1.0, 100.0, true},
               {"rx.height_agl_m", Trend::falls, 0.05, kFlatEarth, {}, 1.0, 100.0, true},
               {"time_percent", Trend::rises, 0.0, "a quantile"},
               {"location_percent", Trend::rises, 0.0, "a quantile", {{"cell_width_m", 100.0}}}},
          .steps = {{"frequency_mhz", 0.036, kFirstTerm},
                    {"distance_m", 1.0,
                     "P.1812-8 attachment 1: horizons are points of the profile, and change"},
                    {"tx.height_agl_m", 1.0, "likewise"},
                    {"rx.height_agl_m", 1.0, "likewise"}},
          .enhancement = Enhancement{4.466, true,
                                     "P.1812-8 eq. (9a) at 1 % of time, and 0.048 dB of the "
                                     "rounded constant of eq. (8)"},
      },
      {
          .id = "itu_p2001",
          .usual = {},
          .reciprocal = true,
          .reciprocal_within_db = 0.01,
          .reciprocity_source = "P.2001-4 section 1: the same either way",
          .trends = {{"distance_m", Trend::rises, 0.02, "more of everything", {}, 100.0, 1e6, true},
                     {"time_percent", Trend::rises, 0.011, "a quantile"}},
          .steps = {{"frequency_mhz", 0.036, kFirstTerm},
                    {"distance_m", 0.5,
                     "P.2001-4 section 3.7: horizons are points of the profile, and change"},
                    {"tx.height_agl_m", 0.5, "likewise"},
                    {"rx.height_agl_m", 0.5, "likewise"}},
          .enhancement = Enhancement{3.07, false,
                                     "P.2001-4 section 5: sub-models 1 and 2 add as powers, up to "
                                     "3.01 dB where equal (meters over an equatorial sea), and the "
                                     "rounded constant of eq. (3.11.1)"},
          .everyday_paths = 5000,
      },
      {
          .id = "tr38901_rma",
          .usual = {.distance_m = 2000.0, .rx_m = 1.5},
          .reciprocity_source = kBaseAndMobile,
          .trends = {{"distance_m",
                      Trend::rises,
                      0.04,
                      "the breakpoint, see below",
                      {{"line_of_sight", "true"}}},
                     {"distance_m", Trend::rises, 0.0, kLossGrows, {{"line_of_sight", "false"}}},
                     {"distance_m", Trend::rises, 0.0, kLossGrows},
                     {"frequency_mhz", Trend::rises, 0.0, kLossGrows}},
          .steps = {{"distance_m", 0.04,
                     "table 7.4.1-1: a horizontal breakpoint put in for a slant distance"}},
          .geometry = Geometry::over_plane,
          .enhancement = Enhancement{4.78, true,
                                     "TR 38.901 table 7.4.1-1: 14.77 dB less 10 log10 d, buildings "
                                     "of 50 m, 10 m away"},
          .rows = {{.row = 4, .parameters = {{"line_of_sight", "false"}}}},
          .everyday_paths = kMillion,
      },
      {
          .id = "tr38901_uma",
          .usual = {.distance_m = 500.0, .tx_m = 25.0},
          .reciprocity_source = kBaseAndMobile,
          .trends = {{"distance_m", Trend::rises, 0.0, kLossGrows, {{"line_of_sight", "true"}}},
                     {"distance_m", Trend::rises, 0.0, kLossGrows, {{"line_of_sight", "false"}}},
                     {"distance_m", Trend::rises, 0.0, kLossGrows},
                     {"frequency_mhz", Trend::rises, 0.0, kLossGrows}},
          .steps = {{"distance_m", 1.0,
                     "table 7.4.2-1: C' of terminals above 13 m counts from 18 m on"},
                    {"tx.height_agl_m", 6.0, "table 7.4.1-1 note 1: h_E from a list of heights"},
                    {"rx.height_agl_m", 6.0, "likewise, the list grows every 3 m"}},
          .geometry = Geometry::over_plane,
          .enhancement =
              Enhancement{2.448, true, "TR 38.901 table 7.4.1-1: 28 + 22 log10 d at 10 m"},
          .everyday_paths = kMillion,
      },
      {
          .id = "tr38901_umi",
          .usual = {.distance_m = 500.0, .tx_m = 10.0},
          .reciprocity_source = kBaseAndMobile,
          .trends = {{"distance_m", Trend::rises, 0.0, kLossGrows, {{"line_of_sight", "true"}}},
                     {"distance_m", Trend::rises, 0.0, kLossGrows, {{"line_of_sight", "false"}}},
                     {"distance_m", Trend::rises, 0.0, kLossGrows},
                     {"frequency_mhz", Trend::rises, 0.0, kLossGrows}},
          .geometry = Geometry::over_plane,
          .enhancement =
              Enhancement{-0.95, true, "TR 38.901 table 7.4.1-1: 32.4 + 21 log10 d at 10 m"},
          .everyday_paths = kMillion,
      },
      {
          .id = "tr36777_rma_av",
          .usual = {.distance_m = 3000.0, .tx_m = 35.0, .rx_m = 100.0},
          .reciprocity_source = kBaseAndMobile,
          .trends = {{"distance_m", Trend::rises, 0.0, kLossGrows, {{"line_of_sight", "true"}}},
                     {"distance_m", Trend::rises, 0.0, kLossGrows, {{"line_of_sight", "false"}}},
                     {"distance_m", Trend::rises, 0.0, kLossGrows},
                     {"frequency_mhz", Trend::rises, 0.0, kLossGrows}},
          .steps = {{"rx.height_agl_m", 20.0,
                     "TR 36.777 table B-1: certain line of sight from 40 m up, and not below"}},
          .geometry = Geometry::over_plane,
          .enhancement = Enhancement{0.01, true, "TR 36.777 table B-2: the velocity of light"},
          .rows = {{.row = 4, .parameters = {{"line_of_sight", "false"}}}},
          .everyday_paths = kMillion,
      },
      {
          .id = "two_ray_sea",
          .usual = {.distance_m = 3000.0, .tx_m = 100.0, .rx_m = 20.0},
          .reciprocal = true,
          .reciprocal_within_db = 1e-6,
          .reciprocity_source = "geometry of rays",
          .enhancement = Enhancement{6.021, true, "20 log10 2"},
          .share_answered = 0.05,
          .everyday_paths = kMillion,
      },
      {
          .id = "leaky_feeder",
          .usual = {.distance_m = 500.0},
          .reciprocity_source = "distance is along the cable, from its feeding end",
          .trends = {{"distance_m", Trend::rises, 0.0, "attenuation along the cable"}},
          .enhancement_why_not = "a guided wave: coupling loss takes the place of spreading",
          .share_answered = 0.2,
          .everyday_paths = kMillion,
      },
      {
          .id = "spm",
          .usual = {},
          .reciprocity_source = kBaseAndMobile,
          .trends = {{"distance_m",
                      Trend::rises,
                      0.0,
                      "K2 + K5 log H_eff is positive",
                      {{"diffraction", "none"}}}},
          .steps = {{"frequency_mhz", 12.1,
                     "Deygout 1966: the principal edge is one point of the profile, and changes; "
                     "where it "
                     "begins to block sight, up to two side edges of 6.03 dB each come in"},
                    {"distance_m", 12.1, "likewise"},
                    {"tx.height_agl_m", 12.1, "likewise"},
                    {"rx.height_agl_m", 12.1, "likewise"}},
          .enhancement = Enhancement{1e-9, false, "its parameter limit_to_free_space"},
      },
      {
          .id = "itu_p526",
          .usual = {},
          .reciprocal = true,
          .reciprocal_within_db = 1e-5,
          .reciprocity_source = "geometry of edges",
          .trends = {{"distance_m", Trend::rises, 0.0, "spreading and the earth's bulge"},
                     {"tx.height_agl_m", Trend::falls, 0.05, kFlatEarth, {}, 0.1, 100.0, true},
                     {"rx.height_agl_m", Trend::falls, 0.05, kFlatEarth, {}, 0.1, 100.0, true}},
          .steps = {{"frequency_mhz", 0.036, kFirstTerm},
                    {"distance_m", 0.036, kFirstTerm},
                    {"tx.height_agl_m", 0.036, kFirstTerm},
                    {"rx.height_agl_m", 0.036, kFirstTerm}},
          .enhancement = Enhancement{1e-9, false,
                                     "section 4.5: nothing is below 0; the first residue term "
                                     "alone (spherical_earth) is, for low antennas below 30 MHz"},
      },
  };
}

}  // namespace

const std::vector<ModelTraits>& all_traits() {
  static const std::vector<ModelTraits> kTraits = make_traits();
  return kTraits;
}

std::vector<const ModelInfo*> models_to_try() {
  std::vector<const ModelInfo*> models;
  for (const ModelInfo* info : all_models()) {
    const bool needs_file = std::ranges::any_of(info->parameters, [](const ParameterSpec& spec) {
      return spec.required && spec.table != TableForm::none;
    });
    if (!needs_file) models.push_back(info);
  }
  return models;
}

const ModelTraits* find_traits(std::string_view id) {
  for (const ModelTraits& traits : all_traits()) {
    if (traits.id == id) return &traits;
  }
  return nullptr;
}

}  // namespace yonder::propagation
