import { useState } from 'react';
import { CircleCheck, Info } from 'lucide-react';
import type { ScannerSettings } from '../../../src-main/contract/scanner.ts';
import { QrPicture } from '../../features/qr/qr-code.tsx';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { settingsFrom } from '../../features/scanner/typed-scan.ts';
import { play } from '../../features/sounds/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords, type Say } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Panel } from '../../ui/pieces.tsx';

/** Every sign that layouts of keyboards turn into another one, with digits and letters to know it by. */
export const testCode = 'KASSA:-/+?=_]%&0123456789abcXYZ';

type Outcome = { readonly kind: 'usb' | 'right' | 'learned' | 'wrong' | 'other' | 'failed'; readonly text: string };

/** What is said of a scan, and the settings that it shows to be right. */
function outcomeOf(t: Say, code: string, aim: string, found: ScannerSettings | null, settings: ScannerSettings, byKeys: boolean): Outcome {
  if (!byKeys) return code === testCode ? { kind: 'usb', text: t('devices.try.usb', { kind: aim }) } : { kind: 'other', text: t('devices.try.other', { code, kind: aim }) };
  if (found) return found.layout === settings.layout && found.prefix === settings.prefix ? { kind: 'right', text: t('devices.try.right') } : { kind: 'learned', text: t('devices.try.learned') };
  // Its own name tells that it was meant to be the test code.
  return /KASSA/i.test(code) ? { kind: 'wrong', text: t('devices.try.wrong') } : { kind: 'other', text: t('devices.try.other', { code, kind: aim }) };
}

/** A code that tells, when it is scanned, how the scanner has to be read; any other code is shown as it came. */
export function TryScanner({ settings }: { readonly settings: ScannerSettings }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  useScanTarget((code, aim, typed) => {
    const found = typed ? settingsFrom(typed, testCode) : null;
    const said = outcomeOf(t, code, aim, found, settings, typed !== null);
    play(said.kind === 'wrong' ? 'refused' : 'scan');
    setOutcome(said);
    if (said.kind !== 'learned' || !found) return;
    void call('scanner.save', found).then((saved) => {
      if (!saved.ok) setOutcome({ kind: 'failed', text: failureText(t, language, saved.error, shop.currency) });
    });
  });
  const good = outcome !== null && ['usb', 'right', 'learned'].includes(outcome.kind);
  return (
    <section className="card room-card try-scanner" aria-label={t('devices.try.title')}>
      <QrPicture text={testCode} label={t('devices.try.title')} testId="scanner-test-code" />
      <div className="stack">
        <h2>{t('devices.try.title')}</h2>
        <p className="quiet-text">{t('devices.try.text')}</p>
        {outcome ? (
          <Panel tone={good ? 'good' : outcome.kind === 'other' ? 'plain' : 'bad'} icon={good ? <CircleCheck size={28} aria-hidden /> : <Info size={28} aria-hidden />} title={outcome.text} testId="scanner-test-result" state={outcome.kind} />
        ) : null}
      </div>
    </section>
  );
}
