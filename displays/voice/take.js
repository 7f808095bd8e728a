/**
 * One take: what was said, where it begins and ends, how it looks, as a file. Pure.
 *
 * @typedef {{samples: Float32Array, rate: number, begin: number, end: number}} Take
 * `begin` and `end` in samples: what is kept.
 */

/** Below the loudest by this much is silence. */
const SILENCE_DB = 36;
/** Left around the words; the server trims to the word itself. */
const PAD_S = 0.12;
const WAV_HEADER = 44;

/**
 * A take that is trimmed to its words.
 *
 * @param {Float32Array} samples
 * @param {number} rate
 * @returns {Take}
 */
export const takeOf = (samples, rate) => {
  const peak = samples.reduce((highest, it) => Math.max(highest, Math.abs(it)), 0);
  const threshold = peak * 10 ** (-SILENCE_DB / 20);
  const isLoud = (/** @type {number} */ it) => Math.abs(it) > threshold;
  const first = samples.findIndex(isLoud);
  const last = samples.findLastIndex(isLoud);
  if (peak === 0 || first < 0) return { samples, rate, begin: 0, end: samples.length };
  const pad = Math.round(PAD_S * rate);
  return {
    samples,
    rate,
    begin: Math.max(0, first - pad),
    end: Math.min(samples.length, last + pad),
  };
};

/** @param {Take} take @returns {Float32Array} What is kept. */
export const kept = ({ samples, begin, end }) => samples.subarray(begin, end);

/** Seconds that are kept. @param {Take} take */
export const lengthOf = ({ begin, end, rate }) => (end - begin) / rate;

/**
 * Peaks for a picture, from 0 to 1, the loudest being 1.
 *
 * @param {Float32Array} samples
 * @param {number} columns
 */
export const peaks = (samples, columns) => {
  const width = Math.max(1, Math.floor(samples.length / columns));
  const found = Array.from({ length: columns }, (_, column) =>
    samples
      .subarray(column * width, (column + 1) * width)
      .reduce((highest, it) => Math.max(highest, Math.abs(it)), 0),
  );
  const highest = Math.max(...found, 1e-6);
  return found.map((peak) => peak / highest);
};

/** The kept part as a WAV file of 16 bits. @param {Take} take */
export const wav = (take) => {
  const samples = kept(take);
  const file = new DataView(new ArrayBuffer(WAV_HEADER + 2 * samples.length));
  const word = (/** @type {number} */ at, /** @type {string} */ text) =>
    [...text].forEach((letter, place) => file.setUint8(at + place, letter.charCodeAt(0)));
  word(0, "RIFF");
  file.setUint32(4, file.byteLength - 8, true);
  word(8, "WAVEfmt ");
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true); // samples as they are
  file.setUint16(22, 1, true); // one channel
  file.setUint32(24, take.rate, true);
  file.setUint32(28, 2 * take.rate, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  word(36, "data");
  file.setUint32(40, 2 * samples.length, true);
  samples.forEach((sample, place) => {
    const limited = Math.max(-1, Math.min(1, sample));
    file.setInt16(WAV_HEADER + 2 * place, Math.round(limited * 0x7fff), true);
  });
  return file.buffer;
};
