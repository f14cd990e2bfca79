# cmake -DBUILD_DIR= -DSOURCE_DIR= -DWORK_DIR= -DBUILD_TYPE= -DCXX= -DCXX_FLAGS= -P consumer_test.cmake
# Installs the built libraries under WORK_DIR, then configures, builds and runs the consumer against them.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE out)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "failed (${code}): ${ARGN}\n${out}")
  endif()
  set(output "${out}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK_DIR})
run(${CMAKE_COMMAND} --install ${BUILD_DIR} --prefix ${WORK_DIR}/prefix --component dev)
run(${CMAKE_COMMAND} -G Ninja -S ${SOURCE_DIR}/tests/install/consumer -B ${WORK_DIR}/build
  -DCMAKE_PREFIX_PATH=${WORK_DIR}/prefix -DCMAKE_BUILD_TYPE=${BUILD_TYPE} -DCMAKE_CXX_COMPILER=${CXX}
  -DCMAKE_CXX_FLAGS=${CXX_FLAGS} -DCMAKE_DISABLE_FIND_PACKAGE_GDAL=ON)
run(${CMAKE_COMMAND} --build ${WORK_DIR}/build)
run(ldd ${WORK_DIR}/build/consumer)
if(output MATCHES "libgdal")
  message(FATAL_ERROR "the consumer is linked with GDAL:\n${output}")
endif()
run(${WORK_DIR}/build/consumer)
message(STATUS "${output}")
