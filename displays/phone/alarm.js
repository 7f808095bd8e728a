/** Makes a phone in a pocket noticed: two tones and a vibration. Needs no sound file. */

const TONES_HZ = [880, 1175, 880, 1175];
const TONE_S = 0.22;
const GAP_S = 0.08;
const LOUDNESS = 0.25;
const VIBRATION_MS = [400, 150, 400, 150, 800];

/** @type {AudioContext | null} */
let audio = null;

/**
 * Call this while a button is touched: browsers let no page make a sound before.
 *
 * @returns {boolean} whether the phone can make a sound
 */
export const prepareAlarm = () => {
  if (!("AudioContext" in globalThis)) return false;
  audio ??= new AudioContext();
  audio.resume();
  play([TONES_HZ[0]]);
  return true;
};

/** Ring and shake, as far as the phone lets us. */
export const alarm = () => {
  if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.(VIBRATION_MS);
  play(TONES_HZ);
};

/** @param {number[]} tones  Hz */
const play = (tones) => {
  if (!audio) return;
  for (const [place, tone] of tones.entries()) {
    const begins = audio.currentTime + place * (TONE_S + GAP_S);
    const oscillator = audio.createOscillator();
    const loudness = audio.createGain();
    oscillator.frequency.value = tone;
    loudness.gain.setValueAtTime(LOUDNESS, begins);
    loudness.gain.exponentialRampToValueAtTime(0.001, begins + TONE_S);
    oscillator.connect(loudness).connect(audio.destination);
    oscillator.start(begins);
    oscillator.stop(begins + TONE_S);
  }
};
