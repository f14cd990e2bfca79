#include <fmt/format.h>

#include "scenarios/build_info.h"
#include "scenarios/cli/command.h"
#include "scenarios/cli/completion_text.h"
#include "scenarios/cli/manual_text.h"

namespace yonder::cli {

void add_self_description(CLI::App& app, int& exit_code) {
  auto shell = std::make_shared<std::string>();
  CLI::App* completion =
      app.add_subcommand("completion", "print the completion of commands and options for a shell");
  completion->add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  completion->footer(
      "For now, in bash: source <(yonder completion bash). Packages install all three.");
  completion->callback([&app, shell, &exit_code] {
    const CommandListing listing = list_commands(app);
    fmt::print("{}", *shell == "bash"  ? bash_completion(listing)
                     : *shell == "zsh" ? zsh_completion(listing)
                                       : fish_completion(listing));
    exit_code = 0;
  });

  CLI::App* manual = app.add_subcommand("manual", "print the manual page as troff source");
  manual->footer("To read it: yonder manual | man -l -");
  manual->callback([&app, &exit_code] {
    fmt::print("{}", manual_page(list_commands(app), scenarios::kVersion));
    exit_code = 0;
  });
}

}  // namespace yonder::cli
