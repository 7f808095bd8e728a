/**
 * The view `printers` as the server sends it; see printers/pages/view.py.
 *
 * @typedef {Record<string, string>} Texts
 * @typedef {import("../../web/js/printer_words.js").Condition} Condition
 * @typedef {"slip" | "receipt" | "supplement" | "refusal" | "trial"} PaperKind
 * @typedef {{ id: string, kind: PaperKind, number: string, copy: number, at: string, result: string,
 *   detail: string, wanted_until: string, moved_from: Texts }} JobLine
 *
 * @typedef {object} PrinterLine
 * @property {string} id
 * @property {Texts} name
 * @property {string} model
 * @property {"network" | "usb" | "serial" | "cups" | "folder"} connection
 * @property {string | null} address
 * @property {Texts} zone
 * @property {boolean} has_agent
 * @property {boolean} is_device
 * @property {boolean} is_kiosk_printer
 * @property {Condition | null} condition
 * @property {string | null} since
 * @property {Texts} stand_in
 * @property {number} open
 * @property {number} printed
 * @property {number} doubtful
 * @property {JobLine[]} jobs
 *
 * @typedef {{ centre: string, printers: PrinterLine[] }} PrintersView
 * @typedef {{ host: string, port: number, is_office: boolean, maker: string, model_text: string, model: string }} FoundPrinter
 */

export {};
