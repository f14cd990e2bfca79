// Link budgets: one table a kind of cell and terminal, channels side by side, as `yonder budget` works them out.
import { h } from "./dom.js";
import { kMissing, number } from "./format.js";
import { label, language, t, tOr } from "./i18n.js";
import { runOf, terminalName } from "./page_data.js";
import { table } from "./tables.js";

/** In the order of reading; others come last. */
const kOrder = ["unit_power_dbm", "power_sum_db", "total_power_dbm", "carrier_elements_db", "epre_dbm", "channel_elements_db", "transmit_power_dbm", "bandwidth_khz",
  "thermal_noise_dbm", "noise_figure_db", "interference_margin_db", "reference_sinr_db", "shots_db", "aggregation_db", "energy_db", "branches_db", "repetition_db",
  "diversity_db", "shannon_sinr_db", "gap_db", "channel_estimation_db", "fading_db", "combining_db", "required_sinr_db", "sensitivity_dbm", "threshold_rsrp_dbm",
  "mcl_db", "base_station_gain_dbi", "array_gain_db", "array_efficiency_db", "feeder_loss_db", "terminal_gain_dbi", "mil_db", "slow_fading_db", "time_margin_db",
  "penetration_loss_db", "body_loss_db", "mpl_db"];
const kResults = new Set(["epre_dbm", "sensitivity_dbm", "mcl_db", "mil_db", "mpl_db"]);

export function rangeText(channel) {
  const km = channel.range_km;
  return { loss: number(km, 1), searched: `> ${number(km, 0)}`, model: `${number(km, 1)} +` }[channel.range_end] ?? tOr(`range.${channel.range_end}`, channel.range_end);
}

const place = (key) => (kOrder.includes(key) ? kOrder.indexOf(key) : kOrder.length);
const channelName = (channel) => (language() === "zh" ? channel.name_zh || channel.channel : channel.channel);

function kindText(kind) {
  return t("budget.kind", kind.carrier, number(kind.downlink_mhz), number(kind.uplink_mhz), number(10 ** ((kind.total_power_dbm - 30) / 10)), number(kind.antenna_gain_dbi, 1), number(kind.height_agl_m)) +
    (kind.units > 1 ? t("budget.stacked") : "");
}

function detail(entry) {
  const keys = [...new Set(entry.channels.flatMap((channel) => channel.rows.map((row) => row.key)))].sort((a, b) => place(a) - place(b));
  const columns = [{ title: t("budget.term") }, { title: t("budget.unit") }, ...entry.channels.map((channel) => ({ title: channel.channel, number: true })), { title: t("budget.source") }];
  const rows = keys.map((key) => {
    const found = entry.channels.map((channel) => channel.rows.find((row) => row.key === key));
    const any = found.find(Boolean);
    const sources = new Set(found.filter(Boolean).map((row) => row.source));
    return { attributes: { class: kResults.has(key) ? "sum" : null }, cells: [tOr(`term.${key}`, any.name), any.unit, ...found.map((row) => (row ? number(row.value, 2) : "")), sources.size === 1 ? any.source : t("budget.by_channel")] };
  });
  rows.push({ attributes: { class: "sum" }, cells: [t("budget.range"), "km", ...entry.channels.map(rangeText), t(`budget.${entry.surface}`)] });
  return table(columns, rows, { class: "data dense" });
}

export function budgetSection(one) {
  const budget = one.budget;
  if (!budget?.budgets?.length) return null;
  const first = budget.budgets[0];
  const columns = [{ title: t("budget.cells") }, { title: t("budget.terminal") }, { title: t("budget.over") }, ...first.channels.map((channel) => ({ title: channel.channel, number: true })),
    { title: t("budget.access"), number: true }, { title: t("budget.service"), number: true }, { title: t("budget.limited_by") }];
  const rows = budget.budgets.map((entry) => [`[${entry.cells + 1}]`, label(terminalName(runOf(one.id), entry.terminal)), t(`budget.${entry.surface}`), ...entry.channels.map(rangeText),
    number(budget.cells[entry.cells].access.range_km, 1), h("strong", {}, number(entry.service_range_km, 1)), tOr(`limited.${entry.limited_by}`, entry.limited_by)]);
  const refusals = [...new Set(budget.budgets.flatMap((entry) => entry.channels.map((channel) => channel.refusal).filter(Boolean)))];
  return h("section", { id: "budget" }, h("h2", {}, t("nav.budget")), h("p", { class: "lead" }, t("budget.lead")),
    h("ol", { class: "kinds" }, budget.cells.map((kind) => h("li", {}, kindText(kind), h("small", {}, ` ${kind.cells.slice(0, 4).join(", ")}${kind.cells.length > 4 ? `, … (${kind.cells.length})` : ""}`)))),
    h("h3", {}, t("budget.ranges")), table(columns, rows),
    refusals.map((text) => h("p", { class: "note" }, t("budget.model_ends"), " ", text)),
    budget.budgets.map((entry) => h("details", { class: "fold" }, h("summary", {}, t("budget.detail", entry.cells + 1, label(terminalName(runOf(one.id), entry.terminal)) || kMissing)), detail(entry))));
}
