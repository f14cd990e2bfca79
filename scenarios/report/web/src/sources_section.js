// On what the results rest: model, terrain, inputs with their hashes, the scenario itself, versions.
import { h } from "./dom.js";
import { bytes, number, percent } from "./format.js";
import { label, language, t } from "./i18n.js";
import { page } from "./page_data.js";
import { facts, table } from "./tables.js";
import { inChinese } from "./warning_texts.js";

const parameterText = (parameters) => Object.entries(parameters ?? {}).map(([name, value]) => `${name} = ${value}`).join(", ");

function modelFacts(model) {
  return facts([
    [t("sources.model"), `${model.source} (${model.id})`],
    [t("sources.parameters"), parameterText(model.parameters) || "–"],
    [t("sources.polarization"), t(`sources.${model.polarization}`)],
    ...(model.additions ?? []).map((one) => [t("sources.addition"), `${one.source} (${one.id}): ${parameterText(one.parameters)}`]),
    ...(model.members ?? []).map((one) => [one.id, `${one.rule} · ${number(one.pixels)} ${t("sources.pixels")}`]),
  ]);
}

function terrainFacts(run) {
  const pixels = run.grid.columns * run.grid.rows;
  return facts([
    [t("sources.terrain"), run.terrain.synthetic ? h("strong", { class: "synthetic" }, t("sources.synthetic")) : t("sources.real")],
    ...run.terrain.sources.map((source) => [source.files.map((file) => file.split("/").pop()).slice(0, 6).join(", ") + (source.files.length > 6 ? ` … (${source.files.length})` : ""), `${number(source.pixels)} ${t("sources.pixels")}`]),
    [t("sources.no_data"), `${number(run.terrain.no_data_pixels)} ${t("sources.pixels")}`],
    [t("sources.sea"), `${number(run.terrain.sea_pixels)} ${t("sources.pixels")}`],
    run.terrain.assumed_sea_pixels > 0 ? [t("sources.assumed_sea"), percent(run.terrain.assumed_sea_pixels / pixels)] : null,
    [t("sources.grid"), `${run.grid.crs}, ${number(run.grid.columns)} × ${number(run.grid.rows)} × ${number(run.grid.pixel_m)} m`],
  ]);
}

function statusTable(run) {
  const rows = run.status.map((one) => [language() === "zh" ? inChinese(one.meaning) : one.meaning, number(one.pixels)]);
  return [h("h3", {}, t("sources.status")), table([{ title: t("sources.meaning") }, { title: t("sources.pixels"), number: true }], rows)];
}

function inputTable(run) {
  const rows = run.inputs.map((one) => [h("span", { class: "path", title: one.file }, one.file.split("/").pop()), bytes(one.bytes), h("code", {}, one.sha256)]);
  return [h("h3", {}, t("sources.inputs")), table([{ title: t("sources.file") }, { title: t("sources.size"), number: true }, { title: "SHA-256" }], rows, { class: "data dense hashes" })];
}

export function sourcesSection(one) {
  const { run } = one;
  return h("section", { id: "sources" }, h("h2", {}, t("nav.sources")),
    h("div", { class: "columns" }, h("div", {}, h("h3", {}, t("sources.propagation")), modelFacts(run.model)), h("div", {}, h("h3", {}, t("sources.ground")), terrainFacts(run))),
    statusTable(run), inputTable(run),
    h("details", { class: "fold" }, h("summary", {}, t("sources.scenario")), h("pre", { class: "yaml" }, run.scenario.yaml)),
    h("h3", {}, t("sources.made")),
    facts([
      [t("sources.program"), `yonder ${run.yonder} (${run.commit}), ${run.compiler}, ${run.build_type}, GDAL ${run.gdal}`],
      [t("sources.created"), run.created_utc],
      [t("sources.work"), t("sources.work_text", number(run.paths), number(run.timings_s.total, 1), number(run.threads), number(run.peak_rss_mib))],
      page.left_out.length ? [t("sources.left_out"), page.left_out.join(", ")] : null,
    ]),
    h("details", { class: "fold" }, h("summary", {}, t("sources.licences")), h("pre", {}, LICENCES)));
}

export const scenarioTitle = (one) => label(one.run.scenario.title) || one.run.scenario.id;
