import { useCallback, useEffect, useState } from 'react';
import { CircleAlert, CircleCheck, Circle, ClipboardCopy } from 'lucide-react';
import type { CheckView, GoLiveItemView, ProviderView } from '../../../src-main/contract/providers.ts';
import { dayTime } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { problemText } from '../../features/problems/index.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';

type Known = { readonly checks: readonly CheckView[]; readonly items: readonly GoLiveItemView[] };

/** What a check found: its facts, or what is wrong. */
function Found({ provider, found }: { readonly provider: ProviderView; readonly found: CheckView }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const { description } = provider;
  const value = (text: string): string => (text === 'yes' || text === 'no' || text === 'unknown' ? t(`providers.fact.${text}`) : text);
  return (
    <div className={`check-found ${found.problem ? 'bad' : 'good'}`} role="status" data-testid={`check-found-${found.check}`}>
      <p>
        {found.problem ? <CircleAlert size={18} aria-hidden /> : <CircleCheck size={18} aria-hidden />}
        {found.problem ? problemText(t, language, found.problem, description.name) : t('providers.checkGood')} <small>{dayTime(language, found.at, shop.timeZone)}</small>
      </p>
      {found.problem?.text ? <p className="quiet-text">{found.problem.text}</p> : null}
      <dl className="terminal-facts">
        {Object.entries(found.facts).map(([name, text]) => (
          <div key={name}>
            <dt>{description.facts?.[name]?.[language] ?? name}</dt>
            <dd>{value(text)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Before real customers pay: what the provider wants to have seen, ticked by what this register has really done. */
function GoLive({ provider, items }: { readonly provider: ProviderView; readonly items: readonly GoLiveItemView[] }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const done = items.filter((item) => item.done !== null).length;
  const asText = (): string =>
    items.map((item) => `[${item.done ? 'x' : ' '}] ${item.label[language]}${item.done ? ` – ${dayTime(language, item.done.at, shop.timeZone)}${item.done.references.length > 0 ? ` – ${item.done.references.join(', ')}` : ''}` : ''}`).join('\n');
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(`${provider.description.name}\n${asText()}\n`);
    notify(t('providers.copied'));
  }
  return (
    <div className="stack" role="group" aria-label={t('providers.goLive')} data-testid="go-live">
      <div className="row">
        <h3 className="grow">{t('providers.goLive')}</h3>
        <span className="quiet-text amount">{t('providers.goLiveDone', { done, all: items.length })}</span>
        <Button size="small" onPress={() => void copy()} testId="go-live-copy">
          <ClipboardCopy size={17} aria-hidden />
          {t('providers.copy')}
        </Button>
      </div>
      <ol className="go-live">
        {items.map((item) => (
          <li key={item.id} className={item.done ? 'done' : ''} data-testid={`go-live-${item.id}`} data-done={item.done ? 'yes' : 'no'}>
            {item.done ? <CircleCheck size={20} aria-label={t('providers.ticked')} /> : <Circle size={20} aria-label={t('providers.notTicked')} />}
            <span>
              {item.label[language]}
              <small>{item.done ? [dayTime(language, item.done.at, shop.timeZone), ...item.done.references].join(' · ') : item.help[language]}</small>
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** What an admin can have looked at beside the connection, and how far the shop is. */
export function Checks({ provider }: { readonly provider: ProviderView }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const { description, account } = provider;
  const [known, setKnown] = useState<Known>({ checks: [], items: [] });
  const [busy, setBusy] = useState<string | null>(null);
  const { kind } = description;
  const load = useCallback(async () => {
    const found = await call('provider.go-live', { kind });
    if (found.ok) setKnown(found.value);
  }, [kind]);
  useEffect(() => void load(), [load, account]);
  const checks = description.checks ?? [];
  if (checks.length === 0 && known.items.length === 0) return null;

  async function look(check: string): Promise<void> {
    setBusy(check);
    const found = await call('provider.check', { kind, check });
    setBusy(null);
    if (!found.ok) notify(failureText(t, language, found.error, shop.currency), { tone: 'bad' });
    await load();
  }

  return (
    <div className="provider-parts">
      <div className="stack" role="group" aria-label={t('providers.checks')}>
        <h3>{t('providers.checks')}</h3>
        {checks.map(({ id, label, help }) => {
          const found = known.checks.find((one) => one.check === id);
          return (
            <div className="provider-check" key={id}>
              <Button disabled={account === null || busy !== null} onPress={() => void look(id)} testId={`check-${id}`}>
                {busy === id ? t('providers.checking') : label[language]}
              </Button>
              <p className="quiet-text">{help[language]}</p>
              {found && busy !== id ? <Found provider={provider} found={found} /> : null}
            </div>
          );
        })}
        {(description.links ?? []).map((link) => (
          <p key={link.address} className="provider-link">
            {link.label[language]}
            <span className="amount">{link.address}</span>
          </p>
        ))}
      </div>
      {known.items.length > 0 ? <GoLive provider={provider} items={known.items} /> : null}
    </div>
  );
}
