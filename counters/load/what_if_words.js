/** Changes for a what-if: as the server reads them, and as people do; and why one was declined. */

import { _, n_, textOf } from "../../web/js/i18n.js";

/** @typedef {import("./load_types.js").Load} Load */
/** @typedef {"close" | "open" | "takes" | "only" | "ill"} Kind */
/**
 * A change put together by clicks; times such as "09:30", empty for now and for the whole day.
 *
 * @typedef {{ kind: Kind, counter: string, field: string, clerks: number, from: string, until: string }} Change
 */

/** @type {Record<Kind, () => string>} */
export const KIND_WORDS = {
  close: () => _("Close a counter"),
  open: () => _("Open a counter"),
  takes: () => _("A counter also takes a field"),
  only: () => _("A counter takes one field only"),
  ill: () => _("Clerks are ill"),
};

/**
 * The change in the words that the server parses.
 *
 * @param {Change} change  its counter by the number on the sign, its field by its id
 */
export const wordsOf = ({ kind, counter, field, clerks, from, until }) => {
  const what = {
    close: `close ${counter}`,
    open: `open ${counter}`,
    takes: `counter ${counter} takes ${field}`,
    only: `counter ${counter} only ${field}`,
    ill: `${clerks} clerks ill`,
  }[kind];
  if (from && until) return `${what} ${from}-${until}`;
  if (from) return `${what} from ${from}`;
  return until ? `${what} until ${until}` : what;
};

/**
 * The change for people to read.
 *
 * @param {Change} change
 * @param {Load} load
 */
export const sentenceOfChange = ({ kind, counter, field, clerks, from, until }, load) => {
  const values = {
    number: counter,
    field: textOf(load.fields.find(({ id }) => id === field)?.name),
  };
  const what = {
    close: () => _("Close counter %(number)s", values),
    open: () => _("Open counter %(number)s", values),
    takes: () => _("Counter %(number)s also takes %(field)s", values),
    only: () => _("Counter %(number)s takes %(field)s only", values),
    ill: () => n_("%(num)s clerk ill", "%(num)s clerks ill", clerks),
  }[kind]();
  if (from && until) return _("%(what)s, %(from)s–%(until)s", { what, from, until });
  if (from) return _("%(what)s from %(from)s on", { what, from });
  return until ? _("%(what)s until %(until)s", { what, until }) : what;
};

/** Why the server could not try it. @type {import("../../web/js/refusals.js").Sentences} */
export const DECLINED = {
  change_not_understood: ({ facts }) =>
    _("“%(words)s” was not understood. Try for example: %(example)s.", {
      words: facts.words,
      example: EXAMPLES().join("; "),
    }),
  change_hours_backwards: () => _("The end of the hours lies before their beginning."),
  change_hours_outside: ({ facts }) =>
    _("These hours are over, or outside today's: please choose between %(first)s and %(last)s.", facts),
  change_no_time: ({ facts }) => _("“%(words)s” is no time of day; write 9:30, for example.", facts),
  change_unknown_counter: ({ facts }) =>
    _("There is no counter “%(words)s” here; there are %(known)s.", facts),
  change_unknown_field: ({ facts }) =>
    _("There is no field “%(words)s” here. Its full name is needed, or choose it below.", facts),
  change_too_many_ill: ({ facts }) =>
    facts.most < 1
      ? _("Too few counters are open for that.")
      : _("At most %(most)s can be ill, or no counter is left.", facts),
  change_closed_already: ({ facts }) => _("Counter %(number)s is closed already.", facts),
  change_counter_closed: ({ facts }) =>
    _("Counter %(number)s is closed: let it be opened first, then take something.", facts),
  change_open_already: ({ facts }) => _("Counter %(number)s is open already.", facts),
  change_serves_nothing: ({ facts }) => _("Counter %(number)s has nothing to serve.", facts),
  change_not_trained: ({ facts }) =>
    _("Whoever sits at counter %(number)s is not trained for that.", facts),
  contended: () => _("The answer took too long. Please try again in a moment."),
};

/** What one may write: the server understands both languages. */
export const EXAMPLES = () => [
  _("close 5"),
  _("counter 8 takes land from 9:00"),
  _("two clerks ill"),
];
