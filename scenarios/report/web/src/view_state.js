// What the reader has chosen to see, and who wants to know when it changes.
import { hasVariants, layerKey, layersOf, page, runs } from "./page_data.js";

const listeners = [];

export const state = {
  variant: runs[0]?.id ?? "",
  /** Id of the variant that is subtracted; null: no difference. */
  base: null,
  /** Layer key -> opacity, in the order of drawing. */
  shown: new Map(),
  relief: true,
  sites: true,
  routes: true,
  labels: true,
};

export const onState = (listener) => listeners.push(listener);
/** `what`: "opacity" when nothing but that has changed. */
export function changed(what) {
  for (const listener of listeners) listener(what);
}

export const kBackground = new Set(["ground", "zone"]);
/** Layers that a reader can switch, of the chosen variant. */
export const switchable = () => layersOf(state.variant).filter((layer) => !kBackground.has(layer.layer));

export function startState() {
  if (hasVariants) state.variant = runs.find((one) => one.id === page.shown)?.id ?? runs[1].id;
  const layers = switchable();
  const first = layers.find((l) => l.layer === "class") ?? layers.find((l) => l.layer === "rsrp") ?? layers[0];
  if (first) state.shown.set(layerKey(first), 0.8);
}

/** Shows one layer alone. */
export function showOnly(key) {
  const opacity = state.shown.get(key) ?? [...state.shown.values()].pop() ?? 0.8;
  state.shown.clear();
  state.shown.set(key, opacity);
  changed();
}

export function toggle(key) {
  if (state.shown.has(key)) state.shown.delete(key);
  else state.shown.set(key, 0.8);
  changed();
}

export const shownLayers = () =>
  [...state.shown.keys()]
    .map((key) => page.layers.find((l) => l.variant === state.variant && layerKey(l) === key))
    .filter(Boolean);
