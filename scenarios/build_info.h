#pragma once

/// What was built, for run.json and --version. Generated at build time (cmake/build_info.cmake).
namespace yonder::scenarios {

extern const char* const kVersion;
extern const char* const kCommit;  ///< "-dirty" when the tree had changes; "unknown" outside git
extern const char* const kCompiler;
extern const char* const kBuildType;

}  // namespace yonder::scenarios
