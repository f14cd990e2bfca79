// Optical budgets of the sites' fibre.
import { h } from "./dom.js";
import { number, withUnit } from "./format.js";
import { label, t } from "./i18n.js";
import { table } from "./tables.js";

export function opticalSection(one) {
  const links = Object.entries(one.run.optical ?? {});
  if (links.length === 0) return null;
  const columns = [{ title: t("optical.link") }, { title: t("optical.optics") }, { title: t("optical.length"), number: true }, { title: t("optical.loss"), number: true }, { title: t("optical.allowed"), number: true },
    { title: t("optical.margin"), number: true }, { title: t("optical.spare"), number: true }, { title: t("optical.longest"), number: true }, { title: t("optical.verdict") }];
  const rows = links.map(([id, link]) => [label(link.name) || id, `${link.optics}${link.terminals > 1 ? `, 1:${link.terminals}` : ""}`, withUnit(link.length_m / 1000, 1, "km"), withUnit(link.loss_db, 1, "dB"), `${number(link.least_loss_db, 0)}–${number(link.greatest_loss_db, 0)} dB`,
    withUnit(link.margin_db, 1, "dB"), h("strong", {}, withUnit(link.spare_db, 1, "dB")), `${withUnit(link.longest_m / 1000, 1, "km")}`, h("span", { class: link.works ? null : "synthetic" }, link.works ? t("optical.works") : link.verdict)]);
  return h("section", { id: "optical" }, h("h2", {}, t("nav.optical")), table(columns, rows),
    links.map(([id, link]) => h("details", { class: "fold" }, h("summary", {}, `${t("optical.terms")}: ${label(link.name) || id}`), table([{ title: t("budget.term") }, { title: "dB", number: true }], link.rows.map((row) => [row.name, number(row.loss_db, 2)]), { class: "data dense" }))));
}
