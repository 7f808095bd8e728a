/** What the form that ends a service says, as the command's body. */

import { textOf } from "../../web/js/i18n.js";

/** Outcomes that need words about why. */
export const WITH_REASON = new Set(["refused"]);
/** Outcomes that give the citizen a paper with the name on it. */
export const WITH_PERSON = new Set(["dossier_accepted", "supplement_needed", "refused"]);

/**
 * The command's body.
 *
 * @param {FormData} data
 * @param {any} ticket
 */
export const answerOf = (data, ticket) => {
  const outcome = String(data.get("outcome"));
  const note = written(data, "note");
  if (outcome === "supplement_needed") return { outcome, note, missing: missingOf(data, ticket), ...formOf(data) };
  if (outcome === "refused") return { outcome, note, ...formOf(data) };
  if (outcome !== "dossier_accepted") return { outcome, note };
  const dossier = {
    term: Number(data.get("term") ?? 0),
    components: componentsOf(data, ticket.procedure.papers),
    sets: Number(data.get("sets")),
    return_by: data.get("return_by"),
    note,
    ...personOf(data),
  };
  return { outcome, note, dossiers: Array.from({ length: Number(data.get("dossiers")) }, () => dossier) };
};

/**
 * @param {FormData} data
 * @param {string} name
 */
const written = (data, name) => String(data.get(name) ?? "").trim();

/** Papers are named in Vietnamese on paper, whatever language the clerk reads. @param {any} paper */
const paperName = ({ name }) => name.vi ?? textOf(name);

/**
 * @param {FormData} data
 * @param {any} ticket
 */
const missingOf = (data, { procedure: { papers } }) => {
  const listed = data.getAll("missing").map(Number).map((place) => ({
    name: paperName(papers[place]),
    note: written(data, `missing-note-${place}`),
  }));
  const other = written(data, "missing-other");
  return other ? [...listed, { name: other, note: "" }] : listed;
};

/**
 * @param {FormData} data
 * @param {any[]} papers
 */
const componentsOf = (data, papers) => {
  const received = data.getAll("paper").map(Number).map((place) => ({
    name: paperName(papers[place]),
    kind: papers[place].kind,
    copies: Number(data.get(`copies-${place}`)) || 1,
  }));
  const other = written(data, "other");
  if (!other) return received;
  return [...received, { name: other, kind: "original", copies: Number(data.get("other_copies")) || 1 }];
};

/** Forms 02 and 03 name the citizen, where the name is known. @param {FormData} data */
const formOf = (data) => {
  const [{ person }, basis] = [personOf(data), written(data, "basis")];
  const form = { ...(person ? { person } : {}), ...(basis ? { basis } : {}) };
  return Object.keys(form).length ? { form } : {};
};

/** @param {FormData} data @returns {{ person?: { name: string, phone: string | null, has_consented: boolean } }} */
const personOf = (data) => {
  const [name, phone] = [written(data, "name"), written(data, "phone")];
  if (!name) return {};
  return { person: { name, phone: phone || null, has_consented: data.has("consent") } };
};
