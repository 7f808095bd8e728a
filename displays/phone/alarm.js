/** Makes a phone in a pocket noticed: two tones and a vibration. Needs no sound file. */

const TONES_HZ = [880, 1175, 880, 1175];
const TONE_S = 0.22;
const GAP_S = 0.08;
const LOUDNESS = 0.3;
const VIBRATION_MS = [400, 150, 400, 150, 800];
const AGAIN_MS = 12_000;
const MOST_TIMES = 15;

/** @type {AudioContext | null} */
let audio = null;
/** @type {ReturnType<typeof setInterval> | undefined} */
let again;

/** Whether this phone can shake: iPhones let no page do it. */
export const canShake = () => "vibrate" in navigator;

/** Whether a sound would be heard now; a page that was loaded again must be touched first. */
export const canRing = () => audio?.state === "running";

export const isRinging = () => again !== undefined;

/** Call this while a button is touched: browsers let no page make a sound before. */
export const prepareAlarm = async () => {
  if (!("AudioContext" in globalThis)) return;
  audio ??= new AudioContext();
  await audio.resume();
  play(TONES_HZ.slice(0, 2));
  if (isTouched()) navigator.vibrate?.(VIBRATION_MS.slice(0, 1));
};

/** Ring and shake as far as the phone lets us, and again until somebody touches the page. */
export const alarm = () => {
  stopAlarm();
  let times = 1;
  ring();
  again = setInterval(() => {
    if (++times > MOST_TIMES) stopAlarm();
    else ring();
  }, AGAIN_MS);
};

export const stopAlarm = () => {
  clearInterval(again);
  again = undefined;
};

const isTouched = () => navigator.userActivation?.hasBeenActive ?? true;

const ring = () => {
  if (isTouched()) navigator.vibrate?.(VIBRATION_MS);
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
