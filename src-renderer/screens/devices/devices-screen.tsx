import { useEffect, useState } from 'react';
import { Keyboard, Monitor, Network, ScanBarcode } from 'lucide-react';
import type { CallOutput } from '../../../src-main/contract/index.ts';
import { secondTime } from '../../features/format/index.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Device, go } from './device.tsx';
import { KeyboardScanner } from './keyboard-scanner.tsx';
import { PrinterDevice } from './printer-device.tsx';
import { TryScanner } from './try-scanner.tsx';
import './devices.css';

type View = CallOutput<'devices.view'>;

/** How often the page looks again, in milliseconds: what is plugged in is seen while one stands before it. */
const lookMs = 1_000;

function useDevices(): View | null {
  const [view, setView] = useState<View | null>(null);
  useEffect(() => {
    let timer = 0;
    let gone = false;
    const look = async (): Promise<void> => {
      const found = await call('devices.view', {});
      if (gone) return;
      if (found.ok) setView(found.value);
      timer = window.setTimeout(() => void look(), lookMs);
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, []);
  return view;
}

/** The scanners at the USB ports, each with what to do about it. */
function UsbScanners({ usb }: { readonly usb: View['usb'] }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const last = usb.last ? t(`devices.last.${usb.last.outcome}`, { time: secondTime(language, usb.last.at, shop.timeZone) }) : t('devices.last.none');
  if (!usb.supported) return <Device icon={<ScanBarcode size={26} aria-hidden />} name={t('devices.usb')} tone="amber" state={t('devices.usbUnsupported')} advice={t('devices.usbUnsupportedHint')} testId="device-usb" />;
  if (usb.scanners.length === 0) return <Device icon={<ScanBarcode size={26} aria-hidden />} name={t('devices.usb')} state={t('devices.usbNone')} advice={t('devices.usbNoneHint')} testId="device-usb" />;
  return usb.scanners.map(({ name, state }, index) => (
    <Device
      key={`${name} ${index}`}
      icon={<ScanBarcode size={26} aria-hidden />}
      name={name === '' ? t('devices.usbScanner', { number: index + 1 }) : name}
      tone={state === 'ready' ? 'good' : 'bad'}
      state={t(`devices.scanner.${state}`)}
      detail={state === 'ready' ? last : undefined}
      advice={state === 'refused' ? t('devices.scannerRefusedHint') : undefined}
      testId={`device-usb-${index + 1}`}
    />
  ));
}

/** Everything that is attached to this register: how it is, what it did last, how to try it, and what to do. */
export function DevicesScreen() {
  const { t } = useWords();
  const view = useDevices();
  useShortcuts({ Escape: () => go('#/sale') }, 'screen');
  return (
    <main className="room">
      <div className="room-head">
        <h1>{t('screens.devices')}</h1>
      </div>
      {view ? (
        <>
          <ul className="card room-card devices">
            <UsbScanners usb={view.usb} />
            <Device icon={<Keyboard size={26} aria-hidden />} name={t('devices.keyboard')} tone="good" state={t('devices.keyboardReady')} detail={t(`devices.layout.${view.keyboard.layout}`)} testId="device-keyboard" />
            <PrinterDevice />
            <Device
              icon={<Monitor size={26} aria-hidden />}
              name={t('devices.customer')}
              tone={view.customerScreens > 0 ? 'good' : 'amber'}
              state={t('devices.customerCount', { count: view.customerScreens })}
              advice={view.customerScreens > 0 ? undefined : t('devices.customerNoneHint')}
              testId="device-customer"
            >
              <Button size="small" disabled={view.customerScreens === 0} onPress={() => void call('devices.identify', {})} testId="device-customer-identify">{t('devices.identify')}</Button>
              <Button size="small" onPress={() => go('#/admin/customer-screens')}>{t('devices.openPage')}</Button>
            </Device>
            <Device
              icon={<Network size={26} aria-hidden />}
              name={t('devices.network')}
              tone={view.network === 'online' ? 'good' : 'bad'}
              state={t(`status.network.${view.network}`)}
              advice={view.network === 'online' ? undefined : t('devices.networkHint')}
              testId="device-network"
            />
          </ul>
          <TryScanner settings={view.keyboard} />
          <KeyboardScanner key={JSON.stringify(view.keyboard)} settings={view.keyboard} />
        </>
      ) : null}
    </main>
  );
}
