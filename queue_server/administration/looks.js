/** How each table of the configuration is shown as a list, and what a new entry is asked for. */

import { _, n_, textOf } from "../web/js/i18n.js";
import { draft, nameOf, topPart } from "./desk.js";

/** @typedef {import("./entries.js").Look} Look */

/** Letters for series, without those that look like digits from far away. */
const LETTERS = "ABCDEGHKLMNPRTUVXY";

const freeLetter = () => {
  const taken = new Set(Object.values(draft.tree.fields ?? {}).map(({ series }) => series?.letter));
  return [...LETTERS].find((letter) => !taken.has(letter)) ?? "A";
};

/** How many procedures belong to a field. @param {string} field */
export const proceduresOf = (field) => Object.values(draft.tree.procedures ?? {}).filter((each) => each.field === field).length;

/** @type {Record<string, Look>} */
const LOOKS = {
  counters: {
    drawing: "counter",
    letter: ({ number }) => number,
    name: ({ name, number }) => textOf(name) || _("Counter %(number)s", { number }),
  addWords: () => _("Add a counter"),
  title: (key) => _("Counter %(number)s", { number: nameOf("counters", key) }),
  ask: ["number", "zone"],
  begin: ({ number, zone }) => ({ number, zone, profile: { fields: {}, procedures: {} } }),
  summary: ({ zone, profile }) => {
    const fields = Object.entries(profile?.fields ?? {});
    const primary = fields.filter(([, level]) => level === "primary").map(([field]) => nameOf("fields", field));
    const more = fields.length - primary.length;
    const served = [...primary, ...(more > 0 ? [n_("%(num)s more", "%(num)s more", more)] : [])].join(", ");
    return [nameOf("zones", zone), served || _("serves nothing yet")].join(" · ");
  },
  isOrdered: true,
},
  fields: {
    drawing: "documents",
    letter: ({ series }) => series?.letter,
    addWords: () => _("Add a field"),
    title: (key) => _("Field %(name)s", { name: nameOf("fields", key) }),
    ask: ["name", "zone"],
    begin: ({ name, zone }) => ({ name, zone, series: { letter: freeLetter() }, target_waiting_time_s: 900 }),
    summary: ({ zone }, key) =>
      [nameOf("zones", zone), n_("%(num)s procedure", "%(num)s procedures", proceduresOf(key))].join(" · "),
    isOrdered: true,
  },
  procedures: {
    drawing: "document",
    addWords: () => _("Add a procedure"),
    title: (key) => key,
    ask: ["name", "field"],
    begin: ({ name, field }) => ({ name, field, opens_dossier: true, mean_transaction_time_s: 480 }),
    asksKey: true,
  },
  boards: {
    drawing: "screen",
    addWords: () => _("Add a board"),
    title: (key) => _("Board %(name)s", { name: nameOf("boards", key) }),
    summary: ({ zones, diagonal_inch, has_sound }) =>
      [
        zones?.length ? zones.map((/** @type {string} */ zone) => nameOf("zones", zone)).join(", ") : _("The whole centre"),
        n_("%(num)s inch", "%(num)s inches", diagonal_inch ?? 43),
        has_sound === false ? _("Without sound") : "",
      ].filter(Boolean).join(" · "),
  },
  kiosks: {
    drawing: "kiosk",
    addWords: () => _("Add a kiosk"),
    title: (key) => _("Kiosk %(name)s", { name: nameOf("kiosks", key) }),
    summary: ({ zone, diagonal_inch }) => [zone ? nameOf("zones", zone) : _("The whole centre"), n_("%(num)s inch", "%(num)s inches", diagonal_inch ?? 21)].join(" · "),
  },
  park_reasons: {
    drawing: "pause",
    addWords: () => _("Add a reason"),
    title: (key) => _("Park reason %(name)s", { name: nameOf("park_reasons", key) }),
    isOrdered: true,
  },
  zones: {
    drawing: "people",
    addWords: () => _("Add a zone"),
    title: (key) => _("Zone %(name)s", { name: nameOf("zones", key) }),
    summary: (_entry, key) => {
      const counters = Object.values(draft.tree.counters ?? {}).filter(({ zone }) => zone === key);
      return n_("%(num)s counter", "%(num)s counters", counters.length);
    },
    isOrdered: true,
  },
  priority_classes: {
    drawing: "heart",
    addWords: () => _("Add a priority class"),
    title: (key) => _("Priority class %(name)s", { name: nameOf("priority_classes", key) }),
    ask: ["name", "basis"],
    summary: ({ is_declared_at_kiosk, basis }) =>
      `${textOf(basis)} · ${is_declared_at_kiosk ? _("chosen at the kiosk") : _("given by reception")}`,
    isOrdered: true,
  },
  printers: {
    drawing: "printer",
    addWords: () => _("Add a printer"),
    title: (key) => _("Printer %(name)s", { name: nameOf("printers", key) }),
    summary: ({ model, address }) => `${model} · ${address ?? _("no address: shown on the screen, kept as a picture")}`,
    begin: ({ name }) => ({ name, model: "generic_80mm" }),
  },
  pause_reasons: {
    drawing: "pause",
    addWords: () => _("Add a reason"),
    title: (key) => _("Pause reason %(name)s", { name: nameOf("pause_reasons", key) }),
    isOrdered: true,
  },
};

/** How a table looks; a plain one where nobody has designed it yet. @param {string} table @returns {Look} */
export const lookOf = (table) => LOOKS[table] ?? plainLook(table);

/** @param {string} table @returns {Look} */
const plainLook = (table) => ({
  drawing: "gear",
  addWords: () => _("Add to %(what)s", { what: topPart(table).label }),
  title: (key) => `${topPart(table).label}: ${nameOf(table, key)}`,
  ask: (topPart(table).control.of?.parts ?? []).filter(({ is_required, control }) => is_required && ["texts", "text", "reference"].includes(control.kind)).map(({ name }) => name),
});
