// What the page holds: the JSON that the run wrote and the packed layers.
const source = document.getElementById("data");
export const page = source ? JSON.parse(source.textContent) : { runs: [], layers: [] };

export const runs = page.runs;
/** Several runs are variants of one scenario. */
export const hasVariants = runs.length > 1;

export const runOf = (variant) => runs.find((one) => one.id === variant) ?? runs[0];
export const variantName = (one) => page.compare?.names?.[one.id] ?? one.run?.scenario?.variant?.name ?? { en: one.id };

export const terminalsOf = (one) => one.run.service?.terminals ?? [];
export const terminalName = (one, id) =>
  terminalsOf(one).find((terminal) => terminal.id === id)?.name ?? { en: id };

export const layersOf = (variant) => page.layers.filter((layer) => layer.variant === variant);
export const findLayer = (variant, terminal, name) =>
  page.layers.find((l) => l.variant === variant && l.terminal === terminal && l.layer === name);
export const layerKey = (layer) => `${layer.terminal}/${layer.layer}`;
