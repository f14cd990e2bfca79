#include "scenarios/cli/command_listing.h"

#include <algorithm>

namespace yonder::cli {
namespace {

/// "{a,b}" within a type's name lists what may be given.
std::vector<std::string> words_in(const std::string& type) {
  const std::size_t open = type.find('{');
  const std::size_t close = type.find('}', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || close == std::string::npos) return {};
  return CLI::detail::split(type.substr(open + 1, close - open - 1), ',');
}

ValueKind kind_of(const std::string& value, const std::string& type) {
  const auto has = [](const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
  };
  if (value.find('=') != std::string::npos || value == "ID") return ValueKind::other;
  for (const char* word : {"DIR", "FOLDER"}) {
    if (has(value, word) || has(type, word)) return ValueKind::directory;
  }
  for (const char* word : {"FILE", "SCENARIO", "RECIPE", "PLAN"}) {
    if (has(value, word) || has(type, word)) return ValueKind::file;
  }
  for (const char* number : {"INT", "UINT", "FLOAT"}) {
    if (type.starts_with(number)) return ValueKind::other;
  }
  return ValueKind::file;  // text: what a shell would do by itself
}

OptionListing list_option(const CLI::Option& option) {
  OptionListing listed;
  const bool positional = option.get_positional();
  const std::string type = option.get_type_name();
  listed.description = option.get_description();
  listed.required = option.get_required();
  listed.repeated = option.get_expected_max() > 1;
  listed.standard = option.get_default_str();
  for (const std::string& name : option.get_snames()) listed.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) listed.names.push_back("--" + name);
  if (!positional && option.get_items_expected_max() == 0) return listed;  // a flag
  // A validator's own words follow the type after a colon: "INT:INT in [1 - 1024]".
  const bool made_of_words =
      !words_in(type).empty() || type.find(":INT in") != std::string::npos ||
      type.find(":FLOAT in") != std::string::npos || type.find(":UINT in") != std::string::npos ||
      type.find(":FILE") != std::string::npos || type.find(":DIR") != std::string::npos;
  listed.value = positional      ? option.get_name(true, false)
                 : made_of_words ? type.substr(0, type.find(':'))
                                 : type;
  listed.words = words_in(type);
  listed.kind = listed.words.empty() ? kind_of(listed.value, type) : ValueKind::words;
  return listed;
}

CommandListing list_command(const CLI::App& app, const std::vector<std::string>& words) {
  CommandListing listed;
  listed.words = words;
  listed.description = app.get_description();
  listed.footer = app.get_footer();
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    (option->get_positional() ? listed.positionals : listed.options)
        .push_back(list_option(*option));
  }
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_group().empty()) continue;
    std::vector<std::string> longer = words;
    longer.push_back(command->get_name());
    listed.commands.push_back(list_command(*command, longer));
  }
  return listed;
}

void flatten(const CommandListing& command, std::vector<const CommandListing*>& all) {
  all.push_back(&command);
  for (const CommandListing& below : command.commands) flatten(below, all);
}

}  // namespace

std::string CommandListing::name() const { return CLI::detail::join(words, " "); }

CommandListing list_commands(const CLI::App& app) { return list_command(app, {}); }

std::vector<const CommandListing*> flattened(const CommandListing& top) {
  std::vector<const CommandListing*> all;
  flatten(top, all);
  return all;
}

}  // namespace yonder::cli
