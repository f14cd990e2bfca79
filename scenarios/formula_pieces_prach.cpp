#include <array>
#include <cmath>

#include "core/nr/prach.h"
#include "core/nr/prach_roots.h"
#include "scenarios/loss_cases.h"
#include "scenarios/piece_reader.h"

/// PRACH range in case files.
namespace yonder::scenarios::pieces {
namespace {

constexpr std::string_view kSource = "TS 38.211 section 6.3.3.1";

int whole_number(PieceReader& reader, const RangeSpec& range) {
  const double value = reader.number(range);
  if (value == std::floor(value)) return static_cast<int>(value);
  throw CaseError{"wrong_value", std::string(range.name),
                  "'" + std::string(range.name) + "' must be a whole number"};
}

/// 0 to 3 may be written as numbers.
nr::PrachFormat read_format(PieceReader& reader, const nlohmann::json& loss_case) {
  const auto format = loss_case.find("format");
  if (format != loss_case.end() && format->is_string()) {
    return static_cast<nr::PrachFormat>(reader.choice("format", nr::kPrachFormatNames));
  }
  return static_cast<nr::PrachFormat>(
      whole_number(reader, {"format", "", 0.0, 3.0, true, true, kSource}));
}

}  // namespace

nlohmann::ordered_json nr_prach_range(const nlohmann::json& loss_case) {
  PieceReader reader(loss_case);
  nr::PrachConfig config;
  config.format = read_format(reader, loss_case);
  const auto own_spacing_hz = nr::own_subcarrier_spacing_hz(config.format);
  if (!own_spacing_hz || reader.has("subcarrier_spacing_khz")) {
    config.subcarrier_spacing_hz =
        1e3 * reader.number({"subcarrier_spacing_khz", "kHz", 1.25, 120.0, true, true, kSource});
  } else {
    config.subcarrier_spacing_hz = *own_spacing_hz;
  }
  config.restricted_set =
      static_cast<nr::RestrictedSet>(reader.choice("restricted_set", nr::kRestrictedSetNames));
  config.zero_correlation_zone_config =
      whole_number(reader, {"zero_correlation_zone_config", "", 0.0, 15.0, true, true, kSource});
  const double delay_spread_us =
      reader.number({"delay_spread_us", "us", 0.0, 1000.0, true, true, {}});
  const bool has_root = reader.has("root_sequence_index");
  const int root =
      has_root ? whole_number(reader, {"root_sequence_index", "", 0.0,
                                       static_cast<double>(nr::root_count(config.format) - 1), true,
                                       true, kSource})
               : 0;
  reader.finish();
  try {
    const nr::PrachRange range = nr::prach_range(config, delay_spread_us * 1e-6);
    const auto or_null = [](const auto& value) {
      return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
    };
    nlohmann::ordered_json answer{{"n_cs", range.n_cs},
                                  {"cyclic_prefix_us", range.timing.cyclic_prefix_s * 1e6},
                                  {"guard_time_us", range.timing.guard_time_s * 1e6},
                                  {"cyclic_prefix_limit_m", range.cyclic_prefix_limit_m},
                                  {"guard_time_limit_m", or_null(range.guard_time_limit_m)},
                                  {"n_cs_limit_m", or_null(range.n_cs_limit_m)},
                                  {"max_radius_m", range.max_radius_m},
                                  {"binding", nr::prach_limit_id(range.binding)}};
    // In the restricted sets both depend on the roots that the cell is given.
    if (const auto each = nr::preambles_per_root(config)) answer["preambles_per_root"] = *each;
    if (has_root || config.restricted_set == nr::RestrictedSet::unrestricted) {
      answer["roots_for_64_preambles"] = or_null(nr::roots_for_64_preambles(config, root));
    }
    return answer;
  } catch (const ParameterError& error) {
    const bool spacing = error.parameter() == "subcarrier_spacing_hz";
    const bool row = error.parameter() == "zero_correlation_zone_config";
    throw CaseError{row ? "reserved" : "conflict",
                    spacing ? "subcarrier_spacing_khz" : error.parameter(), error.what()};
  }
}

}  // namespace yonder::scenarios::pieces
