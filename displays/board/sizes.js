/** The sizes of a plan as variables of the style sheet. */

/** @param {import("./geometry.js").Plan} plan */
export const setSizes = (plan) => {
  const { style, dataset } = document.documentElement;
  const inPx = {
    u: plan.unit,
    text: plan.text,
    head: plan.head,
    foot: plan.foot,
    now: plan.now,
    "now-counter": plan.counter,
    row: plan.row,
    "tile-text": plan.tileText,
    banner: plan.banner,
    column: plan.columns,
  };
  for (const [name, px] of Object.entries(inPx)) style.setProperty(`--${name}`, `${px.toFixed(2)}px`);
  style.setProperty("--wanted-mm", plan.wantedMm.toFixed(1));
  const whole = { rows: plan.rows, "tile-columns": plan.tileColumns, "tile-rows": plan.tileRows, columns: plan.columns };
  for (const [name, value] of Object.entries(whole)) style.setProperty(`--${name}`, String(Math.round(value)));
  dataset.form = plan.form;
  dataset.upright = String(plan.isUpright);
  dataset.rowLines = plan.isTwoLine ? "two" : "one";
};
