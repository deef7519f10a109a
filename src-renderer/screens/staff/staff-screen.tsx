import { useCallback, useEffect, useState } from 'react';
import { IdCard, UserPlus } from 'lucide-react';
import type { Role } from '../../../src-main/contract/rights.ts';
import type { PersonView } from '../../../src-main/contract/staff.ts';
import type { Language } from '../../../src-main/contract/basics.ts';
import { AskDialog } from '../../features/ask/ask-dialog.tsx';
import { notify } from '../../features/notices/store.ts';
import { useShortcuts } from '../../features/shortcuts/index.ts';
import { failureText, languages, useWords } from '../../features/words/index.ts';
import { call } from '../../transport/index.ts';
import { Button } from '../../ui/button.tsx';
import { Check, Select, TextField } from '../../ui/fields.tsx';
import { Pill } from '../../ui/pieces.tsx';

const roles: readonly Role[] = ['cashier', 'manager', 'admin'];

/** The person's badge: what is scanned in this dialog becomes it. */
function Badge({ has, scanned, onChange }: { readonly has: boolean; readonly scanned: string | null | undefined; readonly onChange: (badge: string | null | undefined) => void }) {
  const { t } = useWords();
  const will = scanned === undefined ? has : scanned !== null;
  const state = typeof scanned === 'string' ? 'scanned' : will ? 'has' : 'none';
  return (
    <div className="row">
      <IdCard size={22} aria-hidden />
      <p className="grow" data-testid="staff-badge" data-state={state}>{t(`staff.badge.${state}`)}</p>
      {will ? <Button size="small" onPress={() => onChange(has ? null : undefined)} testId="staff-badge-remove">{t('staff.badge.remove')}</Button> : null}
    </div>
  );
}

/** Whether a badge is enough. */
function BadgeSettings() {
  const { t, language } = useWords();
  const [alone, setAlone] = useState<boolean | null>(null);
  useEffect(() => {
    void call('staff.badge-settings', {}).then((found) => {
      if (found.ok) setAlone(found.value.alone);
    });
  }, []);
  const save = async (wanted: boolean): Promise<void> => {
    const saved = await call('staff.save-badge-settings', { alone: wanted });
    if (saved.ok) setAlone(saved.value.alone);
    notify(saved.ok ? t('common.saved') : failureText(t, language, saved.error, 'EUR'), saved.ok ? {} : { tone: 'bad' });
  };
  return (
    <div className="card room-card stack">
      <h2>{t('staff.badges')}</h2>
      <p className="quiet-text">{t('staff.badgesText')}</p>
      {alone === null ? null : <Check label={t('staff.badgeAlone')} checked={alone} onChange={(wanted) => void save(wanted)} />}
    </div>
  );
}

function PersonDialog({ person, onClose }: { readonly person: PersonView | null; readonly onClose: () => void }) {
  const { t, language } = useWords();
  const [name, setName] = useState(person?.name ?? '');
  const [role, setRole] = useState<Role>(person?.role ?? 'cashier');
  const [own, setOwn] = useState<Language | 'shop'>(person?.language ?? 'shop');
  const [active, setActive] = useState(person?.active ?? true);
  const [pin, setPin] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [badge, setBadge] = useState<string | null | undefined>(undefined);
  const pinGood = /^\d{4,8}$/.test(pin) || (person !== null && pin === '');

  async function save(): Promise<boolean> {
    const saved = await call('staff.save', {
      ...(person ? { id: person.id } : {}),
      name,
      role,
      language: own === 'shop' ? null : own,
      active,
      ...(pin === '' ? {} : { pin }),
      ...(badge === undefined ? {} : { badge }),
    });
    if (!saved.ok) setError(failureText(t, language, saved.error, 'EUR'));
    return saved.ok;
  }

  return (
    <AskDialog title={person ? person.name : t('staff.new')} ok={t('common.save')} ready={name.trim() !== '' && pinGood} onClose={onClose} onOk={save} onScan={setBadge}>
      <TextField label={t('staff.name')} value={name} onChange={setName} maxLength={60} autoFocus error={error} testId="staff-name" />
      <div className="room-grid">
        <Select label={t('staff.role')} value={role} choices={roles.map((value) => ({ value, label: t(`role.${value}`) }))} onChange={setRole} />
        <Select
          label={t('session.language')}
          value={own}
          choices={[{ value: 'shop' as const, label: t('staff.shopLanguage') }, ...languages.map(({ id, name: label }) => ({ value: id, label }))]}
          onChange={setOwn}
        />
      </div>
      <p className="quiet-text">{t(`role.about.${role}`)}</p>
      <TextField label={t(person ? 'staff.newPin' : 'signIn.pin')} kind="pin" value={pin} onChange={setPin} maxLength={8} hint={t('staff.pinHint')} testId="staff-pin" />
      <Badge has={person?.badge ?? false} scanned={badge} onChange={setBadge} />
      <Check label={t('staff.active')} checked={active} onChange={setActive} />
    </AskDialog>
  );
}

/** The people of the shop: names, roles, PINs. */
export function StaffScreen() {
  const { t } = useWords();
  const [people, setPeople] = useState<readonly PersonView[]>([]);
  const [edited, setEdited] = useState<PersonView | 'new' | null>(null);
  const load = useCallback(async () => {
    const found = await call('staff.all', {});
    if (found.ok) setPeople(found.value);
  }, []);
  useEffect(() => void load(), [load]);
  useShortcuts({ F4: () => setEdited('new'), Escape: () => { location.hash = '#/sale'; } }, 'screen');
  return (
    <main className="room">
      <div className="room-head">
        <h1>{t('screens.staff')}</h1>
        <Button kind="primary" hotkey="F4" onPress={() => setEdited('new')}>
          <UserPlus size={20} aria-hidden />
          {t('staff.new')}
        </Button>
      </div>
      <div className="card room-card">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('staff.name')}</th>
              <th scope="col">{t('staff.role')}</th>
              <th scope="col">{t('session.language')}</th>
              <th scope="col">{t('staff.state')}</th>
              <th scope="col"><span className="visually-hidden">{t('common.edit')}</span></th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr key={person.id}>
                <td>{person.name}</td>
                <td>{t(`role.${person.role}`)}</td>
                <td>{languages.find((one) => one.id === person.language)?.name ?? t('staff.shopLanguage')}</td>
                <td>
                  <Pill tone={person.active ? 'good' : 'plain'}>{t(person.active ? 'staff.works' : 'staff.left')}</Pill>
                </td>
                <td className="number">
                  <Button size="small" onPress={() => setEdited(person)} label={t('article.edit', { name: person.name })}>
                    {t('common.edit')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <BadgeSettings />
      {edited ? (
        <PersonDialog
          person={edited === 'new' ? null : edited}
          onClose={() => {
            setEdited(null);
            void load();
          }}
        />
      ) : null}
    </main>
  );
}
