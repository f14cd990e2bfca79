#pragma once

/// Choosing vector instructions at run time: one binary, one source, several compiled forms of a
/// loop (docs/decisions/0007).
namespace yonder {

/// Instruction sets that vector loops are compiled for.
enum class SimdLevel {
  baseline,  ///< what the compiler assumes anyway
  v3,        ///< x86-64-v3: AVX2
  v4         ///< x86-64-v4: AVX-512
};

/// The widest this processor has, or a narrower one that the environment variable YONDER_SIMD
/// (baseline, v3, v4) asks for; read once. Results of different levels may differ in the last bits.
SimdLevel simd_level();

/// "baseline", "v3" or "v4".
const char* simd_level_name(SimdLevel level);

}  // namespace yonder

// Functions with these marks must be inlined into nothing, and may inline what has no mark.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__)
#define YONDER_X86_LEVELS 1
#define YONDER_X86_V3 __attribute__((target("arch=x86-64-v3,prefer-vector-width=256"), noinline))
#define YONDER_X86_V4 __attribute__((target("arch=x86-64-v4,prefer-vector-width=512"), noinline))
#else
#define YONDER_X86_LEVELS 0
#endif
