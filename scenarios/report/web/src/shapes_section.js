// Routes, areas, distances from shore and points: figures, and plots along them.
import { chart } from "./charts.js";
import { classColour } from "./class_colours.js";
import { classKey, classStrip } from "./class_strip.js";
import { kSeries } from "./colours.js";
import { h } from "./dom.js";
import { kMissing, number, percent, rate, withUnit } from "./format.js";
import { label, t } from "./i18n.js";
import { kPlaceKpis, kpiName, kpiText, kRouteKpis, valueAt } from "./kpi_names.js";
import { terminalName, terminalsOf } from "./page_data.js";
import { rowsByTerminal } from "./route_layer.js";
import { bar, facts, stackedBar, table } from "./tables.js";

const entries = (record) => Object.entries(record ?? {});
const classesOf = (one) => terminalsOf(one)[0]?.classes;
const nameOf = (one, terminal) => (terminal === "receiver" ? t("shapes.receiver") : label(terminalName(one, terminal)) || terminal);
const heading = (id, shape) => h("h4", { class: "shape-name" }, label(shape.name) || id);

/** Shares of classes, best first, as a bar. */
function classBar(one, kpis) {
  if (!kpis.classes) return null;
  const known = classesOf(one) ?? [];
  return stackedBar([...known].reverse().map((kind) => ({ share: kpis.classes[kind.id], colour: classColour(kind.code), name: `${label(kind)} ${percent(kpis.classes[kind.id])}` })));
}

function kpiTable(one, terminals, keys) {
  const ids = Object.keys(terminals);
  const columns = [{ title: t("shapes.kpi") }, ...ids.map((id) => ({ title: nameOf(one, id), number: true }))];
  const limits = terminalsOf(one)[0]?.limits ?? [];
  const text = (key, value) => (key === "dominant_limit" ? label(limits.find((limit) => limit.id === value)) || value || kMissing : kpiText(key.split("/").pop(), value));
  const rows = keys.filter((key) => ids.some((id) => valueAt(terminals[id], key) !== undefined && valueAt(terminals[id], key) !== null))
    .map((key) => [kpiName(key), ...ids.map((id) => text(key, valueAt(terminals[id], key)))]);
  if (ids.some((id) => terminals[id].classes)) rows.splice(1, 0, [t("shapes.classes"), ...ids.map((id) => classBar(one, terminals[id]))]);
  return table(columns, rows, { class: "data kpis" });
}

function dopplerRows(one, terminals) {
  const rows = entries(terminals).flatMap(([id, kpis]) => entries(kpis.doppler).map(([carrier, doppler]) => [nameOf(one, id), carrier, withUnit(doppler.uplink_hz, 0, "Hz"), `${doppler.prach_format}: ${withUnit(doppler.prach_limit_hz, 0, "Hz")}`, t(doppler.stands ? "kpi.yes" : "kpi.no")]));
  if (rows.length === 0) return null;
  return [h("h4", {}, t("shapes.doppler")), table([{ title: t("budget.terminal") }, { title: t("site.carrier") }, { title: t("shapes.doppler_uplink"), number: true }, { title: t("shapes.doppler_limit"), number: true }, { title: t("shapes.stands") }], rows)];
}

function holeTable(one, terminals) {
  const rows = entries(terminals).flatMap(([id, kpis]) => (kpis.holes ?? []).map((hole) => [nameOf(one, id), number(hole.from_m / 1000, 2), number(hole.to_m / 1000, 2), number(hole.length_m, 0)]));
  if (rows.length === 0) return null;
  return h("details", { class: "fold" }, h("summary", {}, t("shapes.holes", rows.length)), table([{ title: t("budget.terminal") }, { title: t("shapes.from"), number: true }, { title: t("shapes.to"), number: true }, { title: t("shapes.hole_length"), number: true }], rows, { class: "data dense" }));
}

/** Columns of a route's table for one chart: every terminal over the same chainages. */
function routeSeries(one, data, key, rows) {
  const [first] = rows.values();
  const x = first.map((i) => data.chainage_m[i] / 1000);
  const series = [...rows].map(([terminal, indices], k) => ({ name: nameOf(one, terminal), colour: kSeries[k % kSeries.length], values: indices.map((i) => (typeof data[key][i] === "number" ? data[key][i] : null)) }));
  return { x, series: series.filter((line) => line.values.length === x.length && line.values.some((value) => value !== null)) };
}

function routePlots(one, data) {
  const rows = rowsByTerminal(data);
  if (rows.size === 0) return null;
  const plots = [];
  const thresholds = one.run.kpis.thresholds;
  const level = routeSeries(one, data, "rsrp_dbm", rows);
  if (level.series.length) {
    const lines = thresholds.map((threshold) => ({ name: label(threshold.name), colour: "#9aa4af", width: 1, dash: [5, 4], values: level.x.map(() => threshold.rsrp_dbm), unit: "dBm" }));
    plots.push(h("h4", {}, `SS-RSRP, dBm`), chart({ x: level.x, xTitle: t("shapes.chainage"), yTitle: "dBm", series: [...level.series.map((line) => ({ ...line, unit: "dBm" })), ...lines] }));
  }
  if (data.class?.some(Boolean)) {
    plots.push(h("h4", {}, t("results.service")), classKey(classesOf(one)), h("div", { class: "strips" }, [...rows].map(([terminal, indices]) => [h("span", {}, nameOf(one, terminal)), classStrip(data, indices, classesOf(one))])));
  }
  for (const [key, title] of [["downlink_mbps", "layer.dl_rate"], ["uplink_mbps", "layer.ul_rate"]]) {
    if (!data[key]) continue;
    const rates = routeSeries(one, data, key, rows);
    if (rates.series.length) plots.push(h("h4", {}, `${t(title)}, Mbit/s`), chart({ x: rates.x, xTitle: t("shapes.chainage"), yTitle: "Mbit/s", series: rates.series.map((line) => ({ ...line, unit: "Mbit/s" })), height: 180 }));
  }
  return plots;
}

function routePart(one, id, route) {
  const sections = (route.sections ?? []).map((part) => `${t(`shapes.${part.kind}`)} ${number(part.from_m / 1000, 1)}–${number(part.to_m / 1000, 1)} km`);
  return h("div", { class: "shape" }, heading(id, route),
    facts([[t("shapes.length"), withUnit(route.length_m / 1000, 1, "km")], route.speed_mps ? [t("shapes.speed"), withUnit(route.speed_mps * 3.6, 0, "km/h")] : null, sections.length ? [t("shapes.sections"), sections.slice(0, 8).join(", ") + (sections.length > 8 ? ` … (${sections.length})` : "")] : null,
      route.outside_m > 0 ? [t("shapes.outside"), withUnit(route.outside_m / 1000, 1, "km")] : null]),
    one.routes?.[id] ? routePlots(one, one.routes[id]) : null,
    kpiTable(one, route.terminals, kRouteKpis), dopplerRows(one, route.terminals), holeTable(one, route.terminals));
}

function shorePlots(one, data) {
  if (!data?.from_m) return null;
  const rows = new Map();
  data.terminal.forEach((terminal, i) => rows.set(terminal, [...(rows.get(terminal) ?? []), i]));
  const [first] = rows.values();
  const x = first.map((i) => (data.from_m[i] + (data.to_m?.[i] ?? data.from_m[i])) / 2000);
  const make = (key, title, unit, factor) => {
    if (!data[key]) return null;
    const series = [...rows].filter(([, indices]) => indices.length === x.length).map(([terminal, indices]) => ({ name: nameOf(one, terminal), unit, values: indices.map((i) => (typeof data[key][i] === "number" ? data[key][i] * factor : null)) }));
    return [h("h4", {}, title), chart({ x, xTitle: t("shapes.distance"), yTitle: unit, series, height: 200 })];
  };
  return [make("rsrp_p50_dbm", t("shapes.shore_level"), "dBm", 1), make("covered_share", t("shapes.shore_share"), "%", 100), make("downlink_mean_mbps", `${t("layer.dl_rate")}, Mbit/s`, "Mbit/s", 1)];
}

/** Shares of time that some terminal's figures are told for, rising; none where availability was not judged. */
const timeLevels = (list) => [...new Set(list.flatMap((kpis) => Object.keys(kpis?.availability?.served_at_least_percent_of_time ?? {})))].sort((a, b) => Number(a) - Number(b));
const servedAtLeast = (kpis, level) => percent(kpis?.availability?.served_at_least_percent_of_time?.[level]?.share);

/** A row a share of time: how much of the area is served for at least as long. */
function timeTable(one, terminals) {
  const levels = timeLevels(Object.values(terminals));
  if (levels.length === 0) return null;
  const columns = [{ title: t("results.time") }, ...Object.keys(terminals).map((id) => ({ title: nameOf(one, id), number: true }))];
  return [h("h4", {}, t("results.availability")), table(columns, levels.map((level) => [t("results.at_least", level), ...Object.values(terminals).map((kpis) => servedAtLeast(kpis, level))]))];
}

function zonesPart(one, id, zones) {
  const terminals = [...new Set(entries(zones.bands).flatMap(([, band]) => Object.keys(band.terminals)))];
  const levels = timeLevels(entries(zones.bands).flatMap(([, band]) => Object.values(band.terminals)));
  const rows = terminals.flatMap((terminal) => entries(zones.bands).map(([band, content]) => {
    const kpis = content.terminals[terminal] ?? {};
    return [nameOf(one, terminal), `${band.replace("-", "–")}\u00a0km`, number(content.area_km2), bar(kpis.covered_share, "#1a6fb0", percent(kpis.covered_share)), classBar(one, kpis), kpiText("rsrp_dbm", kpis.rsrp_p50_dbm), kpiText("rsrp_dbm", kpis.rsrp_p10_dbm), kpiText("x_bps", kpis.downlink_mean_bps), ...levels.map((level) => servedAtLeast(kpis, level))];
  }));
  const columns = [{ title: t("budget.terminal") }, { title: t("shapes.band") }, { title: "km²", number: true }, { title: kpiName("covered_share") }, { title: t("shapes.classes") }, { title: kpiName("rsrp_p50_dbm"), number: true }, { title: kpiName("rsrp_p10_dbm"), number: true }, { title: kpiName("downlink_mean_bps"), number: true },
    ...levels.map((level) => ({ title: t("shapes.time_at_least", level), number: true }))];
  return h("div", { class: "shape" }, heading(id, zones), shorePlots(one, one.zones?.[id]), table(columns, rows));
}

const areaPart = (one, id, area) => h("div", { class: "shape" }, heading(id, area), facts([[t("summary.area"), withUnit(area.area_km2, 0, "km²")]]), kpiTable(one, area.terminals, kPlaceKpis), timeTable(one, area.terminals));

function pointsPart(one, id, points) {
  const terminals = Object.keys(points.terminals ?? {});
  const classes = classesOf(one) ?? [];
  const cell = (found) => {
    if (!found) return kMissing;
    const kind = classes.find((one) => one.id === found.class);
    return h("span", { class: "point-cell" }, kind ? h("i", { style: `background: ${classColour(kind.code)}` }) : null, kind ? `${label(kind)}, ` : "", kpiText("rsrp_dbm", found.rsrp_dbm), found.downlink_bps > 0 ? `, ${rate(found.downlink_bps * 1e-6)}` : "");
  };
  const rows = entries(points.places).map(([place, content]) => [label(content.name) || place, number(content.weight), ...terminals.map((terminal) => (content.inside ? cell(content.terminals?.[terminal]) : t("shapes.not_inside")))]);
  const list = table([{ title: t("shapes.point") }, { title: t("shapes.weight"), number: true }, ...terminals.map((terminal) => ({ title: nameOf(one, terminal) }))], rows, { class: "data dense" });
  return h("div", { class: "shape" }, heading(id, points), facts([[t("shapes.point_count"), `${number(points.points_inside)} / ${number(points.points)}`], [t("shapes.weight"), number(points.weight)]]),
    kpiTable(one, points.terminals, kPlaceKpis), rows.length > 12 ? h("details", { class: "fold" }, h("summary", {}, t("shapes.all_points", rows.length)), list) : list);
}

export function shapesSection(one) {
  const shapes = one.run.shapes;
  if (!shapes) return null;
  const kinds = [["routes", routePart], ["zones", zonesPart], ["areas", areaPart], ["points", pointsPart]];
  const parts = kinds.filter(([kind]) => entries(shapes[kind]).length > 0)
    .map(([kind, part]) => [h("h3", { class: "kind" }, t(`shapes.${kind}`)), entries(shapes[kind]).map(([id, shape]) => part(one, id, shape))]);
  if (parts.length === 0) return null;
  return h("section", { id: "shapes" }, h("h2", {}, t("nav.shapes")), parts);
}
