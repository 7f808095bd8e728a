/**
 * Commands and questions to the server.
 *
 * A command carries an Idempotency-Key. When its answer is lost it is sent again with the same key,
 * so that it is done once however often it is sent.
 *
 * @typedef {object} Options
 * @property {string} [token]  device token; staff are known by their cookie
 * @property {string} [key]  Idempotency-Key, to go on with a command begun before a reload
 * @property {number} [attempts]
 * @property {number} [patienceMs]  how long one try may last; some answers take seconds to work out
 * @property {"POST" | "PUT" | "PATCH" | "DELETE"} [method]
 */

const ATTEMPTS = 5;
const PATIENCE_MS = 8_000;
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 2_000;
/** No answer from the server itself, or one that says "not now": sending again does no harm. */
const TRY_AGAIN = new Set([502, 503, 504]);

/** A request the server understood and declined, or could not be asked (code "unreachable"). */
export class Refusal extends Error {
  /**
   * @param {string} code  stable name, e.g. "counter_busy"
   * @param {string} detail  a sentence for staff
   * @param {Record<string, any>} facts  values to say it in the reader's language
   * @param {number} status  HTTP status, 0 when there was no answer
   */
  constructor(code, detail, facts = {}, status = 0) {
    super(detail);
    this.name = "Refusal";
    this.code = code;
    this.detail = detail;
    this.facts = facts;
    this.status = status;
  }
}

/** 32 hexadecimal digits. `randomUUID` would need a secure page; a centre's own network has none. */
export const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

/**
 * Send a command.
 *
 * @param {string} path  e.g. "/api/v1/centres/an-binh/tickets"
 * @param {unknown} [body]
 * @param {Options} [options]
 * @returns {Promise<any>} the answer's JSON, null when it has none
 * @throws {Refusal}
 */
export const post = (path, body = {}, options = {}) =>
  ask(path, options, {
    method: options.method ?? "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", "idempotency-key": options.key ?? newKey() },
  });

/**
 * Send a file; once, since nobody knows whether it arrived.
 *
 * @param {string} path
 * @param {Blob} file
 * @param {Options} [options]
 * @returns {Promise<any>} the answer's JSON
 * @throws {Refusal}
 */
export const send = (path, file, options = {}) =>
  ask(
    path,
    { patienceMs: 60_000, ...options, attempts: 1 },
    { method: "POST", body: file, headers: { "content-type": "application/octet-stream" } },
  );

/**
 * Ask a question.
 *
 * @param {string} path
 * @param {Options} [options]
 * @returns {Promise<any>}
 * @throws {Refusal}
 */
export const get = (path, options = {}) => ask(path, options, { method: "GET", headers: {} });

/**
 * @param {string} path
 * @param {Options} options
 * @param {{ method: string, body?: string | Blob, headers: Record<string, string> }} request
 */
const ask = async (path, { token, attempts = ATTEMPTS, patienceMs = PATIENCE_MS }, request) => {
  /** @type {Record<string, string>} */
  const headers = { accept: "application/json", ...request.headers };
  if (token) headers.authorization = `Bearer ${token}`;
  for (let attempt = 1; ; attempt++) {
    const answer = await once(path, { ...request, headers, cache: "no-store" }, patienceMs);
    if (answer && !(TRY_AGAIN.has(answer.status) && attempt < attempts)) return read(answer);
    if (attempt >= attempts) throw new Refusal("unreachable", "the server does not answer");
    await pause(Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt) * Math.random());
  }
};

/**
 * One try; null when no answer came.
 *
 * @param {string} path
 * @param {RequestInit} request
 * @param {number} patienceMs
 */
const once = async (path, request, patienceMs) => {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), patienceMs);
  try {
    const response = await fetch(path, { ...request, signal: control.signal });
    // the body too may be lost on the way
    return { status: response.status, isOk: response.ok, text: await response.text() };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
};

/** @param {{ status: number, isOk: boolean, text: string }} answer */
const read = ({ status, isOk, text }) => {
  const value = parsed(text);
  if (isOk) return value;
  const { code, detail, title, type, facts, status: _status, ...rest } = value ?? {};
  const name = code ?? String(type ?? "refused").split(/[/:]/).at(-1);
  throw new Refusal(name, detail ?? title ?? `answer ${status}`, facts ?? rest, status);
};

/** @param {string} text */
const parsed = (text) => {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
};

/** @param {number} delay  ms */
const pause = (delay) => new Promise((done) => setTimeout(done, delay));
