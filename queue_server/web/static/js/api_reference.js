/**
 * A readable page made of /api/v1/openapi.json.
 *
 * @typedef {Record<string, any>} Json
 */

import { get, Refusal } from "./api.js";
import { boot } from "./boot.js";
import { _ } from "./i18n.js";
import { html, nothing, render } from "./templates.js";

const METHODS = ["get", "post", "put", "patch", "delete"];
const place = /** @type {HTMLElement} */ (document.getElementById("reference"));

/** @param {Json} description */
const page = (description) => html`
  <div class="stack">
    <div>
      <h1>${description.info?.title ?? _("Programming interface")}</h1>
      <p class="dim">${_("Version %(version)s", { version: description.info?.version ?? "" })}</p>
      ${paragraphs(description.info?.description)}
    </div>
    ${groups(description).map(
      ([tag, operations]) => html`<section class="stack">
        <h2>${tag}</h2>
        ${operations.map((operation) => card(operation, description))}
      </section>`,
    )}
  </div>
`;

/**
 * Operations by their first tag, in the order of the document.
 *
 * @param {Json} description
 * @returns {[string, Json[]][]}
 */
const groups = ({ paths = {} }) => {
  /** @type {Map<string, Json[]>} */
  const found = new Map();
  for (const [path, methods] of Object.entries(paths)) {
    for (const method of METHODS.filter((name) => methods[name])) {
      const operation = { path, method, ...methods[method] };
      const tag = operation.tags?.[0] ?? _("General");
      found.set(tag, [...(found.get(tag) ?? []), operation]);
    }
  }
  return [...found];
};

/**
 * @param {Json} operation
 * @param {Json} description
 */
const card = (operation, description) => html`<details class="card operation">
  <summary>
    <span class="chip method method-${operation.method}">${operation.method.toUpperCase()}</span>
    <code>${operation.path}</code>
    <span class="dim">${operation.summary ?? ""}</span>
  </summary>
  <div class="stack">
    ${paragraphs(operation.description)} ${parameters(operation.parameters)}
    ${body(_("Body"), operation.requestBody?.content, description)}
    ${Object.entries(operation.responses ?? {}).map(([status, answer]) =>
      body(
        `${_("Answer")} ${status} ${answer.description ?? ""}`,
        resolved(answer, description).content ?? {},
        description,
      ),
    )}
  </div>
</details>`;

/** @param {Json[]} [list] */
const parameters = (list = []) =>
  list.length === 0
    ? nothing
    : html`<div class="table-frame" tabindex="0" role="region" aria-label=${_("Parameters")}>
        <table class="table">
          <caption>
            ${_("Parameters")}
          </caption>
          <thead>
            <tr>
              <th scope="col">${_("Name")}</th>
              <th scope="col">${_("Place")}</th>
              <th scope="col">${_("Meaning")}</th>
            </tr>
          </thead>
          <tbody>
            ${list.map(
              (parameter) => html`<tr>
                <th scope="row"><code>${parameter.name}</code></th>
                <td>${parameter.in}</td>
                <td>${parameter.description ?? parameter.schema?.type ?? ""}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>`;

/**
 * @param {string} heading
 * @param {Json | undefined} content
 * @param {Json} description
 */
const body = (heading, content, description) => {
  if (!content) return nothing;
  const schema = Object.values(content)[0]?.schema;
  const shape = schema && JSON.stringify(resolved(schema, description), null, 2);
  return html`<div>
    <h3>${heading}</h3>
    ${shape ? html`<pre tabindex="0">${shape}</pre>` : nothing}
  </div>`;
};

/**
 * What a reference points to, one step: deeper ones stay readable names.
 *
 * @param {Json} value
 * @param {Json} description
 */
const resolved = (value, description) => {
  if (!value?.$ref) return value;
  /** @type {string[]} */
  const steps = value.$ref.split("/").slice(1);
  return steps.reduce((at, step) => at?.[step], description) ?? value;
};

/** @param {string} [text] */
const paragraphs = (text = "") =>
  text
    .split(/\n\s*\n/)
    .filter(Boolean)
    .map((part) => html`<p>${part}</p>`);

/** @param {unknown} refusal */
const failure = (refusal) => html`<h1>${_("Programming interface")}</h1>
  <p class="error">${refusal instanceof Refusal ? refusal.detail : String(refusal)}</p>`;

place.replaceChildren();
try {
  render(page(await get(boot.openapi_path ?? "/api/v1/openapi.json")), place);
} catch (refusal) {
  render(failure(refusal), place);
}
