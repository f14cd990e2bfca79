// What a case claims, beside what was computed.
import { h } from "./dom.js";
import { kMissing, number } from "./format.js";
import { label, t } from "./i18n.js";
import { kpiText } from "./kpi_names.js";
import { page } from "./page_data.js";
import { table } from "./tables.js";

/** The key that tells the unit: what stands under the name of a class is a share, a yes or no is 1 or 0. */
const keyOf = (at) => (/\/classes\/[^/]+$/.test(at) ? "share" : at.split("/").pop());

function valueText(claim, value) {
  if (typeof value !== "number") return kMissing;
  if (claim.ratio) return `× ${number(value, 2)}`;
  const key = keyOf(claim.at);
  return kpiText(key, key === "stands" ? value === 1 : value);
}
const isInside = (claim) => !claim.band || (typeof claim.value === "number" && claim.value >= claim.band[0] && claim.value <= claim.band[1]);

function claimTable(claims) {
  const columns = [{ title: t("claims.claim") }, { title: t("claims.what") }, { title: t("claims.computed"), number: true }, { title: t("claims.band"), number: true }];
  return table(columns, claims.map((claim) => [
    label({ en: claim.claim, zh: claim.claim_zh }) || kMissing, h("span", { title: claim.source }, label({ en: claim.what, zh: claim.what_zh })), h("strong", { class: isInside(claim) ? null : "synthetic" }, valueText(claim, claim.value)),
    claim.band ? `${valueText(claim, claim.band[0])} … ${valueText(claim, claim.band[1])}` : kMissing]));
}

export function claimsSection() {
  const claims = Array.isArray(page.claims) ? page.claims : [];
  if (claims.length === 0) return null;
  const said = claims.filter((claim) => claim.claim);
  const others = claims.filter((claim) => !claim.claim);
  return h("section", { id: "claims" }, h("h2", {}, t("nav.claims")), h("p", { class: "lead" }, t("claims.lead")), said.length ? claimTable(said) : null,
    others.length ? h("details", { class: "fold", open: said.length === 0 }, h("summary", {}, t("claims.others", others.length)), claimTable(others)) : null);
}
