import { useWords } from '../../features/words/index.ts';
import { Select, TextField } from '../../ui/fields.tsx';
import type { View } from './view.ts';

type Settings = View['settings'];
type Fields = { readonly draft: Settings; readonly set: (fields: Partial<Settings>) => void };

/** A name or an address: no scheme, no path, no port. The till looks at it again. */
export const looksLikeHost = (text: string): boolean => text.trim() !== '' && !/[\s/]/.test(text.trim());

export const portOf = (text: string): number | null => {
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
};

/** Where in the network the printer is. */
export function NetworkFields({ draft, set, port, onPort }: Fields & { readonly port: string; readonly onPort: (port: string) => void }) {
  const { t } = useWords();
  return (
    <>
      <TextField
        label={t('printerPage.host')}
        hint={t('printerPage.hostHint')}
        value={draft.host}
        onChange={(host) => set({ host })}
        maxLength={200}
        error={draft.host === '' || looksLikeHost(draft.host) ? null : t('printerPage.hostWrong')}
        testId="printer-host"
      />
      <TextField label={t('printerPage.port')} hint={t('printerPage.portHint')} value={port} onChange={onPort} maxLength={5} numeric="numeric" error={portOf(port) === null ? t('mail.portWrong') : null} testId="printer-port" />
    </>
  );
}

type Found = { readonly kind: 'usb' | 'queue'; readonly found: NonNullable<View['usb']>; readonly hint: string | undefined };

/** Which of those that the machine has; one that was chosen before is there although it is gone. */
export function FoundField({ draft, set, kind, found, hint }: Fields & Found) {
  const { t } = useWords();
  const chosen = draft[kind];
  const gone = chosen !== '' && !found.some(({ id }) => id === chosen) ? [{ value: chosen, label: t(`printerPage.${kind}Gone`, { id: chosen }) }] : [];
  const unchosen = chosen === '' ? [{ value: '', label: t('printerPage.choose') }] : [];
  return (
    <Select
      label={t(kind === 'usb' ? 'printerPage.usbPrinter' : 'printerPage.queue')}
      hint={found.length === 0 ? t(`printerPage.${kind}None`) : hint}
      value={chosen}
      choices={[...unchosen, ...found.map(({ id, name }) => ({ value: id, label: name })), ...gone]}
      onChange={(value) => set({ [kind]: value })}
      testId={kind === 'usb' ? 'printer-usb' : 'printer-queue'}
    />
  );
}
