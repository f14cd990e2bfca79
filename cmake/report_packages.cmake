# Installs PACKAGES (package.json, package-lock.json, .npmrc) into WORK with NPM and leaves WORK/installed.
file(MAKE_DIRECTORY ${WORK})
file(COPY ${PACKAGES} DESTINATION ${WORK})
# Nothing that a package would run at installation is needed.
execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund
  WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(failed)
  message(FATAL_ERROR "npm could not install the HTML report's browser libraries:\n${output}\n"
    "They are fetched once a build folder, from the package registry. Without a network, build without the "
    "report: cmake -DYONDER_REPORT=OFF")
endif()
file(TOUCH ${WORK}/installed)
