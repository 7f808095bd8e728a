/** A board as small as can be; `window.probe` lets tests look inside. */

import { post, get, Refusal } from "../web/js/api.js";
import { boot } from "../web/js/boot.js";
import { showConnection } from "../web/js/connection.js";
import * as i18n from "../web/js/i18n.js";
import { connect } from "../web/js/live.js";

/** Words that tests ask for must be said somewhere, so that the page brings them. */
export const words = [i18n._].map((_) => [_("Close"), _("Version %(version)s")]);

const states = [];
const refused = [];
const line = connect({
  token: boot.token,
  onState: (state, detail) => {
    states.push(detail.code ? `${state} ${detail.code}` : state);
    showConnection(state);
  },
  mayReload: () => boot.busy !== "yes",
});
const onBody = ({ number }, { isKept }) => {
  document.getElementById("number").textContent = number;
  document.getElementById("kept").textContent = isKept ? "kept" : "fresh";
};
const unwatch = line.watch("board", "an-binh", "zone-1", onBody, {
  keep: true,
  onRefused: ({ code }) => refused.push(code),
});
window.probe = { states, refused, line, unwatch, i18n, post, get, Refusal, loadedAt: performance.timeOrigin };
