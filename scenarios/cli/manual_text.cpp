#include "scenarios/cli/manual_text.h"

#include <fmt/format.h>

namespace yonder::cli {
namespace {

/// Words as troff takes them: a hyphen that can be copied, no escapes, no requests by accident.
std::string plain(const std::string& text) {
  std::string escaped;
  bool line_start = true;
  for (const char c : text) {
    if (line_start && (c == '.' || c == '\'')) escaped += "\\&";
    line_start = c == '\n';
    switch (c) {
      case '\\':
        escaped += "\\e";
        break;
      case '-':
        escaped += "\\-";
        break;
      case '"':
        escaped += "\\(dq";
        break;
      case '~':
        escaped += "\\(ti";
        break;
      case '^':
        escaped += "\\(ha";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string bold(const std::string& text) { return "\\fB" + plain(text) + "\\fR"; }
std::string italic(const std::string& text) { return "\\fI" + plain(text) + "\\fR"; }

std::string sentence(std::string text) {
  if (text.empty()) return text;
  // "5G" or "one antenna's …": descriptions start in lower case, a paragraph does not.
  if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  if (text.back() != '.') text += '.';
  return text;
}

std::string synopsis(const CommandListing& command) {
  std::string text = bold("yonder" + (command.words.empty() ? "" : " " + command.name()));
  if (!command.commands.empty()) return text + " " + italic("COMMAND") + " ...";
  for (const OptionListing& one : command.positionals) {
    const std::string shown = italic(one.value) + (one.repeated ? " ..." : "");
    text += one.required ? " " + shown : " [" + shown + "]";
  }
  for (const OptionListing& one : command.options) {
    if (one.required) text += " " + bold(one.names.back()) + " " + italic(one.value);
  }
  return text + " [" + italic("options") + "]";
}

std::string listed(const OptionListing& option) {
  std::string tag;
  for (const std::string& name : option.names) tag += (tag.empty() ? "" : ", ") + bold(name);
  if (!option.value.empty()) tag += (tag.empty() ? "" : " ") + italic(option.value);
  std::string text = sentence(option.description);
  if (!option.words.empty()) text += " One of: " + CLI::detail::join(option.words, ", ") + ".";
  if (!option.standard.empty()) text += " Default: " + option.standard + ".";
  return ".TP\n" + tag + "\n" + plain(text) + "\n";
}

bool is_help(const OptionListing& option) {
  return !option.names.empty() && option.names.back() == "--help";
}

std::string described(const CommandListing& command) {
  std::string text = ".SS " + synopsis(command) + "\n";
  text += plain(sentence(command.description)) + "\n";
  for (const OptionListing& one : command.positionals) text += listed(one);
  for (const OptionListing& one : command.options) {
    if (!is_help(one)) text += listed(one);
  }
  if (!command.footer.empty()) text += ".PP\n" + plain(command.footer) + "\n";
  return text;
}

constexpr const char* kAbout = R"(.PP
.B yonder
takes a scenario file (sites, antennas, terrain, services; YAML) and computes where there is service, how good it is
and what limits it. Maps are written as GeoTIFF, tables as CSV and JSON, a report as one HTML page that opens offline.
.PP
Every command tells its options with
.BR \-\-help .
)";

constexpr const char* kEnd = R"(.SH EXIT STATUS
.TP
.B 0
All is done.
.TP
.B 1
Failed while running: a file that cannot be written, too little memory; also a case file with a case that erred.
.TP
.B 2
The input or the command line is wrong. The message names file, line and key, and a valid example; nothing was written.
.TP
.B 130
Interrupted; earlier results are as they were.
.SH ENVIRONMENT
.TP
.B YONDER_FIELD_CACHE
Folder where path\-loss fields are kept between runs, or
.BR off .
.TP
.B YONDER_SIMD
.BR baseline ", " v3 " or " v4 :
the widest vector instructions to use (levels of x86\-64); without, the widest that the processor has.
.TP
.B XDG_CACHE_HOME
Where caches lie; without, \fI.cache\fR in the folder that
.B HOME
names.
.TP
.B OMP_NUM_THREADS
Threads, where
.B \-\-threads
does not say.
.SH FILES
.TP
.I \(ti/.cache/yonder/fields
Path\-loss fields of earlier runs.
.TP
.I \(ti/.cache/yonder/glo30
Terrain that \fByonder terrain fetch\fR has downloaded.
.SH EXAMPLES
.EX
yonder check scenario.yaml
yonder run scenario.yaml \-o out \-\-set area.pixel_m=100
yonder link scenario.yaml \-\-at 83.91,39.62
yonder loss \-\-cases cases.jsonl
.EE
)";

constexpr const char* kSeeAlso = R"(.SH SEE ALSO
The folder of documentation that was installed with yonder, \fIshare/doc/yonder\fR: quickstart, scenario format, methods, a page for
each propagation model; and the cases to copy from in \fIshare/yonder/cases\fR.
)";

}  // namespace

std::string manual_page(const CommandListing& yonder, const std::string& version) {
  // Begun with an apostrophe, man would take the words for names of preprocessors (man(1)).
  std::string text = ".\\\" Written by `yonder manual`.\n";
  text += fmt::format(".TH YONDER 1 \"\" \"yonder {}\" \"User Commands\"\n", plain(version));
  // "yonder: radio coverage …" stands as "yonder \- radio coverage …" in a page's name.
  const std::string about = yonder.description.substr(
      yonder.description.starts_with("yonder: ") ? std::string_view("yonder: ").size() : 0);
  text += ".SH NAME\nyonder \\- " + plain(about) + "\n.SH SYNOPSIS\n";
  for (const CommandListing* command : flattened(yonder)) {
    if (command->commands.empty()) text += synopsis(*command) + "\n.br\n";
  }
  text += std::string(".SH DESCRIPTION\n") + kAbout + ".SH OPTIONS\n";
  for (const OptionListing& option : yonder.options) text += listed(option);
  text += ".SH COMMANDS\n";
  for (const CommandListing* command : flattened(yonder)) {
    if (!command->words.empty()) text += described(*command);
  }
  return text + kEnd + kSeeAlso;
}

}  // namespace yonder::cli
