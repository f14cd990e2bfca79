# What `cmake --install` puts in place. Component `dev`: the libraries core and propagation for other programs,
# found with find_package(yonder); they need no GDAL. Component `app`: the executable.
include(CMakePackageConfigHelpers)
set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/yonder)

install(TARGETS yonder_core yonder_propagation EXPORT yonder-targets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev)
foreach(folder IN ITEMS core propagation)
  install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/yonder COMPONENT dev
    FILES_MATCHING PATTERN *.h)
endforeach()
install(EXPORT yonder-targets NAMESPACE yonder:: DESTINATION ${config_dir} COMPONENT dev)

configure_package_config_file(cmake/yonder-config.cmake.in ${PROJECT_BINARY_DIR}/yonder-config.cmake
  INSTALL_DESTINATION ${config_dir} NO_SET_AND_CHECK_MACRO)
# 0.x: a minor version may change the interface.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/yonder-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/yonder-config.cmake ${PROJECT_BINARY_DIR}/yonder-config-version.cmake
  DESTINATION ${config_dir} COMPONENT dev)

if(TARGET yonder)
  install(TARGETS yonder RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT app)
endif()
