/**
 * How large everything on a board is: numbers that can be read from the farthest seat, and as
 * much beside them as then fits. Pure: sizes in, sizes out, all in CSS pixels.
 *
 * A number is 12.2 mm high for each metre to its reader (0.7 degrees: EN 301 549, 5.1.4). Where that
 * leaves no room, waits go first, then the notices, then older calls; never the newest call.
 *
 * @typedef {"calls" | "counters" | "waits"} Layout
 *
 * @typedef {object} Screen  what the configuration says of the board
 * @property {Layout} layout
 * @property {number} diagonal_inch
 * @property {number} farthest_seat_m
 *
 * @typedef {object} Asked
 * @property {number} width
 * @property {number} height
 * @property {Screen} screen
 * @property {{ number: number, counter: number }} em  widths of the widest number and counter, em
 * @property {number} fields  how many queues there are to show
 * @property {number} counters  how many counters
 * @property {boolean} hasFoot  something must be said at the foot
 *
 * @typedef {object} Form  what the middle of the board holds
 * @property {"beside" | "below" | "rows" | "counters" | "waits"} form
 *   the calls before the newest beside it or below it; or all in rows
 * @property {boolean} isReadable
 * @property {number} now  font size of the newest number
 * @property {number} counter  of the counter under it
 * @property {number} row  of the numbers in rows and cells
 * @property {number} rows  how many rows there are
 * @property {number} columns
 * @property {boolean} isTwoLine  a row has its counter in a line of its own
 *
 * @typedef {Form & { isUpright: boolean, unit: number, text: number, head: number, foot: number,
 *   tileText: number, tileColumns: number, tileRows: number, banner: number, isBannerTwoLine: boolean,
 *   wantedMm: number, shownMm: number }} Plan
 *   tileColumns, tileRows: of the queues; shownMm: height of the smallest number in force
 */

import { countersForm } from "./geometry_counters.js";

/** Height of Inter's capitals and digits, em. */
export const CAPITAL = 1490 / 2048;
const MM_PER_METRE = 12.2;
/** Words are for who stands nearer: as high as people with good eyes still read from the seats. */
const WORDS_MM_PER_METRE = 2.6;
const INCH_MM = 25.4;

const GAP = 2;
const PADDING = 2.6;
/** Of a row, in units: its padding; in em: the arrow with the room around it. */
export const ROW = { padding: 5, arrow: 1.25, height: 1.2 };
const MOST_ROWS = 8;
const LEAST_ROW = 6.6;
/** The newest number must stand out from those before it. */
const STANDS_OUT = 1.2;
const TILE = { width: 16.5, height: 3.3, gap: 1.2 };
/** A queue on an upright board of waits: its figures in two lines. */
const HIGH_TILE = { width: 13.5, height: 6 };

/** @typedef {{ width: number, height: number, unit: number, text: number, wanted: number, isUpright: boolean }} Room */

/** @param {Asked} asked @returns {Plan} */
export const planned = (asked) => {
  const { width, height, screen } = asked;
  const isUpright = height > width;
  const unit = (isUpright ? Math.min(width, height * 0.5625) : Math.min(height, width * 0.5625)) / 100;
  const mm = (screen.diagonal_inch * INCH_MM) / Math.hypot(width, height);
  const inEm = (/** @type {number} */ high) => high / mm / CAPITAL;
  const wantedMm = MM_PER_METRE * screen.farthest_seat_m;
  const text = between(2.6 * unit, inEm(WORDS_MM_PER_METRE * screen.farthest_seat_m), 3.4 * unit);
  const inner = width - 2 * PADDING * unit;
  const head = (isUpright ? 15 : 9) * unit;
  const tileColumns = between(1, Math.floor(inner / (TILE.width * text)), isUpright ? 2 : 4);
  const base = { isUpright, unit, text, wanted: inEm(wantedMm) };
  const most = screen.layout === "calls" ? Math.min(isUpright ? 4 : 2, Math.ceil(asked.fields / tileColumns)) : 0;

  /** @type {{ form: Form, tileRows: number, foot: number, stage: number } | undefined} */
  let best;
  for (const [tileRows, hasFoot] of choices(most, asked.hasFoot)) {
    const foot = hasFoot ? Math.max(7 * unit, (isUpright ? 3.3 : 2.75) * text) : 0;
    const stage = height - (2 * PADDING + GAP + (foot ? GAP : 0)) * unit - head - foot;
    const tiles = tileRows ? tileRows * (TILE.height * text + TILE.gap * unit) + GAP * unit : 0;
    const form = FORMS[screen.layout]({ ...base, width: inner, height: stage - tiles }, asked);
    best = { form, tileRows, foot, stage };
    if (form.isReadable && form.rows >= Math.min(tileRows, 2) + 1) break;
  }
  const { form, tileRows, foot, stage } = /** @type {NonNullable<typeof best>} */ (best);
  const banner = bannerOf({ ...base, width: inner, height: stage }, asked);
  const tiles =
    screen.layout === "waits"
      ? waitTiles({ ...base, width: inner, height: stage - ROW.height * form.row * (form.isTwoLine ? 2 : 1) - 1.9 * text - GAP * unit }, asked)
      : { tileText: text, tileColumns, tileRows };
  const smallest = Math.min(form.row || Infinity, form.now || Infinity);
  return {
    ...form,
    ...banner,
    isUpright,
    unit,
    text,
    head,
    foot,
    ...tiles,
    wantedMm,
    shownMm: smallest * CAPITAL * mm,
  };
};

/**
 * What may be left out, the most welcome first.
 *
 * @param {number} most
 * @param {boolean} hasFoot
 * @returns {[number, boolean][]}
 */
const choices = (most, hasFoot) => {
  const rows = Array.from({ length: most + 1 }, (_, n) => most - n);
  return [...rows.map((n) => /** @type {[number, boolean]} */ ([n, hasFoot])), [0, false]];
};

/** @param {Room} room @param {Asked} asked @returns {Form} */
const callsForm = (room, asked) => {
  const form = room.isUpright ? below(room, asked) : beside(room, asked);
  return form ?? inRows(room, asked);
};

/** The newest call at the left, those before it at the right. @param {Room} room @param {Asked} asked @returns {Form | null} */
const beside = (room, { em }) => {
  const { width, height, unit, text, wanted } = room;
  const row = Math.max(wanted, LEAST_ROW * unit);
  const column = Math.max(rowWidth(row, em, unit), 0.4 * width);
  const card = nowCard(width - GAP * unit - column, height, room, em);
  const rows = rowsIn(height - 1.9 * text, row, unit);
  if (!card || card.now < STANDS_OUT * row || rows < 2) return null;
  const isReadable = card.counter >= wanted;
  return { form: "beside", isReadable, ...card, row, rows: rows + 1, columns: column, isTwoLine: false };
};

/** The newest call above those before it. @param {Room} room @param {Asked} asked @returns {Form | null} */
const below = (room, { em }) => {
  const { width, height, unit, text, wanted } = room;
  const row = Math.max(wanted, LEAST_ROW * unit);
  const isTwoLine = rowWidth(row, em, unit) > width;
  if (isTwoLine && em.number * row + ROW.padding * unit > width) return null;
  const line = isTwoLine ? 2 * row : row;
  const least = ROW.height * line + 1.9 * text + GAP * unit;
  const card = nowCard(width, Math.min(height - least, 0.56 * height), room, em);
  if (!card || card.now < row) return null;
  const high = cardHeight(card, room);
  const rows = rowsIn(height - high - GAP * unit - 1.9 * text, line, unit);
  const isReadable = card.counter >= wanted;
  return { form: "below", isReadable, ...card, row, rows: rows + 1, columns: high, isTwoLine };
};

/** Every call in a row of its own, for seats far away. @param {Room} room @param {Asked} asked @returns {Form} */
const inRows = ({ width, height, unit, wanted }, { em }) => {
  const isTwoLine = height > width && rowWidth(wanted, em, unit) > width;
  const lines = isTwoLine ? 2 : 1;
  const widest = isTwoLine
    ? (width - ROW.padding * unit) / em.number
    : (width - ROW.padding * unit) / (em.number + em.counter + ROW.arrow);
  const highest = height / (ROW.height * lines);
  const font = Math.min(widest, highest, Math.max(wanted, LEAST_ROW * unit));
  const rows = Math.max(1, rowsIn(height, font * lines, unit));
  const row = Math.min(widest, (height - (rows - 1) * TILE.gap * unit) / rows / (ROW.height * lines));
  const isReadable = row >= wanted * 0.999;
  return { form: "rows", isReadable, now: row, counter: row, row, rows, columns: 0, isTwoLine };
};

/** The queues, with the newest calls in one row. @param {Room} room @param {Asked} asked @returns {Form} */
const waitsForm = ({ width, unit, wanted, isUpright }, { em }) => {
  const isTwoLine = isUpright && rowWidth(wanted, em, unit) > width;
  const wide = isTwoLine ? em.number : em.number + em.counter + ROW.arrow;
  const widest = (width - ROW.padding * unit) / wide;
  const row = Math.min(widest, Math.max(wanted, 8 * unit));
  const columns = between(1, Math.floor((width + TILE.gap * unit) / (rowWidth(row, em, unit) + TILE.gap * unit)), 4);
  const isReadable = row >= wanted * 0.999;
  return { form: "waits", isReadable, now: 0, counter: 0, row, rows: 1, columns, isTwoLine };
};

/** Where queues have the room: as large as all of them allow. @param {Room} room @param {Asked} asked */
const waitTiles = ({ width, height, unit, text, isUpright }, { fields }) => {
  const tile = isUpright ? HIGH_TILE : TILE;
  let found = { tileText: text, tileColumns: 1, tileRows: 1 };
  for (const larger of [1.9, 1.75, 1.6, 1.45, 1.3, 1.15, 1]) {
    const tileText = larger * text;
    const tileColumns = between(1, Math.floor(width / (tile.width * tileText)), isUpright ? 2 : 3);
    const row = tile.height * tileText + TILE.gap * unit;
    const tileRows = between(1, Math.floor((height + TILE.gap * unit) / row), Math.ceil(fields / tileColumns) || 1);
    found = { tileText, tileColumns, tileRows };
    if (tileColumns * tileRows >= fields) break;
  }
  return found;
};

/** @type {Record<Layout, (room: Room, asked: Asked) => Form>} */
const FORMS = { calls: callsForm, counters: countersForm, waits: waitsForm };

/**
 * The card of the newest call: its number over its counter, both readable.
 *
 * @param {number} width
 * @param {number} height
 * @param {Room} room
 * @param {Asked["em"]} em
 */
const nowCard = (width, height, room, em) => {
  const widest = (width - 7 * room.unit) / em.number;
  const counter = Math.max(room.wanted, Math.min(0.62 * widest, 0.3 * height));
  const now = Math.min(widest, height - cardHeight({ now: 0, counter }, room));
  return now >= room.wanted ? { now, counter: Math.min(counter, Math.max(room.wanted, 0.75 * now)) } : null;
};

/** @param {{ now: number, counter: number }} card @param {Room} room */
const cardHeight = ({ now, counter }, { unit, text }) => now + 1.1 * counter + 1.7 * text + 8 * unit;

/** The banner of a new call over the whole stage. @param {Room} room @param {Asked} asked */
const bannerOf = ({ width, height, unit, text, isUpright }, { em }) => {
  const words = 7.5 * text + 7 * unit;
  const oneLine = Math.min((width - 18.5 * unit) / (em.number + em.counter + 0.5), (height - words) / 1.02);
  const twoLines = Math.min((width - 6 * unit) / em.number, (height - words - 8 * unit) / 2.15);
  const isBannerTwoLine = isUpright && twoLines > oneLine;
  return { banner: isBannerTwoLine ? twoLines : oneLine, isBannerTwoLine };
};

/** @param {number} font @param {Asked["em"]} em @param {number} unit */
export const rowWidth = (font, em, unit) => (em.number + em.counter + ROW.arrow) * font + ROW.padding * unit;

/** @param {number} height @param {number} font @param {number} unit */
export const rowsIn = (height, font, unit) =>
  between(0, Math.floor((height + TILE.gap * unit) / (ROW.height * font + TILE.gap * unit)), MOST_ROWS);

/** @param {number} least @param {number} value @param {number} most */
export const between = (least, value, most) => Math.max(least, Math.min(value, most));
