/**
 * Recording the centre's voice: one word after another, until nothing is missing. Boot: `centre`.
 *
 * @typedef {"phrase" | "letter" | "digit" | "number" | "zone"} ClipKind
 * @typedef {{id: string, kind: ClipKind, text: string, is_needed: boolean, is_recorded: boolean}} Clip
 * @typedef {{language: string, voice: string | null, is_own_voice: boolean, example: string[], clips: Clip[]}} Language
 */

import { get, post, Refusal } from "../../web/js/api.js";
import { boot } from "../../web/js/boot.js";
import { _ } from "../../web/js/i18n.js";
import { sentenceOf } from "../../web/js/refusals.js";
import { render } from "../../web/js/templates.js";
import { toast } from "../../web/js/toast.js";
import { Microphone, NoMicrophone } from "./microphone.js";
import { kept, takeOf, wav } from "./take.js";
import { levelNow, page } from "./voice_page.js";

const VOICE = `/api/v1/centres/${boot.centre}/voice`;
const IN_USE_CHECKS = 20;
const CHECK_EVERY = 1_500;
const root = /** @type {HTMLElement} */ (document.getElementById("voice"));
root.replaceChildren();

const shown = {
  /** @type {Language[]} */
  languages: [],
  language: "",
  clip: "",
  showsReserve: false,
  /** @type {"closed" | "ready" | "recording" | "taken" | "saving"} */
  state: "closed",
  /** @type {import("./microphone.js").Trouble | ""} */
  trouble: isSecureContext ? "" : "insecure",
  /** @type {import("./take.js").Take | null} */
  take: null,
  /** Why the last take was not kept. */
  problem: "",
  /** @type {string[]} What would make the kept one better. */
  advice: [],
  isBeingUsed: false,
};
/** @type {Microphone | null} */
let microphone = null;
/** @type {AudioContext | null} */
let player = null;
/** @type {AudioBufferSourceNode[]} */
let playing = [];

const language = () => shown.languages.find((each) => each.language === shown.language);
const clips = () => language()?.clips ?? [];
const current = () => clips().find(({ id }) => id === shown.clip);
const address = (/** @type {string} */ id) => {
  const [tag = "", part = ""] = id.split("/");
  return `${VOICE}/${tag}/recordings/${encodeURIComponent(part)}`;
};

const draw = () => render(page(shown, actions), root);

/** Put the focus where the next key belongs. */
const focus = () => /** @type {HTMLElement | null} */ (root.querySelector("[data-next]"))?.focus();

const load = async () => {
  shown.languages = await get(VOICE);
  shown.language ||= shown.languages[0]?.language ?? "";
  if (!current()) shown.clip = nextMissing() ?? clips()[0]?.id ?? "";
  draw();
};

/** The first that is missing after the present one, or before it. */
const nextMissing = () => {
  const wanted = clips().filter(({ is_needed }) => is_needed || shown.showsReserve);
  const place = wanted.findIndex(({ id }) => id === shown.clip);
  return [...wanted.slice(place + 1), ...wanted.slice(0, place)].find(
    ({ is_recorded }) => !is_recorded,
  )?.id;
};

const actions = {
  async open() {
    try {
      microphone = await Microphone.open({ onLevel: (level) => levelNow(root, level), onFull: actions.stop });
      shown.state = "ready";
      shown.trouble = "";
    } catch (error) {
      shown.trouble = error instanceof NoMicrophone ? error.trouble : "failed";
    }
    draw();
    focus();
  },

  start() {
    silence();
    microphone?.start();
    Object.assign(shown, { state: "recording", problem: "", advice: [], take: null });
    draw();
    focus();
  },

  stop() {
    if (!microphone || shown.state !== "recording") return;
    shown.take = takeOf(microphone.stop(), microphone.rate);
    shown.state = "taken";
    draw();
    focus();
    actions.listen();
  },

  /** Hear the take, or else what is kept of the clip. */
  async listen() {
    const { take } = shown;
    if (take) return play([await bufferOf(kept(take), take.rate)]);
    if (current()?.is_recorded) await hear([shown.clip]);
  },

  async keep() {
    const { take, clip } = shown;
    if (!take) return;
    shown.state = "saving";
    draw();
    try {
      const found = await send(address(clip), wav(take));
      const kept = current();
      if (kept) kept.is_recorded = true;
      Object.assign(shown, { state: "ready", take: null, problem: "", advice: found.advice });
      if (found.advice.length === 0) shown.clip = nextMissing() ?? clip;
      await load();
    } catch (refusal) {
      shown.state = "taken";
      shown.problem = reasonOf(refusal);
    }
    draw();
    focus();
  },

  redo: () => actions.start(),

  /** @param {string} id */
  choose(id) {
    silence();
    microphone?.stop();
    const state = microphone ? "ready" : "closed";
    Object.assign(shown, { clip: id, state, take: null, problem: "", advice: [] });
    draw();
    focus();
  },

  next() {
    actions.choose(nextMissing() ?? shown.clip);
  },

  /** @param {string} tag */
  chooseLanguage(tag) {
    shown.language = tag;
    shown.clip = "";
    actions.choose(nextMissing() ?? clips()[0]?.id ?? "");
  },

  /** @param {"begin" | "end"} edge @param {number} sample */
  trim(edge, sample) {
    const { take } = shown;
    if (!take) return;
    const least = Math.round(take.rate * 0.05);
    if (edge === "begin") take.begin = Math.min(sample, take.end - least);
    else take.end = Math.max(sample, take.begin + least);
    draw();
  },

  async drop() {
    const clip = current();
    if (!clip) return;
    try {
      const answer = await fetch(address(clip.id), { method: "DELETE" });
      if (!answer.ok) throw new Refusal("refused", "", {}, answer.status);
      await load();
      focus();
    } catch (refusal) {
      toast(sentenceOf(refusal), "warning");
    }
  },

  toggleReserve() {
    shown.showsReserve = !shown.showsReserve;
    draw();
  },

  hearExample: () => hear(language()?.example ?? []),

  async use() {
    shown.isBeingUsed = true;
    draw();
    try {
      await post(`${VOICE}/use`);
      for (let check = 0; check < IN_USE_CHECKS && !language()?.is_own_voice; check++) {
        await new Promise((done) => setTimeout(done, CHECK_EVERY));
        shown.languages = await get(VOICE);
      }
      if (language()?.is_own_voice) toast(_("The boards speak with this voice from the next call on."), "done");
      else toast(_("The clips are not made yet. Please look again in a minute."), "warning");
    } catch (refusal) {
      toast(sentenceOf(refusal), "warning");
    }
    shown.isBeingUsed = false;
    draw();
  },
};

/** @param {unknown} refusal */
const reasonOf = (refusal) => {
  const reason = refusal instanceof Refusal ? refusal.facts.reason : "";
  switch (reason) {
    case "silence":
      return _("Nothing was heard. Is the right microphone chosen, and near enough?");
    case "length":
      return _("That is too short or too long for these words. Please say only what stands above.");
    case "nothing":
      return _("That is no sound. Please record it again.");
    default:
      return sentenceOf(refusal);
  }
};

/**
 * @param {string} path
 * @param {ArrayBuffer} body
 */
const send = async (path, body) => {
  const headers = { "content-type": "audio/wav" };
  const answer = await fetch(path, { method: "PUT", body, headers });
  const words = await answer.json();
  if (!answer.ok) {
    const { code = "", detail = "", ...facts } = words;
    throw new Refusal(code, detail, facts.facts ?? facts, answer.status);
  }
  return words;
};

const context = () => (player ??= new AudioContext());

/** @param {Float32Array} samples @param {number} rate */
const bufferOf = async (samples, rate) => {
  const buffer = context().createBuffer(1, Math.max(1, samples.length), rate);
  buffer.copyToChannel(new Float32Array(samples), 0);
  return buffer;
};

/** Hear recordings one after another. @param {string[]} ids */
const hear = async (ids) => {
  try {
    const buffers = ids.map(async (id) => {
      const answer = await fetch(address(id));
      return context().decodeAudioData(await answer.arrayBuffer());
    });
    play(await Promise.all(buffers));
  } catch {
    toast(_("That recording cannot be played."), "warning");
  }
};

/** @param {AudioBuffer[]} buffers */
const play = (buffers) => {
  silence();
  void context().resume();
  let at = context().currentTime + 0.05;
  playing = buffers.map((buffer) => {
    const source = context().createBufferSource();
    source.buffer = buffer;
    source.connect(context().destination);
    source.start(at);
    at += buffer.duration;
    return source;
  });
};

const silence = () => {
  playing.forEach((source) => source.stop());
  playing = [];
};

addEventListener("pagehide", () => microphone?.close());
await load();
