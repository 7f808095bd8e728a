/** The board of counters: one cell for each, as large as all of them allow. */

const GAP = 1.2;
const LEAST = 6;
/** Of a cell: width in em beside number and counter, padding in units, height in em. */
const CELL = { between: 0.75, padding: 5, height: 1.42, twoLines: 2.75 };
const STEPS = 24;

/**
 * @param {import("./geometry.js").Room} room
 * @param {import("./geometry.js").Asked} asked
 * @returns {import("./geometry.js").Form}
 */
export const countersForm = (room, { em, counters }) => {
  const { width, height, unit, wanted } = room;
  const oneLine = em.number + em.counter + CELL.between;
  const isTwoLine = wanted * oneLine + CELL.padding * unit > width;
  const wide = isTwoLine ? em.number : oneLine;
  const high = isTwoLine ? CELL.twoLines : CELL.height;
  const largest = Math.min((width - CELL.padding * unit) / wide, height / high);
  const least = Math.min(largest, Math.max(wanted, LEAST * unit));
  let row = least;
  for (let step = STEPS; step > 0; step -= 1) {
    const tried = least + ((largest - least) * step) / STEPS;
    const { columns, rows } = cells(tried);
    if (columns * rows >= counters) {
      row = tried;
      break;
    }
  }
  const { columns, rows } = cells(row);
  const needed = Math.min(rows, Math.ceil(counters / columns));
  const isReadable = row >= wanted * 0.999;
  return { form: "counters", isReadable, now: 0, counter: row, row, rows: Math.max(1, needed), columns, isTwoLine };

  /** @param {number} font */
  function cells(font) {
    const cell = wide * font + CELL.padding * unit;
    return {
      columns: Math.max(1, Math.floor((width + GAP * unit) / (cell + GAP * unit))),
      rows: Math.max(1, Math.floor((height + GAP * unit) / (high * font + GAP * unit))),
    };
  }
};
