import { useCallback, useEffect, useState } from 'react';
import { ArrowDownToLine, ArrowUpFromLine, Banknote, Calculator, CircleAlert, CircleCheck, Plus, Printer, Vault, type LucideIcon } from 'lucide-react';
import type { Failure, Result } from '../../../src-main/contract/errors.ts';
import type { MovementKind, MovementView, ShiftsView, ShiftView } from '../../../src-main/contract/shifts.ts';
import { CashCount, useCashCount } from '../../features/cash-count/cash-count.tsx';
import { dayTime, money } from '../../features/format/index.ts';
import { notify } from '../../features/notices/store.ts';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop, useTill } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call, subscribe } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Check, TextField } from '../../ui/fields.tsx';
import { Panel, Pill } from '../../ui/pieces.tsx';
import { CloseDialog, CountDialog, HandOverDialog, MoveDialog } from './shift-dialogs.tsx';
import { drawerName } from './names.ts';
import './shift.css';

const icons: Readonly<Record<MovementKind, LucideIcon>> = { float: Banknote, 'pay-in': ArrowDownToLine, 'pay-out': ArrowUpFromLine, 'safe-drop': Vault };

/** What the main side knows of the drawers; asked again when it says that something changed. */
function useShifts() {
  const [view, setView] = useState<ShiftsView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = useCallback(async (): Promise<void> => {
    const found = await call('shift.current', {});
    if (found.ok) setView(found.value);
    setFailure(found.ok ? null : found.error);
  }, []);
  useEffect(() => {
    void load();
    return subscribe('shift.changed', () => void load());
  }, [load]);
  return { view, failure };
}

/** Says a failure aloud, and whether there was none. */
function useTold(): (result: Result<unknown>) => boolean {
  const { t, language } = useWords();
  const { shop } = useShop();
  return (result) => {
    if (!result.ok) notify(failureText(t, language, result.error, shop.currency), { tone: 'bad' });
    return result.ok;
  };
}

/** A drawer that is to be opened: what it is called and what lies in it. */
function OpenDrawer({ view, first, onDone }: { readonly view: ShiftsView; readonly first: boolean; readonly onDone: () => void }) {
  const { t, language } = useWords();
  const told = useTold();
  const taken = view.open.map((shift) => shift.drawer);
  const free = view.drawers.find((drawer) => !taken.includes(drawer.name));
  const [name, setName] = useState(free?.name ?? '');
  const count = useCashCount(free?.leftMinor ?? null);
  const known = view.drawers.filter((drawer) => !taken.includes(drawer.name));
  // A shop that takes no cash opens an empty drawer by one tap.
  const counted = count.untouched ? ({ by: 'sum', amountMinor: 0 } as const) : count.counted;
  const open = async (): Promise<void> => {
    if (counted && told(await call('shift.open', { drawer: name, counted }))) onDone();
  };
  return (
    <form
      className="card room-card stack"
      data-testid="shift-opening"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <div>
        <h2>{t(first ? 'shift.openTitle' : 'shift.openAnother')}</h2>
        <p className="quiet-text">{t('shift.openText')}</p>
      </div>
      {first && known.length < 2 ? null : <TextField label={t('shift.drawerName')} hint={t('shift.drawerHint')} value={name} onChange={setName} maxLength={40} testId="shift-drawer" />}
      <CashCount state={count} />
      <div className="row">
        <Button kind="primary" size="large" submit disabled={counted === null} testId="shift-open">
          <Banknote size={22} aria-hidden />
          {t('shift.open', { amount: money(language, count.totalMinor, view.currency) })}
        </Button>
        {first ? null : (
          <Button size="large" onPress={onDone}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}

function Movement({ movement, view }: { readonly movement: MovementView; readonly view: ShiftsView }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const told = useTold();
  const Icon = icons[movement.kind];
  const print = async (): Promise<void> => {
    const printed = await call('shift.print', { of: 'movement', id: movement.movementId });
    if (told(printed)) notify(t('shift.printed', { number: movement.number }));
  };
  return (
    <li className="movement" data-testid={`movement-${movement.number}`}>
      <Icon size={20} aria-hidden />
      <span className="movement-main">
        <span>{movement.reason === '' ? t(`shift.kind.${movement.kind}`) : `${t(`shift.kind.${movement.kind}`)} – ${movement.reason}`}</span>
        <span className="line-under">{[dayTime(language, movement.at, shop.timeZone), movement.staffName].filter((part) => part !== '').join(' · ')}</span>
      </span>
      <span className="amount">{money(language, movement.amountMinor, view.currency)}</span>
      <Button size="small" kind="quiet" label={t(movement.printed ? 'shift.printCopy' : 'shift.print')} onPress={() => void print()} testId={`movement-print-${movement.number}`}>
        <Printer size={20} aria-hidden />
      </Button>
    </li>
  );
}

type Asked = { readonly kind: 'move'; readonly of: 'pay-in' | 'pay-out' | 'safe-drop' } | { readonly kind: 'count' | 'close' | 'hand-over' };

/** The count that was confirmed, and what can be done with it. */
function Counted({ shift, view, onAsk }: { readonly shift: ShiftView; readonly view: ShiftsView; readonly onAsk: (asked: Asked) => void }) {
  const { t, language } = useWords();
  const { count } = shift;
  if (!count) return null;
  const exact = count.differenceMinor === 0;
  const amountOf = (minor: number): string => money(language, minor, view.currency);
  return (
    <Panel tone={exact ? 'good' : 'amber'} icon={exact ? <CircleCheck size={32} aria-hidden /> : <CircleAlert size={32} aria-hidden />} title={exact ? t('shift.exact') : t(count.differenceMinor < 0 ? 'shift.tooLittle' : 'shift.tooMuch', { amount: amountOf(Math.abs(count.differenceMinor)) })} testId="count-result" state={String(count.differenceMinor)}>
      <p>{t('shift.countedOf', { counted: amountOf(count.countedMinor), expected: amountOf(count.expectedMinor) })}</p>
      <div className="row">
        <Button kind="primary" onPress={() => onAsk({ kind: 'close' })} testId="shift-close">
          {t('shift.close')}
        </Button>
        <Button onPress={() => onAsk({ kind: 'hand-over' })} testId="shift-hand-over">
          {t('shift.handOver')}
        </Button>
        <Button onPress={() => onAsk({ kind: 'count' })} testId="shift-count-again">
          {t('shift.countAgain')}
        </Button>
      </div>
    </Panel>
  );
}

/** One open drawer: who has it, what went in and out, and what can be done with it. */
function OpenShift({ shift, view }: { readonly shift: ShiftView; readonly view: ShiftsView }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const told = useTold();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = (): void => setAsked(null);
  return (
    <section className="card room-card stack" data-testid={`shift-${shift.number}`}>
      <div className="shift-head">
        <div>
          <h2>{drawerName(shift.drawer, t)}</h2>
          <p className="quiet-text">{[t('shift.since', { number: shift.number, time: dayTime(language, shift.openedAt, shop.timeZone) }), shift.staffName].filter((part) => part !== '').join(' · ')}</p>
        </div>
        {shift.inUse ? (
          <Pill tone="good" icon={<CircleCheck size={15} aria-hidden />}>
            {t('shift.inUse')}
          </Pill>
        ) : (
          <Button size="small" onPress={() => void call('shift.use', { shiftId: shift.shiftId }).then(told)} testId={`shift-use-${shift.number}`}>
            {t('shift.use')}
          </Button>
        )}
      </div>
      <div className="shift-actions">
        <Button onPress={() => setAsked({ kind: 'move', of: 'pay-in' })} testId="shift-pay-in">
          <ArrowDownToLine size={20} aria-hidden />
          {t('shift.kind.pay-in')}
        </Button>
        <Button onPress={() => setAsked({ kind: 'move', of: 'pay-out' })} testId="shift-pay-out">
          <ArrowUpFromLine size={20} aria-hidden />
          {t('shift.kind.pay-out')}
        </Button>
        <Button onPress={() => setAsked({ kind: 'move', of: 'safe-drop' })} testId="shift-safe-drop">
          <Vault size={20} aria-hidden />
          {t('shift.kind.safe-drop')}
        </Button>
        <Button kind={shift.count ? 'plain' : 'primary'} onPress={() => setAsked({ kind: 'count' })} testId="shift-count">
          <Calculator size={20} aria-hidden />
          {t('shift.count')}
        </Button>
      </div>
      <Counted shift={shift} view={view} onAsk={setAsked} />
      <ul className="movements" aria-label={t('shift.movements')}>
        {shift.movements.map((movement) => (
          <Movement key={movement.movementId} movement={movement} view={view} />
        ))}
      </ul>
      {asked?.kind === 'move' ? <MoveDialog shift={shift} kind={asked.of} onClose={close} /> : null}
      {asked?.kind === 'count' ? <CountDialog shift={shift} onClose={close} /> : null}
      {asked?.kind === 'close' ? <CloseDialog shift={shift} onClose={close} /> : null}
      {asked?.kind === 'hand-over' ? <HandOverDialog shift={shift} onClose={close} /> : null}
    </section>
  );
}

/** Shifts that have ended, with what was found. */
function Closed({ view }: { readonly view: ShiftsView }) {
  const { t, language } = useWords();
  const { shop } = useShop();
  const told = useTold();
  if (view.closed.length === 0) return null;
  return (
    <section className="card room-card stack">
      <h2>{t('shift.closedTitle')}</h2>
      <ul className="movements">
        {view.closed.map(({ shiftId, number, drawer, closing }) =>
          closing ? (
            <li key={shiftId} className="movement" data-testid={`closed-${number}`}>
              <Calculator size={20} aria-hidden />
              <span className="movement-main">
                <span>{`${number} · ${drawerName(drawer, t)}`}</span>
                <span className="line-under">{[dayTime(language, closing.at, shop.timeZone), closing.staffName, closing.explanation].filter((part) => part !== '').join(' · ')}</span>
              </span>
              <Pill tone={closing.differenceMinor === 0 ? 'good' : 'amber'}>{closing.differenceMinor === 0 ? t('shift.exact') : money(language, closing.differenceMinor, view.currency)}</Pill>
              <span className="amount">{money(language, closing.countedMinor, view.currency)}</span>
              <Button size="small" kind="quiet" label={t('shift.print')} onPress={() => void call('shift.print', { of: 'shift', id: shiftId }).then(told)} testId={`closed-print-${number}`}>
                <Printer size={20} aria-hidden />
              </Button>
            </li>
          ) : null,
        )}
      </ul>
    </section>
  );
}

/** The drawers of this register, from float to count. */
export function ShiftScreen() {
  const { t, language } = useWords();
  const { shop } = useShop();
  const { view, failure } = useShifts();
  const told = useTold();
  const rights = useTill((state) => state.session?.rights ?? []);
  const [another, setAnother] = useState(false);
  useScanTarget(null);
  useShortcuts({ Escape: () => { location.hash = '#/sale'; } }, 'screen');
  return (
    <main className="room">
      <div className="room-head">
        <h1>{t('screens.shift')}</h1>
        <div className="row">
          {view && view.open.length > 0 && !another ? (
            <Button onPress={() => setAnother(true)} testId="shift-another">
              <Plus size={20} aria-hidden />
              {t('shift.openAnother')}
            </Button>
          ) : null}
          <Button hotkey="Esc" onPress={() => { location.hash = '#/sale'; }} testId="back">
            {t('common.backToSale')}
          </Button>
        </div>
      </div>
      {failure ? <Panel tone="bad" icon={<CircleAlert size={32} aria-hidden />} title={failureText(t, language, failure, shop.currency)} /> : null}
      {view ? (
        <div className={view.closed.length > 0 || rights.includes('shop-edit') ? 'shift-columns' : 'shift-columns alone'}>
          <div>
            {view.open.length === 0 || another ? <OpenDrawer view={view} first={view.open.length === 0} onDone={() => setAnother(false)} /> : null}
            {view.open.map((shift) => (
              <OpenShift key={shift.shiftId} shift={shift} view={view} />
            ))}
          </div>
          <div>
            <Closed view={view} />
            {rights.includes('shop-edit') ? (
              <section className="card room-card">
                <Check label={t('shift.required')} checked={view.required} onChange={(required) => void call('shift.set-required', { required }).then(told)} />
              </section>
            ) : null}
          </div>
        </div>
      ) : null}
    </main>
  );
}
