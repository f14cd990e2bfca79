# Debian packages (./dev package): `yonder` with the program, `libyonder-dev` with the libraries for other programs.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME yonder)
set(CPACK_PACKAGE_VENDOR "Yonder")
set(CPACK_PACKAGE_CONTACT "Yonder's maintainers <yonder@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL app dev)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_APP_PACKAGE_NAME yonder)
set(CPACK_DEBIAN_APP_PACKAGE_SECTION science)
# Libraries with the versions that the program was linked with.
set(CPACK_DEBIAN_APP_PACKAGE_SHLIBDEPS ON)
# Pictures have titles in English and Chinese; without a font pango draws boxes, and says nothing.
set(CPACK_DEBIAN_APP_PACKAGE_DEPENDS "fonts-dejavu-core, fonts-wqy-microhei")
set(CPACK_DEBIAN_APP_PACKAGE_RECOMMENDS "ca-certificates")  # yonder terrain fetch
set(CPACK_DEBIAN_APP_PACKAGE_SUGGESTS "chromium, libyonder-dev")  # the report opens in any browser
set(CPACK_COMPONENT_APP_DESCRIPTION "Yonder plans radio coverage where sites are few and terrain decides: desert
highways, gorge railways, coasts, the sea. From a scenario file it computes
where there is service, how good it is and what limits it: maps as GeoTIFF,
tables, a report that opens offline.")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME libyonder-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "libc6-dev, libstdc++-12-dev | libstdc++-dev")
set(CPACK_DEBIAN_DEV_PACKAGE_SUGGESTS "yonder, cmake")
set(CPACK_COMPONENT_DEV_DESCRIPTION "Propagation models of Yonder for other programs
Static libraries, headers and the files for CMake's find_package(yonder):
ITU-R P.1812, P.2001, P.526, P.528, ITM, Hata, 3GPP TR 38.901 and others, with
antennas, link budgets and radial sweeps. They need no GDAL.")

# What Debian's policy wants beside: whose it is and what changed.
if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
  foreach(component IN ITEMS app dev)
    string(TOUPPER ${component} upper)
    set(doc share/doc/${CPACK_DEBIAN_${upper}_PACKAGE_NAME})
    install(FILES cmake/debian-copyright DESTINATION ${doc} RENAME copyright COMPONENT ${component})
    set(written ${PROJECT_BINARY_DIR}/changelog/${component})
    # Of the commit's date: string(TIMESTAMP) goes by SOURCE_DATE_EPOCH, which ./dev package sets.
    install(CODE "
      string(TIMESTAMP date \"%a, %d %b %Y %H:%M:%S +0000\" UTC)
      file(WRITE \"${written}/changelog.Debian\"
        \"${CPACK_DEBIAN_${upper}_PACKAGE_NAME} (${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) bookworm; urgency=medium\\n\\n\"
        \"  * Built from the upstream sources with CPack; CHANGELOG.md tells what is new.\\n\\n\"
        \" -- ${CPACK_PACKAGE_CONTACT}  \${date}\\n\")
      execute_process(COMMAND gzip -9nf changelog.Debian WORKING_DIRECTORY \"${written}\" COMMAND_ERROR_IS_FATAL ANY)"
      COMPONENT ${component})
    install(FILES ${written}/changelog.Debian.gz DESTINATION ${doc} COMPONENT ${component})
  endforeach()
endif()
include(CPack)
