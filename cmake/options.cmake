# Compile options shared by all targets of Yonder; PRIVATE to them, consumers are not touched.
add_library(yonder_options INTERFACE)
target_compile_options(yonder_options INTERFACE
  -Wall -Wextra -Wpedantic -Wno-missing-field-initializers -Wshadow -Wconversion -Wno-sign-conversion
  # g++ 12 sees overlapping copies in std::string's operator+ where there are none (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  # At -O3 it also takes strings of aggregates in braces for uninitialised; at -O2 (preset dev) the warning stays.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-maybe-uninitialized>
  # Results must agree between machines: no fused multiply-add unless written.
  -ffp-contract=off
  $<$<BOOL:${YONDER_WERROR}>:-Werror>
  $<$<BOOL:${YONDER_SANITIZE}>:-fsanitize=address,undefined;-fno-sanitize-recover=all;-fno-omit-frame-pointer>
  $<$<BOOL:${YONDER_FUZZ}>:-fsanitize=fuzzer-no-link>
  $<$<BOOL:${YONDER_THREAD_SANITIZE}>:-fsanitize=thread>)
target_link_options(yonder_options INTERFACE
  $<$<BOOL:${YONDER_SANITIZE}>:-fsanitize=address,undefined>
  $<$<BOOL:${YONDER_THREAD_SANITIZE}>:-fsanitize=thread>)
target_compile_definitions(yonder_options INTERFACE
  $<$<BOOL:${YONDER_CONTRACTS}>:YONDER_CONTRACTS>)

# yonder_add_library(<folder> SOURCES ...): target yonder_<folder>, alias yonder::<folder>, headers as "<folder>/x.h".
function(yonder_add_library name)
  cmake_parse_arguments(arg "" "" "SOURCES" ${ARGN})
  add_library(yonder_${name} STATIC ${arg_SOURCES})
  add_library(yonder::${name} ALIAS yonder_${name})
  set_target_properties(yonder_${name} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  target_compile_features(yonder_${name} PUBLIC cxx_std_20)
  target_include_directories(yonder_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/yonder>)
  target_link_libraries(yonder_${name} PRIVATE $<BUILD_INTERFACE:yonder_options>)
endfunction()
