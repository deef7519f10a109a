import { useState } from 'react';
import { CircleAlert, Monitor } from 'lucide-react';
import type { CustomerDisplay, LanSettings } from '../../../src-main/contract/lan.ts';
import { notify } from '../../features/notices/store.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Panel } from '../../ui/pieces.tsx';
import { CertificateCard } from './certificate-card.tsx';
import { DevicesCard } from './devices-card.tsx';
import { ListenerCard } from './listener-card.tsx';
import { PairDialog } from './pair-dialog.tsx';
import { useScreens } from './store.ts';
import './customer-screens.css';

/** Where the customer's window of this machine is. */
function DisplayCard({ display }: { readonly display: CustomerDisplay }) {
  const { t } = useWords();
  const on = display.kind === 'display';
  return (
    <section className="card room-card stack" aria-label={t('lan.display')}>
      <h2>{t('lan.display')}</h2>
      <Panel tone={on ? 'good' : 'plain'} icon={<Monitor size={32} aria-hidden />} title={on ? t('lan.displayOn', { name: display.name }) : t('lan.displayWindow')} testId="lan-display" state={display.kind}>
        <p>{t('lan.displayText')}</p>
      </Panel>
    </section>
  );
}

/** The customer's screens of this register: the second display, and tablets in the shop's network. */
export function CustomerScreensScreen() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const { screens, failure, load } = useScreens();
  const [busy, setBusy] = useState(false);
  const [pairing, setPairing] = useState(false);
  useShortcuts({ Escape: () => { location.hash = '#/sale'; } }, 'screen');
  if (!screens) {
    return (
      <main className="room">
        <h1>{t('screens.customer-screens')}</h1>
        {failure ? <Panel tone="bad" icon={<CircleAlert size={32} aria-hidden />} title={failureText(t, language, failure, shop.currency)} /> : null}
      </main>
    );
  }
  const { view, devices } = screens;
  const save = async (settings: LanSettings): Promise<void> => {
    setBusy(true);
    const saved = await call('lan.save', settings);
    setBusy(false);
    if (saved.ok) notify(t('common.saved'));
    else notify(failureText(t, language, saved.error, shop.currency), { tone: 'bad' });
    await load();
  };
  return (
    <main className="room">
      <ListenerCard view={view} busy={busy} onSave={(settings) => void save(settings)} onPair={() => setPairing(true)} />
      <DevicesCard devices={devices} />
      {view.display ? <DisplayCard display={view.display} /> : null}
      <CertificateCard view={view} onChanged={() => void load()} />
      {pairing ? <PairDialog certificate={view.certificate} onClose={() => setPairing(false)} /> : null}
    </main>
  );
}
