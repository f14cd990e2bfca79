// Tables of the whole map: levels, classes of service, what binds, cells.
import { classColour } from "./class_colours.js";
import { h } from "./dom.js";
import { kMissing, mbps, number, percent } from "./format.js";
import { label, t, tOr } from "./i18n.js";
import { terminalsOf } from "./page_data.js";
import { bar, table } from "./tables.js";

const anySea = (run) => run.kpis.thresholds.some((one) => one.sea.pixels > 0);

function levels(run) {
  const sea = anySea(run);
  const columns = [{ title: "SS-RSRP", number: true }, { title: t("results.class") }, { title: "km²", number: true }, { title: t("results.of_all"), number: true },
    ...(sea ? [{ title: t("results.of_land"), number: true }, { title: t("results.of_sea"), number: true }] : [])];
  return [h("h3", {}, t("results.levels")), table(columns, run.kpis.thresholds.map((one) => [
    `≥ ${number(one.rsrp_dbm)} dBm`, label(one.name), number(one.all.covered_km2), percent(one.all.share),
    ...(sea ? [percent(one.land.share), percent(one.sea.share)] : [])]))];
}

function classes(one) {
  const terminals = terminalsOf(one);
  const first = terminals[0];
  const columns = [{ title: t("results.class") }, ...terminals.flatMap((terminal) => [{ title: label(terminal.name) }, { title: "km²", number: true }])];
  const rows = [...first.classes].reverse().filter((kind) => terminals.some((terminal) => terminal.classes.find((c) => c.code === kind.code)?.pixels > 0))
    .map((kind) => [label(kind), ...terminals.flatMap((terminal) => {
      const found = terminal.classes.find((c) => c.code === kind.code);
      return [bar(found?.share, classColour(kind.code), percent(found?.share)), number(found?.km2)];
    })]);
  const more = [
    [t("results.mean_downlink"), (terminal) => mbps(terminal.mean_downlink_bps)],
    [t("results.mean_loaded"), (terminal) => mbps(terminal.mean_loaded_downlink_bps)],
    [t("results.mean_uplink"), (terminal) => mbps(terminal.mean_uplink_bps)],
    [t("results.probability"), (terminal) => percent(terminal.mean_probability)],
  ].map(([name, text]) => ({ attributes: { class: "sum" }, cells: [name, ...terminals.flatMap((terminal) => [text(terminal), ""])] }));
  return [h("h3", {}, t("results.service")), table(columns, [...rows, ...more]), h("p", { class: "note" }, classNote(one.run.service))];
}

function classNote(service) {
  const { continuous, effective } = service.classes;
  return t("results.class_note", number(continuous.rsrp_dbm), number(continuous.sinr_db), number(effective.rsrp_dbm), number(effective.sinr_db),
    number(service.uplink_rate_bps / 1000), number(service.slow_fading_margin_db.land, 1), number(service.slow_fading_margin_db.sea, 1));
}

function limits(one) {
  const terminals = terminalsOf(one);
  const used = (limit, terminal) => terminal.limits.find((l) => l.code === limit.code) ?? {};
  const rows = terminals[0].limits
    .filter((limit) => terminals.some((terminal) => used(limit, terminal).fails_first_pixels + used(limit, terminal).nearest_pixels > 0))
    .map((limit) => [label(limit), ...terminals.flatMap((terminal) => {
      const found = used(limit, terminal);
      return [bar(found.fails_first_pixels / terminal.judged_pixels, "#c51b7d", percent(found.fails_first_pixels / terminal.judged_pixels)),
        percent(found.nearest_pixels / terminal.judged_pixels)];
    })]);
  const columns = [{ title: t("results.limit") }, ...terminals.flatMap((terminal) => [{ title: t("results.fails", label(terminal.name)) }, { title: t("results.nearest"), number: true }])];
  return [h("h3", {}, t("results.limits")), table(columns, rows), h("p", { class: "note" }, t("results.limits_note"))];
}

function cellTable(one) {
  const cells = one.run.service?.cells ?? [];
  if (cells.length === 0) return null;
  const columns = [{ title: t("site.cell") }, { title: t("results.access_range"), number: true }, { title: t("results.access_limit") }, { title: "PRACH" }, { title: "N_CS", number: true }, { title: t("results.roots"), number: true }];
  const rows = cells.map((cell) => [cell.id, `${number(cell.access_range_m / 1000, 1)} km`, tOr(`access.${cell.access_limit}`, cell.access_limit), cell.prach_format, number(cell.n_cs), cell.roots === null ? kMissing : number(cell.roots)]);
  return h("details", { class: "fold" }, h("summary", {}, t("results.cells", cells.length)), table(columns, rows));
}

function availability(one) {
  const found = one.run.availability;
  if (!found?.terminals) return null;
  const terminals = terminalsOf(one).filter((terminal) => found.terminals[terminal.id]);
  const levels = [...new Set(terminals.flatMap((terminal) => Object.keys(found.terminals[terminal.id].served_at_least_percent_of_time)))].sort((a, b) => Number(b) - Number(a));
  const sea = terminals.some((terminal) => levels.some((level) => typeof found.terminals[terminal.id].served_at_least_percent_of_time[level]?.sea_share === "number"));
  const columns = [{ title: t("results.time") }, ...terminals.flatMap((terminal) => [{ title: label(terminal.name) }, ...(sea ? [{ title: t("results.of_sea"), number: true }] : []), { title: "km²", number: true }])];
  const rows = levels.map((level) => [t("results.at_least", level), ...terminals.flatMap((terminal) => {
    const served = found.terminals[terminal.id].served_at_least_percent_of_time[level] ?? {};
    return [bar(served.share, "#35978f", percent(served.share)), ...(sea ? [percent(served.sea_share)] : []), number(served.km2)];
  })]);
  rows.push({ attributes: { class: "sum" }, cells: [t("results.mean_time"), ...terminals.flatMap((terminal) => [`${number(found.terminals[terminal.id].mean_percent, 1)} %`, ...(sea ? [""] : []), ""])] });
  return [h("h3", {}, t("results.availability")), table(columns, rows)];
}

export function resultsSection(one) {
  const judged = terminalsOf(one).length > 0;
  return h("section", { id: "results" }, h("h2", {}, t("nav.results")), judged ? [classes(one), limits(one), availability(one)] : null, levels(one.run), judged ? cellTable(one) : null);
}
