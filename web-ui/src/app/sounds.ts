/** Short sounds made on the spot, so that nothing is loaded. */
let context: AudioContext | undefined;

function tone(frequency: number, startSeconds: number, lengthSeconds: number, loudness: number): void {
  context ??= new AudioContext();
  void context.resume();
  const begin = context.currentTime + startSeconds;
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = frequency;
  oscillator.type = 'triangle';
  gain.gain.setValueAtTime(0, begin);
  gain.gain.linearRampToValueAtTime(loudness, begin + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, begin + lengthSeconds);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(begin);
  oscillator.stop(begin + lengthSeconds);
}

/** Three rising notes, loud enough for a shop. */
export function playPaid(): void {
  tone(659.3, 0, 0.35, 0.35);
  tone(830.6, 0.12, 0.35, 0.35);
  tone(987.8, 0.24, 0.7, 0.4);
}

/** Two low notes: nothing was paid. */
export function playNotPaid(): void {
  tone(247, 0, 0.3, 0.35);
  tone(185, 0.2, 0.5, 0.35);
}
