import { useState } from 'react';
import { Inbox, Printer } from 'lucide-react';
import { callApproved } from '../../features/approval/store.ts';
import { useShop, useTill } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import type { Tone } from '../../ui/pieces.tsx';
import { Device, go } from './device.tsx';

const printerTones = { ready: 'good', absent: 'plain', failed: 'bad' } as const satisfies Record<string, Tone>;
const drawerTones = { closed: 'good', open: 'amber', unknown: 'plain' } as const satisfies Record<string, Tone>;

/** The printer and the drawer behind it, each tried by its button. */
export function PrinterDevice() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const status = useTill((state) => state.status);
  const [busy, setBusy] = useState(false);
  const [printed, setPrinted] = useState<string | undefined>(undefined);
  const [opened, setOpened] = useState<string | undefined>(undefined);
  const printer = status?.printer ?? 'absent';
  const drawer = status?.drawer ?? 'unknown';
  const problem = status?.printerProblem ?? null;
  const print = async (): Promise<void> => {
    setBusy(true);
    const tried = await call('printer.test', {});
    setBusy(false);
    if (!tried.ok) return setPrinted(failureText(t, language, tried.error, shop.currency));
    setPrinted(tried.value.problem === null ? t('printerPage.printed') : t(`printer.${tried.value.problem}`));
  };
  const open = async (): Promise<void> => {
    const tried = await callApproved('drawer.open', { reason: t('devices.tryReason') });
    setOpened(tried.ok ? t('devices.drawerTold') : failureText(t, language, tried.error, shop.currency));
  };
  return (
    <>
      <Device
        icon={<Printer size={26} aria-hidden />}
        name={t('devices.printer')}
        tone={printerTones[printer]}
        state={t(`status.printer.${printer}`)}
        detail={printed}
        advice={problem === null ? undefined : t(`printer.${problem}`)}
        testId="device-printer"
      >
        <Button size="small" disabled={busy || printer === 'absent'} onPress={() => void print()} testId="device-printer-test">{t('devices.printTest')}</Button>
        <Button size="small" onPress={() => go('#/admin/printer')}>{t('devices.openPage')}</Button>
      </Device>
      <Device icon={<Inbox size={26} aria-hidden />} name={t('devices.drawer')} tone={drawerTones[drawer]} state={t(`devices.drawerState.${drawer}`)} detail={opened} testId="device-drawer">
        <Button size="small" onPress={() => void open()} testId="device-drawer-open">{t('devices.drawerOpen')}</Button>
      </Device>
    </>
  );
}
