// The map with its panel: layers and legends, base variant, read-out.
import { fillLayerPanel } from "./layer_panel.js";
import { h, replace } from "./dom.js";
import { label, onLanguage, t } from "./i18n.js";
import { MapView } from "./map_view.js";
import { hasVariants, page, runs, variantName } from "./page_data.js";
import { allValues, Readout } from "./readout.js";
import { changed, onState, state } from "./view_state.js";

export class MapSection {
  constructor() {
    this.title = h("h2", {});
    this.mapBox = h("div", { class: "map", id: "map-box" });
    this.layers = h("div", { class: "layer-panel" });
    this.base = h("div", { class: "base-choice" });
    this.readoutTitle = h("h3", {});
    this.readoutBox = h("div", { class: "readout", id: "readout" });
    this.caption = h("p", { class: "note" });
    this.element = h("section", { id: "map" }, this.title,
      h("div", { class: "map-row" }, this.mapBox, h("aside", { class: "panel" }, this.base, this.layers, h("div", { class: "readout-box" }, this.readoutTitle, this.readoutBox))),
      this.caption);
  }

  /** Once the element is on the page. */
  start() {
    this.view = new MapView(this.mapBox);
    this.readout = new Readout(this.readoutBox);
    this.view.onPointer((x, y) => {
      this.last = [x, y];
      this.readout.show(x, y);
    });
    this.view.onClick(async (x, y) => this.view.popup(x, y, await allValues(x, y)));
    onState((what) => {
      this.view.refresh();
      if (what !== "opacity") this.fill();
    });
    onLanguage(() => this.fill());
    this.fill();
    // For tests, and for whoever drives the page by program.
    window.yonderReport = {
      isDrawn: () => this.view.isDrawn(),
      screenPoint: (x, y) => {
        const box = this.mapBox.getBoundingClientRect();
        const at = this.view.map.latLngToContainerPoint([y, x]);
        return { x: box.left + at.x, y: box.top + at.y };
      },
    };
    // The paper's map shows what the screen's does.
    window.addEventListener("beforeprint", () => this.view.shrinkTo(790, 580));
    window.addEventListener("afterprint", () => this.view.backToScreen());
  }

  fill() {
    replace(this.title, t("nav.map"));
    replace(this.readoutTitle, t("map.readout"));
    replace(this.caption, t("map.caption", page.crs ?? ""));
    fillLayerPanel(this.layers);
    this.fillBase();
    if (this.last) this.readout.show(...this.last);
    else this.readout.clear();
  }

  fillBase() {
    if (!hasVariants) return;
    const options = [h("option", { value: "", selected: state.base === null }, t("map.no_difference")),
      ...runs.filter((one) => one.id !== state.variant).map((one) => h("option", { value: `=${one.id}`, selected: state.base === one.id }, `${t("map.less")} ${label(variantName(one)) || one.id}`))];
    replace(this.base, h("label", {}, t("map.difference"), " ", h("select", { id: "difference", onchange: (event) => { state.base = event.target.value ? event.target.value.slice(1) : null; changed(); } }, options)));
  }
}
