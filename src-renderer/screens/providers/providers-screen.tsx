import { useEffect, useState } from 'react';
import { CircleAlert, CircleCheck, Wallet } from 'lucide-react';
import type { ProviderView } from '../../../src-main/contract/providers.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useTill } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Empty, Pill } from '../../ui/pieces.tsx';
import { CustomerInfoCard } from './customer-info-card.tsx';
import { AccountForm } from './account-form.tsx';
import { Checks } from './checks.tsx';
import { TerminalCard } from './terminal-card.tsx';
import './providers.css';

function useProviders(): readonly ProviderView[] | null {
  const [providers, setProviders] = useState<readonly ProviderView[] | null>(null);
  useEffect(() => {
    const load = (): void => {
      void call('provider.list', {}).then((found) => {
        if (found.ok) setProviders(found.value);
      });
    };
    load();
    return subscribe('providers.changed', load);
  }, []);
  return providers;
}

function Provider({ provider }: { readonly provider: ProviderView }) {
  const { t, language } = useWords();
  const mayEdit = useTill((state) => state.session?.rights.includes('shop-edit') ?? false);
  const { description, missing } = provider;
  return (
    <section className="card room-card stack" data-testid={`provider-${description.kind}`} aria-labelledby={`provider-${description.kind}-name`}>
      <div className="row">
        <h2 className="grow" id={`provider-${description.kind}-name`}>
          {description.name}
        </h2>
        {missing ? (
          <Pill tone="amber" icon={<CircleAlert size={16} aria-hidden />}>
            {t(`providers.missing.${missing}`)}
          </Pill>
        ) : (
          <Pill tone="good" icon={<CircleCheck size={16} aria-hidden />}>
            {t('providers.ready')}
          </Pill>
        )}
      </div>
      <p className="quiet-text">{description.about[language]}</p>
      <div className="provider-account">
        {mayEdit ? <AccountForm key={provider.account?.id ?? 'none'} provider={provider} /> : null}
        <TerminalCard provider={provider} />
      </div>
      {mayEdit ? <Checks provider={provider} /> : null}
    </section>
  );
}

/** Payment providers: one card each, drawn from the adapter's own description. */
export function ProvidersScreen() {
  const { t } = useWords();
  const providers = useProviders();
  const mayEdit = useTill((state) => state.session?.rights.includes('shop-edit') ?? false);
  useShortcuts({ Escape: () => { location.hash = '#/sale'; } }, 'screen');
  return (
    <main className="room">
      <div className="room-head">
        <h1>{t('screens.providers')}</h1>
      </div>
      {providers?.length === 0 ? <Empty icon={<Wallet size={44} strokeWidth={1.5} />} title={t('screens.providers')} /> : null}
      {(providers ?? []).map((provider) => (
        <Provider key={provider.description.kind} provider={provider} />
      ))}
      {mayEdit ? <CustomerInfoCard /> : null}
    </main>
  );
}
