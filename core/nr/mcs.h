#pragma once

#include <optional>
#include <span>
#include <string_view>

/// Modulation and coding schemes of TS 38.214 V17: sections 5.1.3.1 (PDSCH, and PUSCH without
/// transform precoding) and 6.1.4.1 (PUSCH with it).
namespace yonder::nr {

enum class McsTable {
  qam64,                  ///< table 5.1.3.1-1
  qam256,                 ///< table 5.1.3.1-2
  qam64_low_se,           ///< table 5.1.3.1-3
  precoded_qam64,         ///< table 6.1.4.1-1, q = 2: QPSK instead of pi/2-BPSK
  precoded_qam64_low_se,  ///< table 6.1.4.1-2, q = 2
};

struct Mcs {
  int index = 0;
  int modulation_order = 2;      ///< Q_m: 2, 4, 6, 8
  double code_rate_x1024 = 0.0;  ///< R as tabulated; two entries are halves

  double code_rate() const { return code_rate_x1024 / 1024.0; }
  /// Information bits of a resource element and layer.
  double spectral_efficiency() const { return modulation_order * code_rate(); }
};

/// Entries of a table, without the reserved ones of retransmissions.
std::span<const Mcs> mcs_entries(McsTable table);

/// "64qam", "256qam", "64qam_low_se", "precoded_64qam", "precoded_64qam_low_se".
std::string_view mcs_table_name(McsTable table);
std::optional<McsTable> find_mcs_table(std::string_view name);

}  // namespace yonder::nr
