/** How the screen is shown to this citizen; forgotten with the session. */

import { boot } from "../../web/js/boot.js";
import { canLower } from "./unit.js";

/** @typedef {import("./state.js").Mode} Mode */

/** @type {Mode[]} */
const ALL = ["large", "contrast", "spoken", "low"];

/**
 * @param {string} name
 * @returns {name is Mode}
 */
export const isMode = (name) => /** @type {string[]} */ (ALL).includes(name);

/** Reading aloud needs a voice, lowering a screen with room to move. @param {Mode} mode */
export const isUseful = (mode) => {
  if (mode === "spoken") return Boolean(boot.can_speak);
  return mode !== "low" || canLower();
};

const { dataset } = document.documentElement;

export class Modes {
  #onChange;

  /** @param {(mode: Mode, isOn: boolean) => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** @param {Mode} mode */
  has = (mode) => mode in dataset;

  /** Those that are on. */
  get all() {
    return ALL.filter(this.has);
  }

  /** Whoever reads large letters or listens takes longer. */
  get isSlow() {
    return this.has("large") || this.has("spoken");
  }

  /** @param {Mode} mode */
  toggle = (mode) => this.#set(mode, !this.has(mode));

  /** For the next citizen. */
  clear() {
    for (const mode of this.all) this.#set(mode, false);
  }

  /**
   * @param {Mode} mode
   * @param {boolean} isOn
   */
  #set(mode, isOn) {
    if (isOn) dataset[mode] = "more";
    else delete dataset[mode];
    if (mode === "contrast") {
      if (isOn) dataset.theme = "dark";
      else delete dataset.theme;
    }
    this.#onChange(mode, isOn);
  }
}
