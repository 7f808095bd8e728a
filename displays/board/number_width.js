/** How wide numbers are in the board's face, measured once the font is there. */

const SIZE = 100;

/**
 * Widths of the widest number and counter, em.
 *
 * @param {{ letters: string, digits: number, counter: string }} screen
 * @returns {{ number: number, counter: number }}
 */
export const widest = ({ letters, digits, counter }) => {
  const probe = document.createElement("span");
  probe.className = "number-face number-probe";
  document.body.append(probe);
  const width = (/** @type {string} */ text) => {
    probe.textContent = text;
    return probe.getBoundingClientRect().width / SIZE;
  };
  const number = Math.max(...[...(letters || "M")].map((letter) => width(`${letter}\u2009${"0".repeat(digits)}`)));
  const found = { number, counter: Math.max(width(counter || "00"), width("00")) };
  probe.remove();
  return found;
};
