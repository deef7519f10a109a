/** The four sounds of the till. */
export type Sound = 'scan' | 'refused' | 'paid' | 'needs-you';

const players = new Map<Sound, HTMLAudioElement>();
let volume = 0.6;

/** 0 to 100, as the settings keep it. */
export const setVolume = (percent: number): void => {
  volume = percent / 100;
};

/** Plays a sound; silence, a missing device or a browser that wants a tap first are no failures. */
export function play(sound: Sound): void {
  if (volume === 0) return;
  const player = players.get(sound) ?? new Audio(`./sounds/${sound}.wav`);
  players.set(sound, player);
  player.volume = volume;
  player.currentTime = 0;
  void player.play().catch(() => undefined);
}
