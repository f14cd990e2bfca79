#include "core/nr/service_names.h"

#include <array>

namespace yonder::nr {
namespace {

constexpr std::array<ServiceNames, kServiceClasses> kClassNames = {{
    {"unknown", "not calculated", "未计算"},
    {"none", "no signal", "无信号"},
    {"without_access", "signal, but no access", "有信号无法接入"},
    {"weak", "weak", "弱覆盖"},
    {"effective", "effective", "有效覆盖"},
    {"continuous", "continuous", "连续覆盖"},
}};

constexpr std::array<ServiceNames, kServiceLimits> kLimitNames = {{
    {"unknown", "not calculated", "未计算"},
    {"calculation_radius", "beyond the calculation radius", "超出计算半径"},
    {"model_range", "outside the model's range", "超出模型适用范围"},
    {"no_terrain", "no terrain data", "无地形数据"},
    {"rsrp", "downlink SS-RSRP", "下行电平"},
    {"sinr", "downlink SS-SINR", "下行信干噪比"},
    {"pdcch", "PDCCH", "下行控制信道"},
    {"prach_range", "PRACH range", "PRACH 接入距离"},
    {"timing_advance", "timing advance", "定时提前"},
    {"guard_period", "TDD guard period", "TDD 保护间隔"},
    {"prach_link", "PRACH link", "PRACH 链路"},
    {"msg3", "Msg3", "Msg3"},
    {"vonr", "voice uplink", "语音上行"},
    {"pusch", "uplink data rate", "上行数据"},
}};

}  // namespace

const ServiceNames& service_class_names(ServiceClass service_class) {
  return kClassNames[static_cast<std::size_t>(service_class)];
}

const ServiceNames& service_limit_names(ServiceLimit limit) {
  return kLimitNames[static_cast<std::size_t>(limit)];
}

}  // namespace yonder::nr
