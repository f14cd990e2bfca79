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

  option(YONDER_COMPRESS_MANUAL "Install the manual page compressed, as Debian's policy wants it" OFF)
  # The program writes its own manual page and completions, at installation: they cannot fall behind its commands.
  set(YONDER_ZSH_COMPLETIONS ${CMAKE_INSTALL_DATADIR}/zsh/site-functions CACHE STRING
    "Folder for zsh's completion, below the prefix (Debian: share/zsh/vendor-completions)")
  set(written ${PROJECT_BINARY_DIR}/self-description)
  install(CODE "
    file(MAKE_DIRECTORY \"${written}\")
    foreach(one IN ITEMS \"yonder.1 manual\" \"yonder completion bash\" \"_yonder completion zsh\"
                         \"yonder.fish completion fish\")
      separate_arguments(words UNIX_COMMAND \"\${one}\")
      list(POP_FRONT words name)
      # At installation there is nothing to learn from memory that a sanitizer build never gives back.
      execute_process(COMMAND \"\${CMAKE_COMMAND}\" -E env ASAN_OPTIONS=detect_leaks=0 \"$<TARGET_FILE:yonder>\" \${words}
        OUTPUT_FILE \"${written}/\${name}\" COMMAND_ERROR_IS_FATAL ANY)
    endforeach()" COMPONENT app)
  set(manual yonder.1)
  if(YONDER_COMPRESS_MANUAL)
    install(CODE "execute_process(COMMAND gzip -9nf yonder.1 WORKING_DIRECTORY \"${written}\" COMMAND_ERROR_IS_FATAL ANY)"
      COMPONENT app)
    set(manual yonder.1.gz)
  endif()
  install(FILES ${written}/${manual} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT app)
  install(FILES ${written}/yonder DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT app)
  install(FILES ${written}/_yonder DESTINATION ${YONDER_ZSH_COMPLETIONS} COMPONENT app)
  install(FILES ${written}/yonder.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT app)

  # The folders keep their places to each other, so that the pages' links hold.
  install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT app)
  install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT app
    PATTERN "*.py" EXCLUDE PATTERN "*.sh" EXCLUDE)
  # Not below doc/: small images leave that folder out, and these are to be run.
  install(DIRECTORY scenarios/cases DESTINATION ${CMAKE_INSTALL_DATADIR}/yonder COMPONENT app USE_SOURCE_PERMISSIONS)
  install(FILES docs/scenario.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/yonder COMPONENT app)
endif()
