#pragma once

/// What was built, for run.json and --version. Generated at build time (cmake/build_info.cmake).
namespace yonder::scenarios {

extern const char* const kVersion;
extern const char* const kCommit;  ///< "-dirty" when the tree had changes; "unknown" outside git
extern const char* const kCompiler;
extern const char* const kCompileFlags;
extern const char* const kBuildType;
/// SHA-256 over every source that can change a path-loss field, as built: unlike a version or a
/// commit it cannot be forgotten, in a changed working tree or outside git.
extern const char* const kPropagationSources;
/// The same over every source that can change a map or its files.
extern const char* const kMapSources;

}  // namespace yonder::scenarios
