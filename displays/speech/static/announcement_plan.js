// @ts-check
/**
 * What the loudspeaker says next, and when each clip starts. Pure: values in, values out, times in
 * milliseconds, `now` passed in. `announcer.js` plays what is decided here. The same specification
 * as `displays/speech/announcement_plan.py`; both are held to the same vectors and to each other.
 */

/**
 * @typedef {{language: string, clips: string[]}} Spoken
 * One language of a call, as the server's `announcement` made it.
 *
 * @typedef {object} Call
 * @property {string} id Of this calling: a recall has another id than the call before.
 * @property {string} ticket Whom it is for: a newer call of the same ticket takes its place.
 * @property {Spoken[]} spoken In the order of speech.
 * @property {string} [language] The citizen's own.
 * @property {string} [zone] Where it is called; who speaks must own the sound there.
 *
 * @typedef {{call: Call, since: number, timesSpoken: number}} Entry
 * A call that waits to be spoken; `since` is when it was called, by this page's clock.
 *
 * @typedef {"whole" | "own" | "first" | "chime"} Form
 * How much is said: every language; the first and the citizen's own; the first; the chime.
 *
 * @typedef {{form: Form, withChime: boolean, spoken: Spoken[]}} Announcement
 *
 * @typedef {object} Plan
 * @property {Entry | null} next The entry to speak now, taken out of the queue.
 * @property {Announcement | null} announcement How to say it.
 * @property {Entry[]} queue What keeps waiting.
 * @property {Entry[]} dropped Too old to be of use: the screen still shows them.
 *
 * @typedef {{key: string, start: number, duration: number}} Timed
 * A clip with its start after the start of the announcement.
 */

/**
 * Simulated over eight hours with whole calls of 9.4 s and short ones of 4.2 s: at 200 calls an
 * hour 95 of 100 are spoken within 14 s, at 400 within 19 s with none dropped, at 600 within 34 s.
 */
export const RULES = Object.freeze({
  /** More calls than this behind the next one: the first language and the citizen's own alone. */
  ownBacklog: 1,
  /** A call that waited longer: the same. */
  ownWait: 8_000,
  /** More calls than this behind the next one: the first language alone. */
  firstBacklog: 5,
  firstWait: 20_000,
  /** More calls than this behind the next one: the chime alone, and the screen. */
  chimeBacklog: 12,
  chimeWait: 40_000,
  /** A call that waited longer is dropped and reported. */
  maxAge: 60_000,
  /** How often an announcement is said while nobody else waits. */
  timesWhenIdle: 2,
});

/** Pauses. */
export const GAPS = Object.freeze({
  /** Between letters and digits. */
  character: 70,
  /** Around phrases. */
  phrase: 130,
  language: 300,
  /** The chime's own tail fades into it. */
  chime: 100,
  /** Between two announcements. */
  call: 600,
  /** Before an announcement is said again. */
  repeat: 1_000,
});

/** The key of the chime, beside the ids of clips. */
export const CHIME = "chime";

/**
 * The queue with a call added. A newer call of the same ticket replaces the older one and keeps
 * its place in the row, but is as fresh as it is.
 *
 * @param {readonly Entry[]} queue
 * @param {Call} call
 * @param {number} since
 * @returns {Entry[]}
 */
export function withCall(queue, call, since) {
  const entry = { call, since, timesSpoken: 0 };
  /** @param {Entry} waiting */
  const isSame = (waiting) => waiting.call.ticket === call.ticket;
  if (!queue.some(isSame)) return [...queue, entry];
  return queue.map((waiting) => (isSame(waiting) ? entry : waiting));
}

/**
 * What to say next.
 *
 * The longer the row, the shorter the call: whole and twice, whole, fewer languages, the chime. A
 * call that was spoken comes again only while nobody else waits, so a repeat delays nobody who is
 * already called.
 *
 * @param {readonly Entry[]} queue Oldest first.
 * @param {number} now
 * @param {Entry | null} [spoken] The entry spoken last.
 * @param {Partial<typeof RULES>} [changes]
 * @returns {Plan}
 */
export function plan(queue, now, spoken = null, changes = {}) {
  const rules = { ...RULES, ...changes };
  /** @param {Entry} entry */
  const isFresh = (entry) => now - entry.since <= rules.maxAge;
  const [first, ...rest] = queue.filter(isFresh);
  const dropped = queue.filter((entry) => !isFresh(entry));
  if (first) {
    const form = formOf(rest.length, now - first.since, rules);
    return { next: first, announcement: wording(first, form), queue: rest, dropped };
  }
  if (spoken && spoken.timesSpoken < rules.timesWhenIdle && isFresh(spoken)) {
    const announcement = { ...wording(spoken, "whole"), withChime: false };
    return { next: spoken, announcement, queue: [], dropped };
  }
  return { next: null, announcement: null, queue: [], dropped };
}

/**
 * How much is said of a call that waited so long with so many behind it.
 *
 * @param {number} backlog
 * @param {number} wait
 * @param {typeof RULES} rules
 * @returns {Form}
 */
function formOf(backlog, wait, rules) {
  if (backlog > rules.chimeBacklog || wait > rules.chimeWait) return "chime";
  if (backlog > rules.firstBacklog || wait > rules.firstWait) return "first";
  if (backlog > rules.ownBacklog || wait > rules.ownWait) return "own";
  return "whole";
}

/**
 * @param {Entry} entry
 * @param {Form} form
 * @returns {Announcement}
 */
function wording({ call: { spoken, language } }, form) {
  const kept = {
    whole: spoken,
    own: spoken.filter((said, place) => place === 0 || said.language === language),
    first: spoken.slice(0, 1),
    chime: [],
  };
  return { form, withChime: form === "whole" || form === "chime", spoken: kept[form] };
}

/**
 * The clips of an announcement with their starts, none over another.
 *
 * A missing phrase is skipped. A missing letter, digit or counter silences its language, since
 * half a number calls the wrong person; if nothing is left to say, the chime sounds.
 *
 * @param {Announcement} announcement
 * @param {(key: string) => number | undefined} durationOf Milliseconds; undefined when missing.
 * @param {Partial<typeof GAPS>} [changes]
 * @returns {{clips: Timed[], duration: number, missing: string[]}}
 */
export function timeline(announcement, durationOf, changes = {}) {
  const gaps = { ...GAPS, ...changes };
  const missing = announcement.spoken
    .flatMap(({ clips }) => clips)
    .filter((id) => durationOf(id) === undefined);
  const languages = announcement.spoken
    .filter(({ clips }) => !clips.some((id) => isNumberPart(id) && missing.includes(id)))
    .map(({ clips }) => clips.filter((id) => !missing.includes(id)))
    .filter((clips) => clips.length > 0);
  const lines = announcement.withChime || languages.length === 0 ? [[CHIME], ...languages] : languages;
  /** @type {Timed[]} */
  const clips = [];
  let end = 0;
  for (const line of lines) {
    line.forEach((key, place) => {
      const duration = durationOf(key);
      if (duration === undefined) return;
      const before = clips.at(-1)?.key;
      const start = before === undefined ? 0 : end + gapBefore(key, line[place - 1], before, gaps);
      clips.push({ key, start, duration });
      end = start + duration;
    });
  }
  return { clips, duration: end, missing };
}

/**
 * @param {string} key
 * @param {string | undefined} beforeInLine Undefined for the first clip of a language.
 * @param {string} before
 * @param {typeof GAPS} gaps
 */
function gapBefore(key, beforeInLine, before, gaps) {
  if (beforeInLine === undefined) return before === CHIME ? gaps.chime : gaps.language;
  return isCharacter(key) && isCharacter(beforeInLine) ? gaps.character : gaps.phrase;
}

/** @param {string} id */
const isCharacter = (id) => /\/(letter|digit)-/.test(id);

/** @param {string} id */
const isNumberPart = (id) => /\/(letter|digit|number)-/.test(id);
