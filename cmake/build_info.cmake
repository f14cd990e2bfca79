# Run at every build: writes the commit and a hash of the sources into a source file, touching it only when it changed.
execute_process(COMMAND git -C ${SOURCE_DIR} describe --always --dirty --abbrev=12 --exclude=*
                OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
  set(commit "unknown")
endif()

# All that turns terrain and a scenario's values into a path-loss field: the field cache's key holds this hash.
file(GLOB_RECURSE sources RELATIVE ${SOURCE_DIR}
  ${SOURCE_DIR}/core/* ${SOURCE_DIR}/propagation/* ${SOURCE_DIR}/scenarios/plan.* ${SOURCE_DIR}/scenarios/field_*
  ${SOURCE_DIR}/cmake/options.cmake)
list(SORT sources)
set(all "")
foreach(source IN LISTS sources)
  file(SHA256 ${SOURCE_DIR}/${source} hash)
  string(APPEND all "${hash} ${source}\n")
endforeach()
string(SHA256 propagation_sources "${all}")

file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include "scenarios/build_info.h"

namespace yonder::scenarios {
const char* const kVersion = "@VERSION@";
const char* const kCommit = "@commit@";
const char* const kCompiler = "@COMPILER@";
const char* const kCompileFlags = "@FLAGS@";
const char* const kBuildType = "@BUILD_TYPE@";
const char* const kPropagationSources = "@propagation_sources@";
}  // namespace yonder::scenarios
]])
