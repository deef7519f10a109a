/** What an address from outside must never make this machine do. */
const never: ReadonlySet<string> = new Set(['file:', 'javascript:', 'data:', 'blob:', 'about:', 'vbscript:']);

/** Whether another application may be opened with an address that a provider gave. */
export function mayOpen(address: string): boolean {
  try {
    return !never.has(new URL(address).protocol);
  } catch {
    return false;
  }
}
