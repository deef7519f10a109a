import { CircleAlert, Inbox, Printer, TriangleAlert } from 'lucide-react';
import type { PrinterCondition } from '../../../src-main/contract/printers.ts';
import { useWords } from '../../features/words/index.ts';
import { Button } from '../../ui/button.tsx';
import { Panel, Pill } from '../../ui/pieces.tsx';

/** What the printer says of itself, and what to do about it. */
export function Condition({ condition, busy, onLook }: { readonly condition: PrinterCondition; readonly busy: boolean; readonly onLook: () => void }) {
  const { t } = useWords();
  const { state, problem, paperNearEnd, drawer } = condition;
  const failed = state === 'failed';
  return (
    <section className="card room-card stack" aria-label={t('printerPage.condition')}>
      <h2>{t('printerPage.condition')}</h2>
      <Panel
        tone={failed ? 'bad' : state === 'ready' ? 'good' : 'plain'}
        icon={failed ? <CircleAlert size={32} aria-hidden /> : <Printer size={32} aria-hidden />}
        title={problem ? t(`printer.${problem}`) : t(`printerPage.state.${state}`)}
        testId="printer-condition"
        state={problem ?? state}
      >
        {problem ? <p>{t(`printer.remedy.${problem}`)}</p> : null}
      </Panel>
      <div className="row">
        {paperNearEnd ? (
          <Pill tone="amber" icon={<TriangleAlert size={16} aria-hidden />}>
            {t('printerPage.nearEnd')}
          </Pill>
        ) : null}
        {drawer === 'unknown' ? null : (
          <Pill tone={drawer === 'open' ? 'amber' : 'plain'} icon={<Inbox size={16} aria-hidden />}>
            {t(`printerPage.drawer.${drawer}`)}
          </Pill>
        )}
        <Button size="small" disabled={busy} onPress={onLook} testId="printer-look">
          {t('printerPage.look')}
        </Button>
      </div>
    </section>
  );
}
