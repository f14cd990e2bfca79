# cmake -DBUILD_DIR= -DWORK_DIR= -P app_test.cmake
# Installs the program under WORK_DIR, moves that, and uses it from there: nothing may point back into the build.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE out)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "failed (${code}): ${ARGN}\n${out}")
  endif()
  set(output "${out}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK_DIR})
run(${CMAKE_COMMAND} --install ${BUILD_DIR} --prefix ${WORK_DIR}/first --component app)
file(RENAME ${WORK_DIR}/first ${WORK_DIR}/prefix)
set(prefix ${WORK_DIR}/prefix)
foreach(file IN ITEMS
    share/man/man1/yonder.1 share/bash-completion/completions/yonder share/zsh/site-functions/_yonder
    share/fish/vendor_completions.d/yonder.fish share/doc/yonder/README.md share/doc/yonder/LICENSE
    share/doc/yonder/docs/quickstart.md share/yonder/scenario.schema.json
    share/yonder/cases/desert-highway/scenario.yaml)
  if(NOT EXISTS ${prefix}/${file})
    message(FATAL_ERROR "${file} was not installed")
  endif()
endforeach()
file(READ ${prefix}/share/man/man1/yonder.1 page)
if(NOT page MATCHES "SH NAME\nyonder")
  message(FATAL_ERROR "the manual page is not one:\n${page}")
endif()
run(${prefix}/bin/yonder --version)
message(STATUS "${output}")
run(${CMAKE_COMMAND} -E env YONDER_FIELD_CACHE=off
  ${prefix}/bin/yonder run ${prefix}/share/yonder/cases/desert-highway/scenario.yaml --variant baseline --quiet
  --set area.pixel_m=4000 --set calculation.radius_km=20 -o ${WORK_DIR}/out)
if(NOT EXISTS ${WORK_DIR}/out/baseline/run.json)
  message(FATAL_ERROR "no run.json:\n${output}")
endif()
