#include "core/nr/mcs.h"

#include <array>

namespace yonder::nr {
namespace {

/// A run of entries of one modulation: code rates times 1024, as tabulated.
template <std::size_t N2, std::size_t N4, std::size_t N6, std::size_t N8 = 0>
constexpr auto table(const std::array<double, N2>& qpsk, const std::array<double, N4>& qam16,
                     const std::array<double, N6>& qam64,
                     const std::array<double, N8>& qam256 = {}) {
  std::array<Mcs, N2 + N4 + N6 + N8> entries{};
  int index = 0;
  const auto add = [&](const auto& rates, int order) {
    for (const double rate : rates) {
      entries[static_cast<std::size_t>(index)] = {index, order, rate};
      ++index;
    }
  };
  add(qpsk, 2);
  add(qam16, 4);
  add(qam64, 6);
  add(qam256, 8);
  return entries;
}

// TS 38.214 V17 table 5.1.3.1-1.
constexpr auto kQam64 =
    table(std::to_array<double>({120, 157, 193, 251, 308, 379, 449, 526, 602, 679}),
          std::to_array<double>({340, 378, 434, 490, 553, 616, 658}),
          std::to_array<double>({438, 466, 517, 567, 616, 666, 719, 772, 822, 873, 910, 948}));

// TS 38.214 V17 table 5.1.3.1-2.
constexpr auto kQam256 = table(std::to_array<double>({120, 193, 308, 449, 602}),
                               std::to_array<double>({378, 434, 490, 553, 616, 658}),
                               std::to_array<double>({466, 517, 567, 616, 666, 719, 772, 822, 873}),
                               std::to_array<double>({682.5, 711, 754, 797, 841, 885, 916.5, 948}));

// TS 38.214 V17 table 5.1.3.1-3.
constexpr auto kQam64LowSe = table(
    std::to_array<double>({30, 40, 50, 64, 78, 99, 120, 157, 193, 251, 308, 379, 449, 526, 602}),
    std::to_array<double>({340, 378, 434, 490, 553, 616}),
    std::to_array<double>({438, 466, 517, 567, 616, 666, 719, 772}));

// TS 38.214 V17 table 6.1.4.1-1; its first two entries are 240/q and 314/q with order q.
constexpr auto kPrecodedQam64 =
    table(std::to_array<double>({120, 157, 193, 251, 308, 379, 449, 526, 602, 679}),
          std::to_array<double>({340, 378, 434, 490, 553, 616, 658}),
          std::to_array<double>({466, 517, 567, 616, 666, 719, 772, 822, 873, 910, 948}));

// TS 38.214 V17 table 6.1.4.1-2; its first six entries are 60/q to 198/q with order q.
constexpr auto kPrecodedQam64LowSe =
    table(std::to_array<double>(
              {30, 40, 50, 64, 78, 99, 120, 157, 193, 251, 308, 379, 449, 526, 602, 679}),
          std::to_array<double>({378, 434, 490, 553, 616, 658, 699, 772}),
          std::to_array<double>({567, 616, 666, 772}));

constexpr auto kNames = std::to_array<std::string_view>(
    {"64qam", "256qam", "64qam_low_se", "precoded_64qam", "precoded_64qam_low_se"});

}  // namespace

std::span<const Mcs> mcs_entries(McsTable table) {
  switch (table) {
    case McsTable::qam64:
      return kQam64;
    case McsTable::qam256:
      return kQam256;
    case McsTable::qam64_low_se:
      return kQam64LowSe;
    case McsTable::precoded_qam64:
      return kPrecodedQam64;
    case McsTable::precoded_qam64_low_se:
      return kPrecodedQam64LowSe;
  }
  return {};
}

std::string_view mcs_table_name(McsTable table) { return kNames[static_cast<std::size_t>(table)]; }

std::optional<McsTable> find_mcs_table(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<McsTable>(i);
  }
  return std::nullopt;
}

}  // namespace yonder::nr
