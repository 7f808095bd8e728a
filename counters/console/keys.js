/**
 * Which key means what. Letters, and the keys of a USB keypad, which has no letters.
 *
 * @typedef {"next" | "recall" | "serve" | "no_show" | "requeue" | "park" | "transfer" | "finish"
 *   | "undo" | "more" | "pause" | "find" | "print" | "read" | "counter" | "keys" | "digit" | "hold"} Meaning
 */

import { _ } from "../../web/js/i18n.js";

/** A key pressed twice in this time, ms, was meant once: what it led to does not take it yet. */
export const HOLD_MS = 400;

/** @type {Record<string, Meaning>} */
const LETTERS = {
  r: "recall",
  s: "serve",
  n: "no_show",
  q: "requeue",
  p: "park",
  t: "transfer",
  f: "finish",
  u: "undo",
  b: "pause",
  c: "find",
  l: "print",
  g: "read",
  h: "hold",
  x: "counter",
  "?": "keys",
};

/** @type {Record<string, Meaning>} */
const CODES = {
  Space: "next",
  Enter: "next",
  NumpadEnter: "next",
  NumpadAdd: "recall",
  NumpadSubtract: "no_show",
  NumpadMultiply: "park",
  NumpadDivide: "transfer",
  NumpadDecimal: "undo",
  Backspace: "undo",
  Numpad0: "more",
};

/** A keypad types into fields too; there its keys are what is written. @type {Set<string>} */
const PAD_CODES = new Set(["NumpadEnter", "NumpadAdd", "NumpadSubtract", "NumpadMultiply", "NumpadDivide", "NumpadDecimal", "Numpad0"]);

/**
 * What a key means on the console itself; null for one that means nothing.
 *
 * Input methods may hide the letter behind "Process"; then the place of the key tells.
 *
 * @param {KeyboardEvent} event
 * @returns {Meaning | null}
 */
export const meaningOf = (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  if (digitOf(event) > 0) return "digit";
  const letter = event.code.startsWith("Key") ? event.code.at(-1) ?? "" : "";
  const key = event.key.length === 1 && !PAD_CODES.has(event.code) ? event.key : letter;
  return CODES[event.code] ?? LETTERS[key.toLowerCase()] ?? null;
};

/**
 * The digit of a number key, of the row or of the keypad (with or without Num Lock); -1 for others.
 *
 * @param {KeyboardEvent} event
 */
export const digitOf = ({ code }) => {
  const found = /^(?:Digit|Numpad)([0-9])$/.exec(code);
  return found && !(code === "Digit0") ? Number(found[1]) : -1;
};

/**
 * Every key for the dialog that lists them: letters and main keyboard, keypad, words.
 *
 * @returns {[string[], string[], string][]}
 */
export const listedKeys = () => [
  [[_("Space"), "Enter"], ["Enter"], _("The next step: call, start serving, finish, open again")],
  [["R"], ["+"], _("Call the same number again")],
  [["S"], ["Enter"], _("Start serving: the citizen is here")],
  [["N"], ["−"], _("No-show: the citizen did not come")],
  [["P"], ["*"], _("Park: the citizen fills in a form and comes back here")],
  [["T"], ["/"], _("Transfer to another procedure or counter")],
  [["F"], ["Enter"], _("Finish, with what came of it")],
  [["1–9"], ["1–9"], _("Tick a paper, then mark it missing; when free: call back a parked number")],
  [["U", "Backspace"], ["."], _("Undo the last action, while its seconds run")],
  [["B"], ["0"], _("Take a break; on the keypad everything else too")],
  [["Q"], ["0", "−"], _("Put the called number back to the queue")],
  [["C"], ["0", "+"], _("Call one number out of order, with a reason")],
  [["L"], ["0", "."], _("Print a slip or a receipt again")],
  [["G"], ["0", "Enter"], _("The message was read")],
  [["X"], ["0", "*"], _("Close or leave the counter")],
  [["H"], [], _("Hold the automatic call, or let it go on")],
  [["?"], ["0", "/"], _("Show these keys")],
  [["Esc"], [], _("Close a dialog without doing anything")],
];

/** Whether typing goes into this element. @param {EventTarget | null} target */
export const isTyping = (target) =>
  target instanceof HTMLElement &&
  target.matches("input:not([type=radio], [type=checkbox]), textarea, select");
