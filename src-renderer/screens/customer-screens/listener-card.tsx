import { useState } from 'react';
import { CircleAlert, PlugZap, Unplug } from 'lucide-react';
import type { LanSettings, LanView } from '../../../src-main/contract/lan.ts';
import { dayTime } from '../../features/format/index.ts';
import { useShop } from '../../features/till/store.ts';
import { useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';
import { Check, TextField } from '../../ui/fields.tsx';
import { Panel } from '../../ui/pieces.tsx';

function State({ view }: { readonly view: LanView }) {
  const { t } = useWords();
  const { state } = view;
  if (state.kind === 'failed') return <Panel tone="bad" icon={<CircleAlert size={32} aria-hidden />} title={t(`lan.problem.${state.problem}`)} testId="lan-state" state={state.problem} />;
  const on = state.kind === 'listening';
  return (
    <Panel tone={on ? 'good' : 'plain'} icon={on ? <PlugZap size={32} aria-hidden /> : <Unplug size={32} aria-hidden />} title={t(`lan.state.${state.kind}`)} testId="lan-state" state={state.kind}>
      {on && view.addresses.length === 0 ? <p>{t('lan.noAddress')}</p> : null}
    </Panel>
  );
}

/** Whether the listener is on, where it is reached, and who was not let in. */
export function ListenerCard({ view, busy, onSave, onPair }: { readonly view: LanView; readonly busy: boolean; readonly onSave: (settings: LanSettings) => void; readonly onPair: () => void }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const [on, setOn] = useState(view.settings.on);
  const [port, setPort] = useState(String(view.settings.port));
  const number = /^\d{1,5}$/.test(port.trim()) ? Number(port) : 0;
  const right = number >= 1 && number <= 65_535;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (right && !busy) onSave({ on, port: number });
      }}
    >
      <div className="room-head">
        <h1>{t('screens.customer-screens')}</h1>
        <div className="row">
          <Button disabled={view.state.kind !== 'listening'} onPress={onPair} testId="lan-pair">
            {t('lan.pair')}
          </Button>
          <Button kind="primary" submit disabled={!right || busy} testId="lan-save">
            {t('common.save')}
          </Button>
        </div>
      </div>
      <section className="card room-card stack" aria-label={t('lan.title')}>
        <h2>{t('lan.title')}</h2>
        <p className="quiet-text">{t('lan.text')}</p>
        <State view={view} />
        {view.refused ? (
          <Panel tone="amber" icon={<CircleAlert size={32} aria-hidden />} title={t('lan.notPaired')} testId="lan-refused" state={view.refused.reason}>
            <p>{`${dayTime(language, view.refused.at, shop.timeZone)}: ${t(`lan.refused.${view.refused.reason}`)}`}</p>
          </Panel>
        ) : null}
        <Check label={t('lan.on')} checked={on} onChange={setOn} />
        <div className="room-grid">
          <TextField label={t('printerPage.port')} hint={t('lan.portHint')} value={port} onChange={setPort} maxLength={5} numeric="numeric" error={right ? null : t('mail.portWrong')} testId="lan-port" />
          {view.addresses.length > 0 ? (
            <div className="field">
              <span className="label">{t('lan.addresses')}</span>
              <ul className="lan-addresses" data-testid="lan-addresses">
                {view.addresses.map((address) => (
                  <li key={address}>{address}</li>
                ))}
              </ul>
            </div>
          ) : null}
        </div>
      </section>
    </form>
  );
}
