import { useState } from 'react';
import { MonitorSmartphone } from 'lucide-react';
import type { LanDevice } from '../../../src-main/contract/lan.ts';
import type { Result } from '../../../src-main/contract/errors.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { dayTime } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Empty, Pill } from '../../ui/pieces.tsx';

type Asked = { readonly what: 'rename' | 'revoke'; readonly device: LanDevice };

/** Renames, or takes a device's right away: both are asked first. */
function DeviceDialog({ asked: { what, device }, onClose }: { readonly asked: Asked; readonly onClose: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [name, setName] = useState(device.name);
  const told = (done: Result<unknown>): boolean => {
    if (!done.ok) notify(failureText(t, language, done.error, shop.currency), { tone: 'bad' });
    return true;
  };
  if (what === 'rename') {
    return (
      <AskDialog title={t('lan.rename')} ok={t('common.save')} ready={name.trim() !== ''} onClose={onClose} onOk={async () => told(await call('lan.rename', { deviceId: device.id, name }))} testId="lan-rename-dialog">
        <TextField label={t('lan.name')} value={name} maxLength={40} autoFocus onChange={setName} testId="lan-name" />
      </AskDialog>
    );
  }
  return (
    <AskDialog title={t('lan.revokeTitle', { name: device.name })} ok={t('lan.revoke')} okKind="destroy" onClose={onClose} onOk={async () => told(await call('lan.revoke', { deviceId: device.id }))} testId="lan-revoke-dialog">
      <p>{t('lan.revokeText')}</p>
    </AskDialog>
  );
}

/** Every paired device: whether it is there, when it was seen last, and what can be done with it. */
export function DevicesCard({ devices }: { readonly devices: readonly LanDevice[] }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [asked, setAsked] = useState<Asked | null>(null);
  const when = ({ lastSeenAt, madeAt }: LanDevice): string =>
    lastSeenAt === null ? t('lan.neverSeen', { time: dayTime(language, madeAt, shop.timeZone) }) : t('lan.lastSeen', { time: dayTime(language, lastSeenAt, shop.timeZone) });
  return (
    <section className="card room-card stack" aria-label={t('lan.devices')}>
      <h2>{t('lan.devices')}</h2>
      {devices.length === 0 ? (
        <Empty icon={<MonitorSmartphone size={44} aria-hidden />} title={t('lan.noDevices')}>
          <p>{t('lan.noDevicesText')}</p>
        </Empty>
      ) : (
        <ul className="lan-devices">
          {devices.map((device, index) => (
            <li key={device.id} data-testid={`lan-device-${index + 1}`} data-state={device.connected ? 'connected' : 'away'}>
              <div className="grow">
                <strong>{device.name}</strong>
                <p className="quiet-text">{when(device)}</p>
              </div>
              <Pill tone={device.connected ? 'good' : 'plain'}>{t(device.connected ? 'lan.connected' : 'lan.away')}</Pill>
              <Button size="small" label={`${t('lan.rename')}: ${device.name}`} onPress={() => setAsked({ what: 'rename', device })} testId={`lan-rename-${index + 1}`}>
                {t('lan.rename')}
              </Button>
              <Button size="small" kind="danger" label={`${t('lan.revoke')}: ${device.name}`} onPress={() => setAsked({ what: 'revoke', device })} testId={`lan-revoke-${index + 1}`}>
                {t('lan.revoke')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {asked ? <DeviceDialog asked={asked} onClose={() => setAsked(null)} /> : null}
    </section>
  );
}
