/** Keeps a tablet's screen lit while it is looked at, where its browser can do that; nothing is lost where it can't. */
export function keepLit(): void {
  if (!('wakeLock' in navigator)) return;
  let held: WakeLockSentinel | null = null;
  const ask = (): void => {
    if (document.visibilityState !== 'visible' || (held && !held.released)) return;
    navigator.wakeLock.request('screen').then(
      (lock) => {
        held = lock;
      },
      // A browser that wants to be touched first is asked again then.
      () => undefined,
    );
  };
  document.addEventListener('visibilitychange', ask);
  document.addEventListener('pointerdown', ask);
  ask();
}
