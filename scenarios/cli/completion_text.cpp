#include "scenarios/cli/completion_text.h"

#include <fmt/format.h>

namespace yonder::cli {
namespace {

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string joined(const std::vector<std::string>& words, const char* between) {
  return CLI::detail::join(words, between);
}

std::string last_word(const CommandListing& command) {
  return command.words.empty() ? "yonder" : command.words.back();
}

/// `'text'` of all three shells; the quote itself as `quote` writes it.
std::string in_quotes(const std::string& text, const char* quote = R"('\'')") {
  return "'" + replace_all(text, "'", quote) + "'";
}

/// Shell code, the same in bash and zsh, that sets `chosen` to the command whose words stand before
/// the cursor and `depth` to the place of the last of them.
std::string find_chosen(const CommandListing& yonder, const char* first, const char* current,
                        const char* word) {
  std::vector<std::string> names;
  for (const CommandListing* command : flattened(yonder)) {
    if (!command->words.empty()) names.push_back(in_quotes(command->name()));
  }
  return fmt::format(R"(  local chosen='' depth={0} i
  for ((i = {0} + 1; i < {1}; i++)); do
    case "${{chosen:+$chosen }}{2}" in
      {3}) chosen="${{chosen:+$chosen }}{2}" depth=$i ;;
    esac
  done
)",
                     first, current, word, joined(names, " | "));
}

std::string bash_values(const OptionListing& option) {
  switch (option.kind) {
    case ValueKind::words:
      return fmt::format("values={}", in_quotes(joined(option.words, " ")));
    case ValueKind::file:
      return "kind=file";
    case ValueKind::directory:
      return "kind=directory";
    default:
      return "kind=other";
  }
}

std::string bash_command(const CommandListing& command) {
  std::string text = fmt::format("    {})\n", in_quotes(command.name()));
  std::vector<std::string> names;
  std::string values;
  for (const OptionListing& option : command.options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
    if (option.kind == ValueKind::none) continue;
    values += fmt::format("        {}) {} ;;\n", joined(option.names, " | "), bash_values(option));
  }
  text += fmt::format("      options={}\n", in_quotes(joined(names, " ")));
  if (!command.commands.empty()) {
    std::vector<std::string> words;
    for (const CommandListing& below : command.commands) words.push_back(last_word(below));
    text += fmt::format("      words={}\n", in_quotes(joined(words, " ")));
  } else if (!command.positionals.empty()) {
    const OptionListing& positional = command.positionals.front();
    text +=
        positional.kind == ValueKind::words
            ? fmt::format("      words={}\n", in_quotes(joined(positional.words, " ")))
            : fmt::format("      rest={}\n", positional.kind == ValueKind::directory ? "directory"
                                             : positional.kind == ValueKind::file    ? "file"
                                                                                     : "other");
  }
  if (!values.empty()) text += "      case $before in\n" + values + "      esac\n";
  return text + "      ;;\n";
}

std::string zsh_action(const OptionListing& option) {
  switch (option.kind) {
    case ValueKind::words:
      return "(" + joined(option.words, " ") + ")";
    case ValueKind::file:
      return "_files";
    case ValueKind::directory:
      return "_files -/";
    default:
      return " ";
  }
}

/// Text within a specification of _arguments.
std::string zsh_text(const std::string& text) {
  std::string escaped = replace_all(text, "\\", "\\\\");
  for (const char* special : {":", "[", "]"}) {
    escaped = replace_all(escaped, special, std::string("\\") + special);
  }
  return escaped;
}

std::string zsh_command(const CommandListing& command) {
  std::string text = fmt::format("    {})\n      _arguments -s \\\n", in_quotes(command.name()));
  for (const OptionListing& option : command.options) {
    for (const std::string& name : option.names) {
      std::string spec = "*" + name;
      const bool takes = option.kind != ValueKind::none;
      if (takes && name.starts_with("--")) spec += "=";
      spec += "[" + zsh_text(option.description) + "]";
      if (takes) spec += ":" + zsh_text(option.value) + ":" + zsh_action(option);
      text += "        " + in_quotes(spec) + " \\\n";
    }
  }
  if (!command.commands.empty()) {
    std::string words;
    for (const CommandListing& below : command.commands) {
      words += fmt::format(" {}\\:{}", last_word(below),
                           in_quotes(zsh_text(zsh_text(below.description)), R"(’)"));
    }
    text += "        " + in_quotes("1:command:((" + words.substr(1) + "))") + " \\\n";
  } else {
    for (const OptionListing& positional : command.positionals) {
      const char* place = positional.repeated ? "*" : "";
      text += "        " +
              in_quotes(fmt::format("{}:{}:{}", place, zsh_text(positional.value),
                                    zsh_action(positional))) +
              " \\\n";
    }
  }
  return text + "        && return 0\n      ;;\n";
}

/// The condition that a command's words have been typed and none of its own commands.
std::string fish_condition(const CommandListing& command) {
  std::string condition;
  for (const std::string& word : command.words) {
    condition +=
        (condition.empty() ? "" : "; and ") + fmt::format("__fish_seen_subcommand_from {}", word);
  }
  if (command.commands.empty()) return condition;
  std::string below;
  for (const CommandListing& one : command.commands) below += " " + last_word(one);
  return condition + (condition.empty() ? "" : "; and ") + "not __fish_seen_subcommand_from" +
         below;
}

std::string fish_values(const OptionListing& option) {
  constexpr const char* kQuote = R"(\')";
  switch (option.kind) {
    case ValueKind::none:
      return "";
    case ValueKind::words:
      return " -x -a " + in_quotes(joined(option.words, " "), kQuote);
    case ValueKind::file:
      return " -r -F";
    case ValueKind::directory:
      return " -x -a '(__fish_complete_directories)'";
    default:
      return " -x";
  }
}

}  // namespace

std::string bash_completion(const CommandListing& yonder) {
  std::string text = R"(# Completion of yonder for bash; written by `yonder completion bash`.
_yonder() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  # "--option=value" comes in three words.
  if [[ $word == '=' ]]; then
    word=''
  elif [[ $before == '=' ]] && ((COMP_CWORD > 1)); then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi
)";
  text += find_chosen(yonder, "0", "COMP_CWORD", "${COMP_WORDS[i]}");
  text += "  local options='' words='' values='' kind='' rest=''\n  case $chosen in\n";
  for (const CommandListing* command : flattened(yonder)) text += bash_command(*command);
  return text + R"(  esac
  if [[ -n $values ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$values" -- "$word")
    return
  fi
  if [[ -z $kind && $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    return
  fi
  if [[ -z $kind && -n $words ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
    return
  fi
  case ${kind:-$rest} in
    file)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$word")
      ;;
    directory)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$word")
      ;;
    *) COMPREPLY=() ;;
  esac
}
complete -F _yonder yonder
)";
}

std::string zsh_completion(const CommandListing& yonder) {
  std::string text =
      "#compdef yonder\n# Completion of yonder for zsh; written by `yonder completion zsh`.\n"
      "_yonder() {\n";
  text += find_chosen(yonder, "1", "CURRENT", "${words[i]}");
  text += R"(  # What follows the command is completed as if it stood alone.
  words=("${words[1]}" "${(@)words[depth + 1,-1]}")
  ((CURRENT -= depth - 1))
  case $chosen in
)";
  for (const CommandListing* command : flattened(yonder)) text += zsh_command(*command);
  return text + R"(  esac
  return 1
}
if [[ ${funcstack[1]} == _yonder ]]; then
  _yonder "$@"
else
  compdef _yonder yonder
fi
)";
}

std::string fish_completion(const CommandListing& yonder) {
  constexpr const char* kQuote = R"(\')";
  std::string text =
      "# Completion of yonder for fish; written by `yonder completion fish`.\n"
      "complete -c yonder -f\n";
  for (const CommandListing* command : flattened(yonder)) {
    const std::string start =
        "complete -c yonder -n " + in_quotes(fish_condition(*command), kQuote);
    for (const CommandListing& below : command->commands) {
      text += fmt::format("{} -a {} -d {}\n", start, last_word(below),
                          in_quotes(below.description, kQuote));
    }
    for (const OptionListing& option : command->options) {
      text += start;
      for (const std::string& name : option.names) {
        text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      }
      text += fish_values(option) + " -d " + in_quotes(option.description, kQuote) + "\n";
    }
    if (!command->commands.empty()) continue;
    for (const OptionListing& positional : command->positionals) {
      if (positional.kind == ValueKind::file) text += start + " -F\n";
      if (positional.kind == ValueKind::directory) {
        text += start + " -a '(__fish_complete_directories)'\n";
      }
      if (positional.kind == ValueKind::words) {
        text += start + " -a " + in_quotes(joined(positional.words, " "), kQuote) + "\n";
      }
    }
  }
  return text;
}

}  // namespace yonder::cli
