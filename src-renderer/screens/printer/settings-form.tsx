import { useState } from 'react';
import type { CallOutput } from '../../../src-main/contract/index.ts';
import { useShop } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';
import { Check, Select, TextField } from '../../ui/fields.tsx';

export type View = CallOutput<'printer.settings'>;

/** A name or an address: no scheme, no path, no port. The till looks at it again. */
const looksLikeHost = (text: string): boolean => text.trim() !== '' && !/[\s/]/.test(text.trim());

/** Which printer this register has. */
export function SettingsForm({ stored, models, busy, onSave }: { readonly stored: View['settings']; readonly models: View['models']; readonly busy: boolean; readonly onSave: (settings: View['settings']) => void }) {
  const { t } = useWords();
  const { mode } = useShop();
  const [draft, setDraft] = useState(stored);
  const [port, setPort] = useState(String(stored.port));
  const set = (fields: Partial<View['settings']>): void => setDraft((now) => ({ ...now, ...fields }));
  const network = draft.attached === 'network';
  const portNumber = /^\d{1,5}$/.test(port.trim()) ? Number(port) : 0;
  const portRight = portNumber >= 1 && portNumber <= 65_535;
  const hostRight = looksLikeHost(draft.host);
  const right = !network || (portRight && hostRight);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (right && !busy) onSave({ ...draft, port: portRight ? portNumber : stored.port });
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
          choices={[{ value: 'none', label: t(mode === 'demo' ? 'printerPage.noneDemo' : 'printerPage.none') }, { value: 'network', label: t('printerPage.network') }]}
          onChange={(attached) => set({ attached })}
          testId="printer-attached"
        />
        {network ? (
          <>
            <div className="room-grid">
              <TextField label={t('printerPage.host')} hint={t('printerPage.hostHint')} value={draft.host} onChange={(host) => set({ host })} maxLength={200} error={draft.host === '' || hostRight ? null : t('printerPage.hostWrong')} testId="printer-host" />
              <TextField label={t('printerPage.port')} hint={t('printerPage.portHint')} value={port} onChange={setPort} maxLength={5} numeric="numeric" error={portRight ? null : t('mail.portWrong')} testId="printer-port" />
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
          </>
        ) : null}
      </div>
    </form>
  );
}
