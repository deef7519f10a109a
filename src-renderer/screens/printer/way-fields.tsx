import { useWords } from '../../features/words/index.ts';
import { Select, TextField } from '../../ui/fields.tsx';
import type { View } from './settings-form.tsx';

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

/** Which of the printers that are plugged in; one that was chosen before is there although it is not. */
export function UsbField({ draft, set, found }: Fields & { readonly found: NonNullable<View['usb']> }) {
  const { t } = useWords();
  const gone = draft.usb !== '' && !found.some(({ id }) => id === draft.usb) ? [{ value: draft.usb, label: t('printerPage.usbOther', { id: draft.usb }) }] : [];
  const unchosen = draft.usb === '' ? [{ value: '', label: t('printerPage.usbChoose') }] : [];
  return (
    <Select
      label={t('printerPage.usbPrinter')}
      hint={found.length === 0 ? t('printerPage.usbNone') : undefined}
      value={draft.usb}
      choices={[...unchosen, ...found.map(({ id, name }) => ({ value: id, label: name })), ...gone]}
      onChange={(usb) => set({ usb })}
      testId="printer-usb"
    />
  );
}
