// Figures of shapes and comparisons: key -> name, and how the value reads. Values are in SI units as run.json has them.
import { kMissing, compact, mbps, number, percent, withUnit } from "./format.js";
import { t, tOr } from "./i18n.js";

const kilometres = (value) => (typeof value === "number" ? withUnit(value / 1000, Math.abs(value) < 10000 ? 2 : 1, "km") : kMissing);

/** By the unit that a key's end names. */
export function kpiText(key, value) {
  if (typeof value === "boolean") return t(value ? "kpi.yes" : "kpi.no");
  if (typeof value === "string") return tOr(`limit.${value}`, value);
  if (typeof value !== "number") return kMissing;
  if (key.endsWith("_share") || key === "share" || key.endsWith("probability") || key.includes("_mean") && /^(setup|connected|handover|prach|msg3|rrc|qos)/.test(key) || key.endsWith("probability_mean")) return percent(value);
  if (key.endsWith("_bps")) return mbps(value);
  if (key.endsWith("_dbm")) return withUnit(value, 1, "dBm");
  if (key.endsWith("_db")) return withUnit(value, 1, "dB");
  if (key.endsWith("_km2") || key === "km2") return withUnit(value, 0, "km²");
  if (key.endsWith("_per_km")) return withUnit(value, 2, "/ km");
  if (key.endsWith("_m")) return kilometres(value);
  if (key.endsWith("_s")) return value >= 120 ? withUnit(value / 60, 1, "min") : withUnit(value, 0, "s");
  if (key.endsWith("_hz")) return withUnit(value, 0, "Hz");
  if (key.endsWith("_percent")) return withUnit(value, 1, "%");
  return compact(value);
}

/** The difference of two values, with its sign; shares in percentage points. */
export function gainText(key, from, to) {
  if (typeof from !== "number" || typeof to !== "number") return kMissing;
  const gained = to - from;
  const sign = gained > 0 ? "+" : "";
  if (percentKey(key)) return `${sign}${number(100 * gained, 1)} ${t("kpi.points")}`;
  return sign + kpiText(key, gained);
}
const percentKey = (key) => /(_share|^share|probability|probability_mean)$/.test(key);

export const kpiName = (key) => tOr(`kpi.${key}`, key.replaceAll("_", " "));

/** What a planner reads first of a route; the rest is in shapes.csv. */
export const kRouteKpis = ["covered_share", "longest_hole_m", "long_hole_count", "hole_total_m", "longest_hole_s", "without_service_s", "rsrp_mean_dbm", "rsrp_p10_dbm",
  "sinr_p10_db", "downlink_mean_bps", "downlink_p10_bps", "uplink_mean_bps", "uplink_p10_bps", "probability_mean", "servers", "handovers_per_km", "overlap_least_m", "overlap_needed_m",
  "handovers_without_overlap", "handovers_reestablished", "drops_forward", "drops_backward", "voice/connected_mean", "voice/whole_run_probability", "voice/all_calls_probability", "dominant_limit"];
export const kPlaceKpis = ["covered_share", "rsrp_mean_dbm", "rsrp_p10_dbm", "downlink_mean_bps", "downlink_p10_bps", "uplink_mean_bps", "probability_mean", "dominant_limit"];

/** The value at "a/b" of a record. */
export const valueAt = (record, path) => path.split("/").reduce((node, key) => node?.[key], record);
