// What the run says, on one screen.
import { classColour } from "./class_colours.js";
import { h } from "./dom.js";
import { mbps, number, percent } from "./format.js";
import { label, t } from "./i18n.js";
import { terminalsOf } from "./page_data.js";
import { stackedBar } from "./tables.js";
import { warningsOf } from "./warnings_section.js";

const shareOf = (terminal, ids) =>
  terminal.classes.filter((one) => ids.includes(one.id)).reduce((sum, one) => sum + one.share, 0);

/** Along the routes, which count more than the area where there are some. */
function routeLines(run, terminal) {
  const lines = Object.entries(run.shapes?.routes ?? {}).map(([id, route]) => [label(route.name) || id, route.terminals?.[terminal.id]]).filter(([, kpis]) => kpis);
  return lines.slice(0, 4).map(([name, kpis]) => h("li", { class: "route-line" }, h("span", {}, name), h("b", {}, percent(kpis.covered_share)), h("small", {}, t("summary.hole", number(kpis.longest_hole_m / 1000, 1)))));
}

function terminalCard(run, terminal) {
  const classes = [...terminal.classes].reverse();
  return h("article", { class: "card wide" },
    h("h3", {}, label(terminal.name)),
    h("p", { class: "figure" }, percent(shareOf(terminal, ["effective", "continuous"])), h("small", {}, t("summary.effective"))),
    stackedBar(classes.map((one) => ({ share: one.share, colour: classColour(one.code), name: `${label(one)} ${percent(one.share)}` }))),
    h("ul", { class: "card-classes" }, classes.filter((one) => one.share > 0).map((one) =>
      h("li", {}, h("i", { style: `background: ${classColour(one.code)}` }), h("span", {}, label(one)), h("b", {}, percent(one.share))))),
    h("ul", { class: "card-classes routes" }, routeLines(run, terminal)),
    h("p", { class: "card-foot" }, t("summary.rates", mbps(terminal.mean_downlink_bps), mbps(terminal.mean_uplink_bps))));
}

function levelCard(run) {
  const thresholds = run.kpis.thresholds;
  const best = thresholds[thresholds.length - 1];
  return h("article", { class: "card wide" },
    h("h3", {}, t("summary.level")),
    h("p", { class: "figure" }, percent(best.all.share), h("small", {}, `≥ ${number(best.rsrp_dbm)} dBm, ${label(best.name)}`)),
    h("ul", { class: "card-classes" }, thresholds.map((one) =>
      h("li", {}, h("span", {}, `≥ ${number(one.rsrp_dbm)} dBm  ${label(one.name)}`), h("b", {}, percent(one.all.share))))));
}

const smallCard = (title, value, foot) =>
  h("article", { class: "card" }, h("h3", {}, title), h("p", { class: "figure" }, value), foot ? h("p", { class: "card-foot" }, foot) : null);

export function summarySection(one) {
  const { run } = one;
  const sites = run.sites ?? [];
  const cells = sites.reduce((sum, site) => sum + site.cells.length, 0);
  const carriers = [...new Set(sites.flatMap((site) => site.cells.map((cell) => `${cell.carrier} ${number(cell.frequency_mhz)} MHz`)))];
  const terminals = terminalsOf(one);
  const warnings = warningsOf(one).length;
  return h("section", { id: "summary" }, h("h2", {}, t("nav.summary")),
    h("div", { class: "cards" },
      terminals.length ? terminals.map((terminal) => terminalCard(run, terminal)) : levelCard(run),
      h("div", { class: "card-column" },
        smallCard(t("summary.area"), `${number(run.kpis.judged_km2)} km²`, t("summary.pixel", number(run.grid.pixel_m))),
        sites.length ? smallCard(t("summary.sites"), `${number(sites.length)} / ${number(cells)}`, carriers.slice(0, 4).join(", ")) : null,
        h("article", { class: warnings ? "card attention" : "card" }, h("h3", {}, t("nav.warnings")), h("p", { class: "figure" }, number(warnings)),
          h("p", { class: "card-foot" }, warnings ? h("a", { href: "#warnings" }, t("summary.read_warnings")) : t("warnings.none"))))));
}
