/**
 * Hands what the microphone hears to the page, in pieces of about 40 ms. Runs in the audio thread.
 */

const PIECE = 2048;

/** What the audio thread has and a page has not. @type {any} */
const { AudioWorkletProcessor, registerProcessor } = globalThis;

class Capture extends AudioWorkletProcessor {
  #piece = new Float32Array(PIECE);
  #length = 0;

  /** @param {Float32Array[][]} inputs */
  process([input]) {
    const samples = input?.[0];
    if (samples) {
      for (const sample of samples) {
        this.#piece[this.#length++] = sample;
        if (this.#length === PIECE) {
          this.port.postMessage(this.#piece.slice());
          this.#length = 0;
        }
      }
    }
    return true;
  }
}

registerProcessor("capture", Capture);
