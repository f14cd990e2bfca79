#pragma once

#include <cstdint>
#include <string_view>

/// What service at a pixel is called: classes and limits, with codes as maps store them.
namespace yonder::nr {

enum class ServiceClass : std::uint8_t {
  unknown = 0,         ///< not calculated: beyond the radius, no terrain data, out of the model
  none = 1,            ///< no signal
  without_access = 2,  ///< signal, but no way in
  weak = 3,            ///< lets terminals in, and no more
  effective = 4,       ///< voice holds
  continuous = 5
};
inline constexpr int kServiceClasses = 6;

/// What fails first, or comes nearest to failing, in the order in which a terminal meets them.
enum class ServiceLimit : std::uint8_t {
  unknown = 0,  ///< no signal was calculated and no status tells why
  calculation_radius = 1,
  model_range = 2,
  no_terrain = 3,
  rsrp = 4,
  sinr = 5,
  pdcch = 6,
  prach_range = 7,
  timing_advance = 8,
  guard_period = 9,
  prach_link = 10,
  msg3 = 11,
  vonr = 12,
  pusch = 13
};
inline constexpr int kServiceLimits = 14;

struct ServiceNames {
  std::string_view id;  ///< for files: "prach_range"
  std::string_view en;
  std::string_view zh;
};
const ServiceNames& service_class_names(ServiceClass service_class);
const ServiceNames& service_limit_names(ServiceLimit limit);

/// Whether a limit is one of distance, so that its margin is in metres and not in dB.
constexpr bool is_distance_limit(ServiceLimit limit) {
  return limit == ServiceLimit::prach_range || limit == ServiceLimit::timing_advance ||
         limit == ServiceLimit::guard_period;
}

}  // namespace yonder::nr
