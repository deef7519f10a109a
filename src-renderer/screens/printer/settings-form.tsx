import { useState } from 'react';
import { useShop } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';
import { Check, Select } from '../../ui/fields.tsx';
import type { View } from './view.ts';
import { FoundField, looksLikeHost, NetworkFields, portOf } from './way-fields.tsx';

type Settings = View['settings'];

/** Whether enough is said to save it. */
function isWhole({ attached, host, usb, queue }: Settings, port: number | null): boolean {
  if (attached === 'network') return port !== null && looksLikeHost(host);
  if (attached === 'usb') return usb !== '';
  return attached !== 'system' || queue !== '';
}

/** Which printer this register has. */
export function SettingsForm({ view, busy, onSave }: { readonly view: View; readonly busy: boolean; readonly onSave: (settings: Settings) => void }) {
  const { t } = useWords();
  const { mode } = useShop();
  const { settings: stored, models } = view;
  const [draft, setDraft] = useState(stored);
  const [port, setPort] = useState(String(stored.port));
  const set = (fields: Partial<Settings>): void => setDraft((now) => ({ ...now, ...fields }));
  const right = isWhole(draft, portOf(port));
  // Where no program speaks with USB printers itself, they are reached by the system's queues.
  const ways = (['none', 'network', 'usb', 'system'] as const).filter((way) => way !== 'usb' || view.usb !== null || stored.attached === 'usb');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (right && !busy) onSave({ ...draft, port: portOf(port) ?? stored.port });
      }}
    >
      <div className="room-head">
        <h1>{t('screens.printer')}</h1>
        <Button kind="primary" submit disabled={!right || busy} testId="printer-save">
          {t('common.save')}
        </Button>
      </div>
      <div className="card room-card stack">
        <Select
          label={t('printerPage.attached')}
          value={draft.attached}
          choices={ways.map((way) => ({ value: way, label: t(way === 'none' && mode === 'demo' ? 'printerPage.noneDemo' : `printerPage.${way}`) }))}
          onChange={(attached) => set({ attached })}
          testId="printer-attached"
        />
        {draft.attached === 'none' ? null : (
          <>
            <div className="room-grid">
              {draft.attached === 'network' ? <NetworkFields draft={draft} set={set} port={port} onPort={setPort} /> : null}
              {draft.attached === 'usb' ? <FoundField kind="usb" draft={draft} set={set} found={view.usb ?? []} hint={undefined} /> : null}
              {draft.attached === 'system' ? <FoundField kind="queue" draft={draft} set={set} found={view.queues ?? []} hint={t(view.usb ? 'printerPage.queueHint' : 'printerPage.queueHintUsb')} /> : null}
              <Select label={t('printerPage.model')} value={draft.model} choices={models.map(({ id, name }) => ({ value: id, label: name }))} onChange={(model) => set({ model })} testId="printer-model" />
              <Select
                label={t('printerPage.width')}
                value={draft.widthMm === 58 ? '58' : '80'}
                choices={(['58', '80'] as const).map((width) => ({ value: width, label: t('printerPage.mm', { width }) }))}
                onChange={(width) => set({ widthMm: width === '58' ? 58 : 80 })}
                testId="printer-width"
              />
            </div>
            <Check label={t('printerPage.hasDrawer')} checked={draft.drawer} onChange={(drawer) => set({ drawer })} />
            {draft.drawer && draft.attached !== 'system' ? (
              <div className="room-grid">
                <Select
                  label={t('printerPage.switch')}
                  hint={t('printerPage.switchHint')}
                  value={draft.drawerSwitch}
                  choices={(['usual', 'inverted', 'none'] as const).map((kind) => ({ value: kind, label: t(`printerPage.switches.${kind}`) }))}
                  onChange={(drawerSwitch) => set({ drawerSwitch })}
                  testId="printer-drawer-switch"
                />
              </div>
            ) : null}
          </>
        )}
      </div>
    </form>
  );
}
