// Variants side by side: what is gained in km and %, and every figure that the runs have in common.
import { h } from "./dom.js";
import { kMissing, number, withUnit } from "./format.js";
import { label, language, t } from "./i18n.js";
import { gainText, kpiName, kpiText } from "./kpi_names.js";
import { page, runs, terminalsOf, variantName } from "./page_data.js";
import { table } from "./tables.js";
import { inChinese } from "./warning_texts.js";

const kSilent = new Set(["service", "terminals", "kpis", "thresholds", "shapes", "classes", "bands", "all"]);

/** What a planner looks at first. */
function isFirst(name) {
  if (name.startsWith("/kpis/thresholds/")) return name.endsWith("/all/share");
  if (name.startsWith("/service/terminals/")) return /\/(continuous\/share|effective\/share|mean_downlink_bps|mean_uplink_bps)$/.test(name);
  if (name.startsWith("/availability/")) return /\/(mean_percent|90\/share)$/.test(name);
  if (name.startsWith("/shapes/")) return /\/(covered_share|longest_hole_m|served_at_least_percent_of_time\/90\/share)$/.test(name);
  return name.startsWith("/optical/") && name.endsWith("/spare_db");
}

/** "/service/terminals/car/classes/effective/share" as "handset in a car · effective · share". */
function readableName(path) {
  const [one] = runs;
  const terminals = terminalsOf(one);
  const names = new Map();
  for (const terminal of terminals) {
    names.set(terminal.id, label(terminal.name));
    for (const kind of terminal.classes) names.set(kind.id, label(kind));
    for (const limit of terminal.limits) names.set(limit.id, label(limit));
  }
  for (const threshold of one.run.kpis.thresholds) names.set(threshold.id, `${label(threshold.name)} ≥ ${number(threshold.rsrp_dbm)} dBm`);
  for (const kind of ["routes", "areas", "zones", "points"]) {
    for (const [id, shape] of Object.entries(one.run.shapes?.[kind] ?? {})) names.set(id, label(shape.name) || id);
  }
  const words = path.split("/").filter((word) => word && !kSilent.has(word));
  return words.map((word) => names.get(word) ?? kpiName(word)).join(" · ");
}

const valueKey = (row) => (row.unit === "1" ? "share" : row.unit === "bit/s" ? "x_bps" : row.unit === "m" ? "x_m" : row.path.split("/").pop());

const titleOf = (id) => label(variantName(runs.find((one) => one.id === id))) || id;

/** A row a figure: the first variant's value, the others' with what they differ by. */
function sideBySide(firstTitle, rows) {
  const [base, ...others] = runs.map((one) => one.id);
  // Few variants have columns of their own for the change, many have it below the value.
  const apart = others.length <= 2;
  const columns = [{ title: firstTitle }, { title: titleOf(base), number: true }, ...others.flatMap((id) => [{ title: titleOf(id), number: true }, ...(apart ? [{ title: t("compare.gain"), number: true }] : [])])];
  return table(columns, rows.map(({ name, values, changes }) => [name, values[base], ...others.flatMap((id) => {
    const change = h("strong", {}, changes[id]);
    return apart ? [values[id], change] : [[h("div", {}, values[id]), h("small", {}, change)]];
  })]), { class: "data compared" });
}

const byRun = (text) => Object.fromEntries(runs.map((one) => [one.id, text(one.id)]));

function kpiTable(rows) {
  const base = runs[0].id;
  return sideBySide(t("compare.figure"), rows.map((row) => {
    const key = valueKey(row);
    return { name: readableName(row.name ?? row.path), values: byRun((id) => kpiText(key, row.values[id])), changes: byRun((id) => gainText(key, row.values[base], row.values[id])) };
  }));
}

/** Terminals and routes of a gain by their names. */
function gainName(what) {
  const text = language() === "zh" ? inChinese(what) : what.replaceAll(" -", " −");
  const names = new Map(terminalsOf(runs[0]).map((terminal) => [terminal.id, label(terminal.name)]));
  for (const [id, route] of Object.entries(runs[0].run.shapes?.routes ?? {})) names.set(id, label(route.name) || id);
  return text.split(/(, |，| on | 最长| 业务总)/).map((part) => names.get(part) ?? part).join("");
}

function gainTable(gains) {
  const km = (value) => (typeof value === "number" ? withUnit(value / 1000, 1, "km") : kMissing);
  const sign = (value) => (value > 0 ? "+" : "");
  const change = (gain, id) => {
    const [metres, percent] = [gain.gain_m?.[id], gain.gain_percent?.[id]];
    if (typeof metres !== "number") return kMissing;
    return `${sign(metres)}${km(metres)}${typeof percent === "number" ? ` (${sign(percent)}${number(percent)} %)` : ""}`;
  };
  const shown = gains.filter((gain) => runs.slice(1).some((one) => typeof gain.values[one.id] === "number"));
  return sideBySide(t("compare.reach"), shown.map((gain) => ({ name: h("span", { title: gain.how }, gainName(gain.what)), values: byRun((id) => km(gain.values[id])), changes: byRun((id) => change(gain, id)) })));
}

function mapTable(maps) {
  const rows = maps.filter((map) => map.mean_db !== undefined || map.gained_km2 > 0 || map.lost_km2 > 0).map((map) => [
    label(variantName(runs.find((one) => one.id === map.variant) ?? { id: map.variant })), map.terminal ? label(terminalsOf(runs[0]).find((one) => one.id === map.terminal)?.name) || map.terminal : t("shapes.receiver"), t(`layer.${map.layer}`),
    map.mean_db !== undefined ? t("compare.map_db", number(map.mean_db, 1), number(map.p10_db, 1), number(map.p90_db, 1)) : t("compare.map_km2", number(map.gained_km2), number(map.lost_km2))]);
  return rows.length ? [h("h3", {}, t("compare.maps")), table([{ title: t("title.variant") }, { title: t("budget.terminal") }, { title: t("compare.layer") }, { title: t("compare.difference") }], rows)] : null;
}

export function compareSection() {
  const compare = page.compare;
  const kpis = compare?.kpis ?? [];
  const first = kpis.filter((row) => isFirst(row.name ?? row.path));
  return h("section", { id: "compare" }, h("h2", {}, t("nav.compare")), h("p", { class: "lead" }, t("compare.lead", titleOf(runs[0].id), t("map.difference"))),
    compare?.gains?.length ? [h("h3", {}, t("compare.gains")), gainTable(compare.gains)] : null,
    first.length ? [h("h3", {}, t("compare.figures")), kpiTable(first)] : null,
    mapTable(compare?.maps ?? []),
    kpis.length > first.length ? h("details", { class: "fold" }, h("summary", {}, t("compare.more", kpis.length)), kpiTable(kpis)) : null);
}
