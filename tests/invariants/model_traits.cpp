#include "tests/invariants/model_traits.h"

#include "propagation/models.h"

namespace yonder::propagation {
namespace {

constexpr std::string_view kBaseAndMobile =
    "the formulas are of a base station and a mobile, which do not change places";
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
          .enhancement = Enhancement{20.0, true, "fit"},
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
          .enhancement = Enhancement{0.0, true, "fit"},
          .everyday_paths = kMillion,
      },
      {
          .id = "extended_hata",
          .usual = {.frequency_mhz = 2000.0},
          .reciprocity_source = kBaseAndMobile,
          .trends = {{"distance_m", Trend::rises, 0.0, ""},
                     {"frequency_mhz", Trend::rises, 0.0, ""},
                     {"tx.height_agl_m", Trend::falls, 0.0, ""},
                     {"location_percent", Trend::rises, 0.0, "a quantile"}},
          .geometry = Geometry::over_plane,
          .enhancement = Enhancement{20.0, false, ""},
      },
      {
          .id = "itm",
          .usual = {},
          .reciprocal = true,
          .reciprocal_within_db = 1e-6,
          .reciprocity_source = "",
          .trends = {{"distance_m", Trend::rises, 0.0, ""},
                     {"tx.height_agl_m", Trend::falls, 0.0, ""},
                     {"variability.time_percent", Trend::rises, 0.0, "a quantile"},
                     {"variability.location_percent", Trend::rises, 0.0, "a quantile"},
                     {"variability.situation_percent", Trend::rises, 0.0, "a quantile"}},
          .geometry = Geometry::horizontal,
          .enhancement = Enhancement{20.0, true, ""},
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
          .trends = {{"time_percent", Trend::rises, 0.0, "a quantile"}},
          .geometry = Geometry::over_plane,
          .enhancement = Enhancement{30.0, true, ""},
          .everyday_paths = 20000,
          .paths_per_terminals = 100,
      },
      {
          .id = "itu_p1812",
          .usual = {},
          .reciprocal = true,
          .reciprocal_within_db = 1e-5,
          .reciprocity_source = "",
          .trends = {{"distance_m", Trend::rises, 0.0, ""},
                     {"tx.height_agl_m", Trend::falls, 0.0, ""},
                     {"rx.height_agl_m", Trend::falls, 0.0, ""},
                     {"time_percent", Trend::rises, 0.0, "a quantile"},
                     {"location_percent", Trend::rises, 0.0, "a quantile",
                      {{"cell_width_m", 100.0}}}},
          .enhancement = Enhancement{4.42, true, "P.1812-8 eq. (8a) at 1 % of time"},
      },
      {
          .id = "itu_p2001",
          .usual = {},
          .reciprocal = true,
          .reciprocal_within_db = 0.01,
          .reciprocity_source = "",
          .trends = {{"distance_m", Trend::rises, 0.0, ""},
                     {"time_percent", Trend::rises, 0.011, "a quantile"}},
          .enhancement = Enhancement{30.0, false, ""},
          .everyday_paths = 5000,
      },
      {
          .id = "tr38901_rma",
          .usual = {.distance_m = 2000.0, .rx_m = 1.5},
          .reciprocity_source = kBaseAndMobile,
          .trends = {{"distance_m", Trend::rises, 0.0, kLossGrows, {{"line_of_sight", "true"}}},
                     {"distance_m", Trend::rises, 0.0, kLossGrows, {{"line_of_sight", "false"}}},
                     {"distance_m", Trend::rises, 0.0, kLossGrows},
                     {"frequency_mhz", Trend::rises, 0.0, kLossGrows}},
          .geometry = Geometry::over_plane,
          .enhancement = Enhancement{4.78, true, "TR 38.901 table 7.4.1-1: ..."},
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
          .geometry = Geometry::over_plane,
          .enhancement = Enhancement{2.45, true, "TR 38.901 table 7.4.1-1"},
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
          .enhancement = Enhancement{0.0, true, "TR 38.901 table 7.4.1-1"},
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
          .trends = {{"distance_m", Trend::rises, 0.0, "K2 + K5 log H_eff is positive"}},
          .enhancement = Enhancement{1e-9, false, "limit_to_free_space"},
      },
      {
          .id = "itu_p526",
          .usual = {},
          .reciprocal = true,
          .reciprocal_within_db = 1e-5,
          .reciprocity_source = "geometry of edges",
          .trends = {{"distance_m", Trend::rises, 0.0, ""},
                     {"tx.height_agl_m", Trend::falls, 0.0, ""}},
          .enhancement = Enhancement{0.0, true, ""},
      },
  };
}

}  // namespace

const std::vector<ModelTraits>& all_traits() {
  static const std::vector<ModelTraits> kTraits = make_traits();
  return kTraits;
}

const ModelTraits* find_traits(std::string_view id) {
  for (const ModelTraits& traits : all_traits()) {
    if (traits.id == id) return &traits;
  }
  return nullptr;
}

}  // namespace yonder::propagation
