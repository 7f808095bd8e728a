/**
 * Lifts a chip of a field and drops it on a counter: with the mouse, a finger or the keyboard.
 *
 * Chips have `data-field`; counters are `[data-counter]`. Space lifts, arrow keys move, space drops,
 * Escape takes back. It knows nothing of profiles: `onDrop` says what a drop means.
 */

import { _ } from "../../web/js/i18n.js";

const FAR_ENOUGH_PX = 6;

/** @typedef {{ field: string, to: string }} Drop */

export class ChipMover {
  /** @type {HTMLElement | null} the lifted chip */
  #chip = null;
  /** @type {HTMLElement | null} the counter it would drop on */
  #target = null;
  /** @type {HTMLElement | null} what follows the pointer */
  #ghost = null;
  /** @type {{ chip: HTMLElement, id: number, x: number, y: number } | null} pressed, not yet lifted */
  #pressed = null;
  #swallowsClick = false;

  /**
   * @param {HTMLElement} root
   * @param {object} actions
   * @param {(drop: Drop) => void} actions.onDrop
   * @param {(words: string) => void} actions.say  to the screen reader
   * @param {(counter: string) => string} actions.nameOfCounter
   * @param {(field: string) => string} actions.nameOfField
   */
  constructor(root, actions) {
    this.root = root;
    this.actions = actions;
    root.addEventListener("pointerdown", this.#press);
    root.addEventListener("keydown", this.#key);
    root.addEventListener("keyup", this.#keyUp);
    root.addEventListener("focusout", this.#leave);
    root.addEventListener("click", this.#click, { capture: true });
  }

  /** @param {Event} event */
  #chipOf(event) {
    const target = /** @type {Element} */ (event.target);
    return /** @type {HTMLElement | null} */ (target.closest("button[data-field]"));
  }

  // -- pointer ---------------------------------------------------------------------------------

  /** @param {PointerEvent} event */
  #press = (event) => {
    const chip = this.#chipOf(event);
    this.#swallowsClick = false;
    if (!chip || event.button !== 0 || this.#chip) return;
    this.#pressed = { chip, id: event.pointerId, x: event.clientX, y: event.clientY };
    addEventListener("pointermove", this.#move);
    addEventListener("pointerup", this.#release);
    addEventListener("pointercancel", this.#cancelPointer);
    addEventListener("keydown", this.#escape);
  };

  /** @param {PointerEvent} event */
  #move = (event) => {
    const pressed = this.#pressed;
    if (!pressed || event.pointerId !== pressed.id) return;
    const distance = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
    if (!this.#chip && distance < FAR_ENOUGH_PX) return;
    if (!this.#chip) this.#liftWithPointer(pressed.chip);
    this.#ghost?.style.setProperty("translate", `${event.clientX}px ${event.clientY}px`);
    this.#aim(counterAt(event.clientX, event.clientY));
  };

  /** @param {HTMLElement} chip */
  #liftWithPointer(chip) {
    this.#lift(chip);
    this.#ghost = /** @type {HTMLElement} */ (chip.cloneNode(true));
    this.#ghost.classList.add("chip-ghost");
    this.#ghost.setAttribute("aria-hidden", "true");
    document.body.append(this.#ghost);
  }

  /** @param {PointerEvent} event */
  #release = (event) => {
    if (event.pointerId !== this.#pressed?.id) return;
    const wasLifted = this.#chip !== null;
    this.#endPointer();
    if (!wasLifted) return;
    this.#swallowsClick = true;
    this.#drop();
  };

  #cancelPointer = () => {
    this.#endPointer();
    this.#putBack();
  };

  /** @param {KeyboardEvent} event */
  #escape = (event) => {
    if (event.key !== "Escape" || !this.#chip) return;
    event.preventDefault();
    this.#swallowsClick = true;
    this.#cancelPointer();
  };

  #endPointer() {
    this.#pressed = null;
    removeEventListener("pointermove", this.#move);
    removeEventListener("pointerup", this.#release);
    removeEventListener("pointercancel", this.#cancelPointer);
    removeEventListener("keydown", this.#escape);
  }

  /** The click that follows a drag opens nothing. @param {MouseEvent} event */
  #click = (event) => {
    if (!this.#swallowsClick) return;
    this.#swallowsClick = false;
    event.stopPropagation();
    event.preventDefault();
  };

  // -- keyboard --------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    if (this.#pressed) return;
    if (this.#chip) return this.#keyWhileLifted(event);
    const chip = event.key === " " ? this.#chipOf(event) : null;
    if (!chip) return;
    event.preventDefault();
    this.#lift(chip);
    const own = /** @type {HTMLElement | null} */ (chip.closest("[data-counter]"));
    this.#aim(own ?? this.#counters()[0] ?? null);
    const field = this.actions.nameOfField(chip.dataset.field ?? "");
    this.actions.say(
      _("%(field)s lifted. Arrow keys choose a counter, the space bar drops, Escape takes back.", {
        field,
      }),
    );
  };

  /** @param {KeyboardEvent} event */
  #keyWhileLifted(event) {
    const step = this.#step(event.key);
    if (step) {
      event.preventDefault();
      this.#aim(step);
      this.actions.say(this.actions.nameOfCounter(step.dataset.counter ?? ""));
    } else if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      this.#drop();
    } else if (event.key === "Escape" || event.key === "Tab") {
      if (event.key === "Escape") event.preventDefault();
      this.#putBack();
      this.actions.say(_("Taken back. Nothing was changed."));
    }
  }

  /** A button is pressed when the space bar comes up; ours was a lift. @param {KeyboardEvent} event */
  #keyUp = (event) => {
    if (event.key === " " && this.#chipOf(event)) event.preventDefault();
  };

  #leave = () => {
    if (this.#chip && !this.#pressed) this.#putBack();
  };

  #counters() {
    return /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll("[data-counter]")]);
  }

  /**
   * The counter an arrow key leads to.
   *
   * @param {string} key
   */
  #step(key) {
    const counters = this.#counters();
    const place = this.#target ? counters.indexOf(this.#target) : -1;
    const columns = counters.filter((one) => one.offsetTop === counters[0]?.offsetTop).length;
    /** @type {Record<string, number>} */
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
    const step = steps[key];
    if (!step) return null;
    return counters[Math.min(counters.length - 1, Math.max(0, place + step))] ?? null;
  }

  // -- both ------------------------------------------------------------------------------------

  /** @param {HTMLElement} chip */
  #lift(chip) {
    this.#chip = chip;
    chip.toggleAttribute("data-lifted", true);
    this.root.toggleAttribute("data-moving", true);
  }

  /** @param {HTMLElement | null} counter */
  #aim(counter) {
    if (counter === this.#target) return;
    this.#target?.toggleAttribute("data-target", false);
    this.#target = counter;
    counter?.toggleAttribute("data-target", true);
    if (!this.#ghost) counter?.scrollIntoView({ block: "nearest" });
  }

  #drop() {
    const [field, to] = [this.#chip?.dataset.field, this.#target?.dataset.counter];
    this.#putBack();
    if (field && to) this.actions.onDrop({ field, to });
  }

  #putBack() {
    this.#aim(null);
    this.#ghost?.remove();
    this.#ghost = null;
    this.#chip?.toggleAttribute("data-lifted", false);
    this.#chip = null;
    this.root.toggleAttribute("data-moving", false);
  }
}

/**
 * @param {number} x
 * @param {number} y
 */
const counterAt = (x, y) =>
  /** @type {HTMLElement | null} */ (
    document.elementFromPoint(x, y)?.closest("[data-counter]") ?? null
  );
