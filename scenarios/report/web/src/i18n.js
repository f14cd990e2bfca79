// Two languages, switchable while reading. Texts of the page are in texts.js; names come from the scenario.
import { kTexts } from "./texts.js";

const listeners = [];
let current = "en";

export const language = () => current;
export const onLanguage = (listener) => listeners.push(listener);

export function setLanguage(next) {
  if (next !== "en" && next !== "zh") return;
  current = next;
  document.documentElement.lang = next === "zh" ? "zh-CN" : "en";
  for (const listener of listeners) listener();
}

/** A text of the page by its key; {0}, {1}, … are filled in. */
export function t(key, ...values) {
  const entry = kTexts[key];
  if (!entry) return key;
  const text = current === "zh" ? entry[1] : entry[0];
  return text.replace(/\{(\d)\}/g, (_, index) => values[Number(index)] ?? "");
}

/** The text where there is one for the key, else `otherwise`. */
export const tOr = (key, otherwise) => (key in kTexts ? t(key) : otherwise);

/** A name with both languages, {en, zh}, or a plain text. */
export function label(name) {
  if (name === null || name === undefined) return "";
  if (typeof name === "string") return splitLabel(name);
  const other = current === "zh" ? name.en : name.zh;
  return (current === "zh" ? name.zh : name.en) || other || "";
}

/** "continuous 连续覆盖" holds both languages: English up to the first Chinese character. */
export function splitLabel(text) {
  const match = /^(.*?)\s+(?:([A-Za-z][A-Za-z0-9_]*)\s+)?([\u2e80-\u9fff\uff00-\uffef].*)$/u.exec(text);
  if (!match) return text;
  // "PRACH range PRACH 接入距离": the Chinese name may begin with an abbreviation that both share.
  const repeated = match[2] && match[1].split(" ").includes(match[2]);
  const english = match[2] && !repeated ? `${match[1]} ${match[2]}` : match[1];
  const chinese = repeated ? `${match[2]} ${match[3]}` : match[3];
  return current === "zh" ? chinese : english;
}
