import { fail, ok, type Result } from '../contract/errors.ts';
import type { DevView } from '../contract/dev.ts';
import type { Bus } from './bus.ts';
import type { CallsOf, Handlers } from './handlers.ts';

/** The demo's pretended devices, as the dev panel drives them. */
export type DemoDevices = {
  readonly printer: {
    setPaper(state: DevView['printer']): void;
    paperState(): DevView['printer'];
    papers(): DevView['papers'];
  };
  readonly drawer: { openings(): number };
};

/** Calls of the dev panel; a shop without pretended devices refuses them all. */
export function createDevService(devices: DemoDevices | null, bus: Bus, printerChanged: () => void, phones: DevView['phones']): Handlers<CallsOf<'dev'>> {
  const view = (demo: DemoDevices): DevView => ({
    printer: demo.printer.paperState(),
    drawerOpenings: demo.drawer.openings(),
    phones,
    papers: demo.printer.papers(),
  });
  const inDemo = <T>(work: (demo: DemoDevices) => T): Result<T> => (devices ? ok(work(devices)) : fail('demo-only'));

  return {
    'dev.get': () => inDemo(view),
    'dev.set-printer': ({ state }) =>
      inDemo((demo) => {
        demo.printer.setPaper(state);
        printerChanged();
        const changed = view(demo);
        bus.publish('dev.changed', changed);
        return changed;
      }),
    'dev.scan': ({ code }) =>
      inDemo(() => {
        bus.publish('scan.received', { code, aim: '' });
        return {};
      }),
  };
}
