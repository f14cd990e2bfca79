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
  if (name.startsWith("/shapes/")) return /\/(covered_share|longest_hole_m)$/.test(name);
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

function kpiTable(rows) {
  const [base, ...others] = runs.map((one) => one.id);
  const title = (id) => label(variantName(runs.find((one) => one.id === id))) || id;
  const columns = [{ title: t("compare.figure") }, ...[base, ...others].map((id) => ({ title: title(id), number: true })), ...others.map((id) => ({ title: others.length > 1 ? `${t("compare.gain")}: ${title(id)}` : t("compare.gain"), number: true }))];
  return table(columns, rows.map((row) => {
    const key = valueKey(row);
    return [readableName(row.name ?? row.path), ...[base, ...others].map((id) => kpiText(key, row.values[id])), ...others.map((id) => h("strong", {}, gainText(key, row.values[base], row.values[id])))];
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
  const [base, ...others] = runs.map((one) => one.id);
  const title = (id) => label(variantName(runs.find((one) => one.id === id))) || id;
  const km = (value, digits = 1) => (typeof value === "number" ? number(value / 1000, digits) : kMissing);
  const columns = [{ title: t("compare.reach") }, { title: `${title(base)}, km`, number: true }, ...others.flatMap((id) => [{ title: `${title(id)}, km`, number: true }, { title: t("compare.gain"), number: true }])];
  const shown = gains.filter((gain) => others.some((id) => typeof gain.values[id] === "number"));
  return table(columns, shown.map((gain) => [h("span", { title: gain.how }, gainName(gain.what)), km(gain.values[base]), ...others.flatMap((id) => [km(gain.values[id]), h("strong", {}, typeof gain.gain_m?.[id] === "number" ? `${gain.gain_m[id] > 0 ? "+" : ""}${withUnit(gain.gain_m[id] / 1000, 1, "km")}${typeof gain.gain_percent?.[id] === "number" ? ` (${gain.gain_percent[id] > 0 ? "+" : ""}${number(gain.gain_percent[id])} %)` : ""}` : kMissing)])]));
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
  const names = runs.map((one) => label(variantName(one)) || one.id);
  return h("section", { id: "compare" }, h("h2", {}, t("nav.compare")), h("p", { class: "lead" }, t("compare.lead", names.slice(1).join(", "), names[0], t("map.difference"))),
    compare?.gains?.length ? [h("h3", {}, t("compare.gains")), gainTable(compare.gains)] : null,
    first.length ? [h("h3", {}, t("compare.figures")), kpiTable(first)] : null,
    mapTable(compare?.maps ?? []),
    kpis.length > first.length ? h("details", { class: "fold" }, h("summary", {}, t("compare.more", kpis.length)), kpiTable(kpis)) : null);
}
