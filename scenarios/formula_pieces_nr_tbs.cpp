#include <array>
#include <cmath>
#include <limits>

#include "core/nr/transport_block.h"
#include "core/text.h"
#include "scenarios/loss_cases.h"
#include "scenarios/piece_reader.h"

/// NR's transport block size in case files: TS 38.214 section 5.1.3.2.
namespace yonder::scenarios::pieces {
namespace {

constexpr std::string_view kSource = "TS 38.214 section 5.1.3.2";

int whole(PieceReader& reader, std::string_view key, double min, double max) {
  const double number = reader.number({key, "", min, max, true, true, kSource});
  if (number != std::floor(number)) {
    throw CaseError{
        "wrong_value", std::string(key),
        "'" + std::string(key) + "' must be a whole number, not " + number_text(number)};
  }
  return static_cast<int>(number);
}

int one_of(PieceReader& reader, std::string_view key, std::span<const int> allowed) {
  const int number = whole(reader, key, allowed.front(), allowed.back());
  std::string listed;
  for (const int one : allowed) {
    if (one == number) return number;
    listed += (listed.empty() ? "" : ", ") + std::to_string(one);
  }
  throw CaseError{
      "wrong_value", std::string(key),
      "'" + std::string(key) + "' cannot be " + std::to_string(number) + "; valid: " + listed};
}

}  // namespace

nlohmann::ordered_json nr_tbs(const nlohmann::json& loss_case) {
  static constexpr auto kOverheads = std::to_array<int>({0, 6, 12, 18});
  static constexpr auto kOrders = std::to_array<int>({1, 2, 4, 6, 8, 10});
  PieceReader reader(loss_case);
  const nr::SlotAllocation allocation{
      .prbs = whole(reader, "prbs", 1, 275),
      .symbols = whole(reader, "symbols", 1, 14),
      .dmrs_re_per_prb = whole(reader, "dmrs_re_per_prb", 0, 12 * 14),
      .overhead_re_per_prb = one_of(reader, "overhead_re_per_prb", kOverheads)};
  const int order = one_of(reader, "modulation_order", kOrders);
  const double code_rate_x1024 =
      reader.number({"target_code_rate_x1024", "", 0.0, 1024.0, false, false, kSource});
  const int layers = whole(reader, "layers", 1, 4);
  reader.finish();
  const int elements = nr::resource_elements(allocation);
  if (elements == 0) {
    throw CaseError{"not_applicable", "symbols",
                    "demodulation reference signals and overhead leave no resource element of " +
                        std::to_string(allocation.symbols) + " symbols"};
  }
  return {{"tbs_bits", nr::transport_block_bits(elements, code_rate_x1024, order, layers)}};
}

}  // namespace yonder::scenarios::pieces
