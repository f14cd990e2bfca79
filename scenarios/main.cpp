#include <fmt/format.h>
#include <signal.h>

#include <cstdio>

#include "core/run_control.h"
#include "geodata/error.h"
#include "scenarios/build_info.h"
#include "scenarios/cli/command.h"
#include "scenarios/staged_output.h"

namespace {

constexpr int kFailed = 1;
constexpr int kInvalidInput = 2;
constexpr int kInterrupted = 130;

int complain(int exit_code, const std::string& message) {
  // Not fmt::print, which throws when standard error cannot be written either.
  std::fprintf(stderr, "\r%s\n", message.c_str());
  return exit_code;
}

/// What was printed may be waiting still; a full disk shows only when it goes.
int finish(int exit_code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
  return complain(kFailed, "cannot write to standard output");
}

}  // namespace

int main(int argc, char** argv) {
  signal(SIGXFSZ, SIG_IGN);  // a file too large is a write error with a message, not the end
  CLI::App app{"yonder: radio coverage where it is hard to reach"};
  app.set_version_flag(
      "--version",
      fmt::format("yonder {} ({}, {}, {})", yonder::scenarios::kVersion, yonder::scenarios::kCommit,
                  yonder::scenarios::kCompiler, yonder::scenarios::kBuildType));
  app.require_subcommand(1);
  int exit_code = 0;
  yonder::cli::add_run(app, exit_code);
  yonder::cli::add_batch(app, exit_code);
  yonder::cli::add_check(app, exit_code);
  yonder::cli::add_compare(app, exit_code);
  yonder::cli::add_link(app, exit_code);
  yonder::cli::add_loss(app, exit_code);
  yonder::cli::add_models(app, exit_code);
  yonder::cli::add_bench(app, exit_code);
  yonder::cli::add_budget(app, exit_code);
  yonder::cli::add_report(app, exit_code);
  yonder::cli::add_terrain(app, exit_code);
  yonder::cli::add_self_description(app, exit_code);
  try {
    app.parse(argc, argv);
    return finish(exit_code);
  } catch (const CLI::ParseError& error) {
    return finish(app.exit(error) == 0 ? 0 : kInvalidInput);
  } catch (const yonder::scenarios::ScenarioErrors& error) {
    return complain(kInvalidInput, error.what());
  } catch (const yonder::geodata::GeodataError& error) {
    return complain(kInvalidInput, error.what());
  } catch (const yonder::Stopped&) {
    return complain(kInterrupted, "stopped; earlier results are as they were");
  } catch (const std::bad_alloc&) {
    return complain(kFailed, "out of memory; `yonder check` tells what a scenario needs");
  } catch (const std::exception& error) {
    return complain(kFailed, error.what());
  }
}
