import { useEffect, useState } from 'react';
import { Plus, Trash2 } from 'lucide-react';
import type { MeasurePattern } from '../../../src-main/contract/articles.ts';
import type { CallOutput } from '../../../src-main/contract/index.ts';
import { money, quantity } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShop } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { Pill } from '../../ui/pieces.tsx';
import './measure-patterns.css';

type Settings = CallOutput<'article.measure-patterns'>;
type Tried = { readonly text: string; readonly good: boolean };

const blank: MeasurePattern = { signs: '', decimals: 2 };
const decimals = ['0', '1', '2', '3'] as const;

/** A scanned or typed label as the patterns on the screen read it, saved or not. */
function TryLabel({ patterns }: { readonly patterns: readonly MeasurePattern[] }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [code, setCode] = useState('');
  const [tried, setTried] = useState<Tried | null>(null);
  async function tryIt(text: string): Promise<void> {
    setCode(text);
    const read = await call('article.try-label', { code: text, patterns: [...patterns] });
    if (!read.ok) return setTried({ text: failureText(t, language, read.error, shop.currency), good: false });
    const { measured, item, name, priceMinor, weightMilli } = read.value;
    if (!measured) return setTried({ text: t('measures.notMeasured'), good: false });
    const weight = weightMilli === null ? t('measures.noValue') : `${quantity(language, weightMilli)} kg`;
    const value = priceMinor === null ? weight : money(language, priceMinor, shop.currency);
    setTried({ text: t('measures.read', { item, name: name ?? t('measures.noArticle'), value }), good: name !== null });
  }
  useScanTarget((scanned) => void tryIt(scanned));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() !== '') void tryIt(code.trim());
      }}
    >
      <TextField label={t('measures.try')} value={code} onChange={setCode} maxLength={100} testId="measures-try" />
      {tried ? <p className={tried.good ? 'quiet-text' : 'error'} role="status" data-testid="measures-read">{tried.text}</p> : null}
    </form>
  );
}

function Loaded({ settings, onSaved }: { readonly settings: Settings; readonly onSaved: (saved: Settings) => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [patterns, setPatterns] = useState(settings.patterns);
  const change = (index: number, fields: Partial<MeasurePattern>): void => setPatterns((now) => now.map((one, at) => (at === index ? { ...one, ...fields } : one)));
  const save = async (wanted: readonly MeasurePattern[]): Promise<void> => {
    const saved = await call('article.save-measure-patterns', { patterns: [...wanted] });
    if (!saved.ok) return notify(failureText(t, language, saved.error, shop.currency), { tone: 'bad' });
    notify(t('common.saved'));
    onSaved(saved.value);
  };
  return (
    <>
      <div className="row">
        <h2 className="grow">{t('measures.title')}</h2>
        <Pill>{t(settings.own ? 'measures.own' : 'measures.usual')}</Pill>
        <Button onPress={() => void save(patterns)} testId="measures-save">{t('common.save')}</Button>
      </div>
      <p className="quiet-text">{t('measures.text')}</p>
      <ul className="measure-patterns">
        {patterns.map((pattern, index) => (
          <li key={index} className="row">
            <TextField label={t('measures.pattern', { row: index + 1 })} value={pattern.signs} onChange={(signs) => change(index, { signs: signs.toUpperCase() })} maxLength={13} testId={`measure-${index + 1}`} />
            <Select label={t('measures.decimals')} value={decimals[pattern.decimals] ?? '0'} choices={decimals.map((value) => ({ value, label: value }))} onChange={(value) => change(index, { decimals: Number(value) })} />
            <Button label={t('measures.remove', { row: index + 1 })} onPress={() => setPatterns((now) => now.filter((_, at) => at !== index))}>
              <Trash2 size={20} aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      <div className="row">
        <Button onPress={() => setPatterns((now) => [...now, blank])} testId="measure-add">
          <Plus size={20} aria-hidden />
          {t('measures.add')}
        </Button>
        {settings.own ? <Button onPress={() => void save([])} testId="measures-usual">{t('measures.backToUsual')}</Button> : null}
      </div>
      <TryLabel patterns={patterns} />
    </>
  );
}

/** How the shop's own scale writes price and weight into its labels. */
export function MeasurePatterns() {
  const [settings, setSettings] = useState<Settings | null>(null);
  useEffect(() => {
    void call('article.measure-patterns', {}).then((found) => {
      if (found.ok) setSettings(found.value);
    });
  }, []);
  return (
    <div className="card room-card stack" data-testid="measures">
      {settings ? <Loaded key={JSON.stringify(settings)} settings={settings} onSaved={setSettings} /> : null}
    </div>
  );
}
