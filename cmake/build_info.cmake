# Run at every build: writes the commit and a hash of the sources into a source file, touching it only when it changed.
execute_process(COMMAND git -C ${SOURCE_DIR} describe --always --dirty --abbrev=12 --exclude=*
                OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
  set(commit "unknown")
endif()

function(hash_sources result) # PATTERN...
  file(GLOB_RECURSE sources RELATIVE ${SOURCE_DIR} ${ARGN})
  list(SORT sources)
  set(all "")
  foreach(source IN LISTS sources)
    file(SHA256 ${SOURCE_DIR}/${source} hash)
    string(APPEND all "${hash} ${source}\n")
  endforeach()
  string(SHA256 hash "${all}")
  set(${result} ${hash} PARENT_SCOPE)
endfunction()

# All that turns terrain and a scenario's values into a path-loss field: the field cache's key holds this hash.
hash_sources(propagation_sources
  ${SOURCE_DIR}/core/* ${SOURCE_DIR}/propagation/* ${SOURCE_DIR}/scenarios/plan.* ${SOURCE_DIR}/scenarios/field_*
  ${SOURCE_DIR}/cmake/options.cmake)
# All that can change a map: the keys of a batch's tiles hold this one.
hash_sources(map_sources
  ${SOURCE_DIR}/core/*.cpp ${SOURCE_DIR}/core/*.h ${SOURCE_DIR}/propagation/*.cpp ${SOURCE_DIR}/propagation/*.h
  ${SOURCE_DIR}/geodata/*.cpp ${SOURCE_DIR}/geodata/*.h ${SOURCE_DIR}/scenarios/*.cpp ${SOURCE_DIR}/scenarios/*.h
  ${SOURCE_DIR}/cmake/options.cmake)

file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include "scenarios/build_info.h"

namespace yonder::scenarios {
const char* const kVersion = "@VERSION@";
const char* const kCommit = "@commit@";
const char* const kCompiler = "@COMPILER@";
const char* const kCompileFlags = "@FLAGS@";
const char* const kBuildType = "@BUILD_TYPE@";
const char* const kPropagationSources = "@propagation_sources@";
const char* const kMapSources = "@map_sources@";
}  // namespace yonder::scenarios
]])
