/**
 * A short chime of two tones from this device's loudspeaker. It is made here, no file is loaded.
 * @module
 */

/** Hertz and seconds of the tones: a falling third, as door chimes have. */
const TONES = [[659.3, 0], [523.3, 0.45]];
const LASTS_S = 0.9;

/**
 * Plays the chime.
 * @returns {Promise<boolean>} whether the browser has played it; nobody can tell whether it was heard
 */
export async function chime() {
  const Context = window.AudioContext;
  if (!Context) return false;
  const audio = new Context();
  try {
    if (audio.state === "suspended") await audio.resume();
    for (const [pitch, at] of TONES) tone(audio, pitch, audio.currentTime + at);
    await new Promise((done) => setTimeout(done, (TONES[1][1] + LASTS_S) * 1000));
    return audio.state === "running";
  } catch (err) {
    return false; // No sound device, or the browser forbids it: the page says so.
  } finally {
    audio.close().catch(() => {});
  }
}

/** One tone with a soft beginning, fading out. */
function tone(audio, pitch, at) {
  const source = audio.createOscillator();
  const volume = audio.createGain();
  source.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.5, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, at + LASTS_S);
  source.connect(volume).connect(audio.destination);
  source.start(at);
  source.stop(at + LASTS_S);
}
