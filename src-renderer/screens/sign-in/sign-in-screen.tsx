import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { LockKeyhole } from 'lucide-react';
import type { StaffView } from '../../../src-main/contract/staff.ts';
import { useScanTarget } from '../../features/scanner/targets.ts';
import { play } from '../../features/sounds/index.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { useShop, useTill } from '../../features/till/store.ts';
import { failureText, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Pill } from '../../ui/pieces.tsx';

function usePeople(): readonly StaffView[] {
  const [people, setPeople] = useState<readonly StaffView[]>([]);
  const shop = useShop();
  useEffect(() => {
    void call('staff.list', {}).then((found) => {
      if (found.ok) setPeople(found.value);
    });
  }, [shop]);
  return people;
}

/** Digits belong to the PIN wherever the focus rests, unless a field or a dialog has it. */
function useDigitsFor(field: RefObject<HTMLInputElement | null>, onDigit: (digit: string) => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const { activeElement } = document;
      const held = activeElement instanceof HTMLInputElement || activeElement?.closest('[role="dialog"]') != null;
      if (event.defaultPrevented || held || !/^\d$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      onDigit(event.key);
      field.current?.focus();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [field, onDigit]);
}

/** Who stands here: a name and a PIN. Also opens a locked register. */
export function SignInScreen() {
  const { t, language } = useWords();
  const { shop, register, demoPins } = useShop();
  const session = useTill((state) => state.session);
  const people = usePeople();
  const [chosenId, setChosenId] = useState<string | null>(session?.staff?.id ?? null);
  const [pin, setPin] = useState('');
  const [error, setError] = useState<string | null>(null);
  const pinField = useRef<HTMLInputElement>(null);
  const addDigit = useCallback((digit: string) => setPin((now) => (now + digit).slice(0, 8)), []);
  useDigitsFor(pinField, addDigit);
  // Whoever says who they are types the PIN next.
  const choose = (id: string): void => {
    setChosenId(id);
    pinField.current?.focus();
  };
  const chosen = people.find((one) => one.id === chosenId) ?? people[0];
  // A badge says who stands here; whether that is enough is the shop's own rule.
  useScanTarget((code) => {
    void call('session.badge', { badge: code.slice(0, 100) }).then((known) => {
      setError(known.ok ? null : failureText(t, language, known.error, shop.currency));
      if (known.ok && known.value.session === null) choose(known.value.staffId);
      if (!known.ok) play('refused');
    });
  });
  useShortcuts(Object.fromEntries(people.slice(0, 9).map((one, index) => [`Alt+${index + 1}`, () => choose(one.id)])), 'screen');

  async function signIn(): Promise<void> {
    if (!chosen || pin.length < 4) return;
    const result = await call('session.sign-in', { staffId: chosen.id, pin });
    setPin('');
    setError(result.ok ? null : failureText(t, language, result.error, shop.currency));
  }

  return (
    <main className="centre">
      <form
        className="sign-in card stack"
        data-testid="sign-in"
        onSubmit={(event) => {
          event.preventDefault();
          void signIn();
        }}
      >
        <div className="dialog-head">
          <h1>{t(session?.locked ? 'signIn.locked' : 'signIn.title')}</h1>
          <Pill icon={<LockKeyhole size={15} aria-hidden />}>
            {`${shop.name} · ${register.name === '' ? t('session.register', { number: register.number }) : register.name}`}
          </Pill>
        </div>
        <div className="people" role="radiogroup" aria-label={t('signIn.who')}>
          {people.map((one, index) => {
            const demo = demoPins.find((known) => known.name === one.name);
            return (
              <button
                key={one.id}
                type="button"
                role="radio"
                aria-checked={one.id === chosen?.id}
                className="button person"
                data-chosen={one.id === chosen?.id ? '' : undefined}
                data-testid={`person-${index + 1}`}
                onClick={() => choose(one.id)}
              >
                {one.name}
                <small>{demo ? t('signIn.demoPin', { role: t(`role.${one.role}`), pin: demo.pin }) : t(`role.${one.role}`)}</small>
              </button>
            );
          })}
        </div>
        <TextField label={t('signIn.pin')} kind="pin" value={pin} onChange={setPin} error={error} maxLength={8} autoFocus inputRef={pinField} testId="pin" />
        <Button submit kind="primary" size="large" disabled={pin.length < 4} testId="sign-in-ok">
          {t(session?.locked ? 'signIn.unlock' : 'signIn.ok')}
        </Button>
      </form>
    </main>
  );
}
