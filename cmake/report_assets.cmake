# Bundles the report's browser side (scenarios/report/web) into a C++ source; sets `report_assets` to it.
# Packages are installed once into the build folder, as package-lock.json says.
set(report_assets ${CMAKE_CURRENT_BINARY_DIR}/report_assets.cpp)
if(NOT YONDER_REPORT)
  file(CONFIGURE OUTPUT ${report_assets} CONTENT "// Built with YONDER_REPORT=OFF.
#include \"scenarios/report/report_assets.h\"
namespace yonder::scenarios {
const std::string_view kReportScript;
const std::string_view kReportStyle;
}  // namespace yonder::scenarios
")
  return()
endif()

find_program(YONDER_NPM npm DOC "npm, which fetches the report's browser libraries")
find_program(YONDER_NODE NAMES node nodejs DOC "Node.js, which bundles the report's browser side")
if(NOT YONDER_NPM OR NOT YONDER_NODE)
  message(FATAL_ERROR "The HTML report is bundled with npm and Node.js, and they were not found. Install them "
    "(Debian: apt-get install nodejs npm), or build without the report: -DYONDER_REPORT=OFF")
endif()

set(web ${PROJECT_SOURCE_DIR}/scenarios/report/web)
set(web_work ${CMAKE_CURRENT_BINARY_DIR}/report_web)
set(web_packages ${web}/package.json ${web}/package-lock.json ${web}/.npmrc)
file(GLOB web_sources CONFIGURE_DEPENDS ${web}/src/*.js ${web}/src/*.css)
add_custom_command(OUTPUT ${web_work}/installed
  DEPENDS ${web_packages} ${PROJECT_SOURCE_DIR}/cmake/report_packages.cmake
  COMMAND ${CMAKE_COMMAND} -DNPM=${YONDER_NPM} "-DPACKAGES=${web_packages}" -DWORK=${web_work}
          -P ${PROJECT_SOURCE_DIR}/cmake/report_packages.cmake
  COMMENT "Fetching the report's browser libraries" VERBATIM)
add_custom_command(OUTPUT ${report_assets}
  DEPENDS ${web_work}/installed ${web}/build.mjs ${web_sources}
  COMMAND ${CMAKE_COMMAND} -E copy ${web}/build.mjs ${web_work}/build.mjs
  COMMAND ${YONDER_NODE} ${web_work}/build.mjs ${web}/src ${web_work}/node_modules ${report_assets}
  COMMENT "Bundling the report's browser side" VERBATIM)
