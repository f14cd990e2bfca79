// The report: builds the page from the run's record, and again when the language or the variant changes.
import "leaflet/dist/leaflet.css";
import "uplot/dist/uPlot.min.css";
import "./style.css";
import "./print.css";
import { budgetSection } from "./budget_section.js";
import { claimsSection } from "./claims_section.js";
import { compareSection } from "./compare_section.js";
import { h, replace } from "./dom.js";
import { label, language, onLanguage, setLanguage, t } from "./i18n.js";
import { MapSection } from "./map_section.js";
import { opticalSection } from "./optical_section.js";
import { hasVariants, page, runOf, runs, variantName } from "./page_data.js";
import { resultsSection } from "./results_section.js";
import { shapesSection } from "./shapes_section.js";
import { scenarioTitle, sourcesSection } from "./sources_section.js";
import { summarySection } from "./summary_section.js";
import { changed, onState, startState, state } from "./view_state.js";
import { warningsSection } from "./warnings_section.js";

const root = document.getElementById("report");

function header(one) {
  const languages = h("div", { class: "languages", role: "group" }, [["en", "English"], ["zh", "中文"]].map(([code, name]) =>
    h("button", { type: "button", "data-language": code, "aria-pressed": String(language() === code), onclick: () => setLanguage(code) }, name)));
  const { run } = one;
  return [
    h("div", { class: "title-block" }, h("p", { class: "kicker" }, t("title.report")), h("h1", {}, scenarioTitle(one)),
      h("p", { class: "made" }, t("title.made", run.model.source, run.created_utc.slice(0, 10), run.yonder))),
    h("div", { class: "tools" }, languages, h("button", { type: "button", class: "print", onclick: () => window.print() }, t("title.print"))),
  ];
}

function variantSwitch() {
  if (!hasVariants) return null;
  return h("div", { class: "variants", role: "group", "aria-label": t("title.variant") }, h("span", {}, t("title.variant")), runs.map((one) =>
    h("button", { type: "button", "data-variant": one.id, "aria-pressed": String(state.variant === one.id), onclick: () => { state.variant = one.id; if (state.base === one.id) state.base = null; changed(); } }, label(variantName(one)) || one.id)));
}

function build() {
  startState();
  const head = h("header", { class: "page-head" });
  const nav = h("nav", { class: "page-nav" });
  const before = h("div");
  const after = h("div");
  const map = page.layers.length ? new MapSection() : null;
  replace(root, head, nav, h("main", {}, before, map?.element, after));
  let variant = null;
  const fill = () => {
    variant = state.variant;
    const one = runOf(state.variant);
    document.title = scenarioTitle(one);
    replace(head, header(one));
    const synthetic = one.run.terrain.synthetic ? h("p", { class: "banner" }, t("summary.synthetic")) : null;
    const claims = claimsSection();
    replace(before, synthetic, summarySection(one), claims, hasVariants ? compareSection() : null);
    const sections = [resultsSection(one), shapesSection(one), budgetSection(one), opticalSection(one), sourcesSection(one), warningsSection(one)].filter(Boolean);
    replace(after, sections);
    const links = ["summary", claims ? "claims" : null, hasVariants ? "compare" : null, map ? "map" : null, ...sections.map((section) => section.id)].filter(Boolean);
    replace(nav, h("div", { class: "links" }, links.map((id) => h("a", { href: `#${id}` }, t(`nav.${id}`)))), variantSwitch());
  };
  fill();
  // Headings stop below the bar, which has one row or two.
  new ResizeObserver(() => (document.documentElement.style.scrollPaddingTop = `${nav.offsetHeight + 14}px`)).observe(nav);
  map?.start();
  onLanguage(fill);
  onState(() => { if (state.variant !== variant) fill(); });
}

build();
