/**
 * The microphone: opened once, heard all the time, recorded while asked to.
 *
 * Browsers give it to a secure page alone: HTTPS, or this very machine.
 */

/** Longer than any clip; who forgets to stop is stopped. */
export const LONGEST_MS = 12_000;

/** @typedef {"insecure" | "refused" | "missing" | "failed"} Trouble */

export class NoMicrophone extends Error {
  /** @param {Trouble} trouble */
  constructor(trouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

export class Microphone {
  #context;
  #stream;
  /** @type {Float32Array[] | null} */
  #pieces = null;
  #onLevel;
  #onFull;

  /**
   * @param {AudioContext} context
   * @param {MediaStream} stream
   * @param {{onLevel: (dbfs: number) => void, onFull: () => void}} hearers
   */
  constructor(context, stream, { onLevel, onFull }) {
    this.#context = context;
    this.#stream = stream;
    this.#onLevel = onLevel;
    this.#onFull = onFull;
  }

  /**
   * Ask for the microphone, without the browser's own ideas of what is noise.
   *
   * @param {{onLevel: (dbfs: number) => void, onFull: () => void}} hearers
   * @throws {NoMicrophone}
   */
  static async open(hearers) {
    if (!isSecureContext || !navigator.mediaDevices) throw new NoMicrophone("insecure");
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      });
    } catch (error) {
      const name = error instanceof DOMException ? error.name : "";
      if (name === "NotAllowedError" || name === "SecurityError") throw new NoMicrophone("refused");
      throw new NoMicrophone(name === "NotFoundError" ? "missing" : "failed");
    }
    const context = new AudioContext();
    const microphone = new Microphone(context, stream, hearers);
    await context.audioWorklet.addModule(new URL("./capture_worklet.js", import.meta.url));
    const capture = new AudioWorkletNode(context, "capture", { numberOfOutputs: 0 });
    capture.port.onmessage = ({ data }) => microphone.#hear(data);
    context.createMediaStreamSource(stream).connect(capture);
    await context.resume();
    return microphone;
  }

  get rate() {
    return this.#context.sampleRate;
  }

  start() {
    this.#pieces = [];
  }

  /** @returns {Float32Array} What was said since `start`. */
  stop() {
    const pieces = this.#pieces ?? [];
    this.#pieces = null;
    const samples = new Float32Array(pieces.reduce((length, piece) => length + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      samples.set(piece, at);
      at += piece.length;
    }
    return samples;
  }

  close() {
    this.#stream.getTracks().forEach((track) => track.stop());
    this.#context.close();
  }

  /** @param {Float32Array} piece */
  #hear(piece) {
    this.#onLevel(dbfs(piece));
    if (!this.#pieces) return;
    this.#pieces.push(piece);
    const length = this.#pieces.length * piece.length;
    if (length * 1_000 > LONGEST_MS * this.rate) this.#onFull();
  }
}

/** Peak level of some samples. @param {Float32Array} samples */
export const dbfs = (samples) =>
  20 * Math.log10(Math.max(1e-5, samples.reduce((peak, it) => Math.max(peak, Math.abs(it)), 0)));
