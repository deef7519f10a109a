import { useEffect, useState } from 'react';
import type { Failure } from '../../../src-main/contract/errors.ts';
import type { LanDevice, LanView } from '../../../src-main/contract/lan.ts';
import { call, subscribe } from '../../transport/index.ts';

export type Screens = { readonly view: LanView; readonly devices: readonly LanDevice[] };

/** The listener and its devices as they are now; followed while the page is open. */
export function useScreens(): { readonly screens: Screens | null; readonly failure: Failure | null; readonly load: () => Promise<void> } {
  const [screens, setScreens] = useState<Screens | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = async (): Promise<void> => {
    const [view, devices] = await Promise.all([call('lan.settings', {}), call('lan.devices', {})]);
    if (view.ok && devices.ok) setScreens({ view: view.value, devices: devices.value });
    else if (!view.ok) setFailure(view.error);
  };
  useEffect(() => {
    void load();
    return subscribe('lan.changed', () => void load());
  }, []);
  return { screens, failure, load };
}
