// Bundles src/ with leaflet and uplot into one script and one style sheet, and writes them as a C++ source.
// Usage: node build.mjs SOURCES NODE_MODULES OUTPUT.cpp
import { readFileSync, writeFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const [sources, modules, output] = process.argv.slice(2);

// What a page that holds these libraries must say.
const licences = ["leaflet", "uplot"]
  .map((name) => {
    const { version } = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
    return `${name} ${version}\n\n${readFileSync(join(modules, name, "LICENSE"), "utf8").trim()}\n`;
  })
  .join("\n");

const result = await build({
  entryPoints: { report: join(sources, "main.js") },
  nodePaths: [modules],
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome90", "firefox113", "safari16.4"], // DecompressionStream
  charset: "utf8",
  legalComments: "none", // licences are shown in the page
  loader: { ".png": "dataurl" },
  define: { LICENCES: JSON.stringify(licences) },
  outdir: "out",
  write: false,
});

const text = (suffix) => result.outputFiles.find((file) => file.path.endsWith(suffix)).text;
const literal = (content) => {
  if (content.includes(')~yonder"')) throw new Error("the raw string's end occurs in the content");
  return `R"~yonder(${content})~yonder"`;
};
const script = text(".js");
if (/<\/script|<!--/i.test(script)) throw new Error("the bundle would end its <script> element");

writeFileSync(
  `${output}.new`,
  `// Made by build.mjs.
#include "scenarios/report/report_assets.h"

namespace yonder::scenarios {

const std::string_view kReportScript = ${literal(script)};
const std::string_view kReportStyle = ${literal(text(".css"))};

}  // namespace yonder::scenarios
`,
);
renameSync(`${output}.new`, output);
