import { Banknote, Boxes, Cable, FileChartColumn, FileUp, GraduationCap, HandCoins, Lock, LogOut, Mail, MonitorSmartphone, Printer, ReceiptText, Settings, ShoppingBasket, Store, Undo2, Users, Wallet, type LucideIcon } from 'lucide-react';
import { useScanTarget } from '../features/scanner/targets.ts';
import { useShortcuts } from '../features/shortcuts/index.ts';
import { callApproved } from '../features/approval/store.ts';
import { notify } from '../features/notices/store.ts';
import { useShop, useTill } from '../features/till/store.ts';
import { failureText, languages, useWords } from '../features/words/index.ts';
import { call } from '../transport/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Select } from '../ui/fields.tsx';
import { screens } from './router.ts';

const icons: Readonly<Record<string, LucideIcon>> = {
  sale: ShoppingBasket,
  receipts: ReceiptText,
  returns: Undo2,
  tasks: HandCoins,
  shift: Banknote,
  reports: FileChartColumn,
  articles: Boxes,
  import: FileUp,
  staff: Users,
  shop: Store,
  providers: Wallet,
  mail: Mail,
  printer: Printer,
  devices: Cable,
  'customer-screens': MonitorSmartphone,
  settings: Settings,
};

/** The digit that chooses an entry: 1 to 9, then 0; more than ten are chosen by hand. */
const digit = (index: number): string | undefined => (index < 10 ? String((index + 1) % 10) : undefined);

/** Where else there is to go, and the ways to leave. Digits choose. */
export function MenuDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, language } = useWords();
  const rights = useTill((state) => state.session?.rights ?? []);
  const tasks = useTill((state) => state.status?.tasks ?? 0);
  const shown = screens.filter((screen) => screen.right === null || rights.includes(screen.right));
  const go = (path: string): void => {
    location.hash = path;
    onClose();
  };
  const leave = (name: 'session.lock' | 'session.sign-out'): void => {
    onClose();
    void call(name, {});
  };
  const training = useTill((state) => (state.hello?.training ?? null) !== null);
  const { shop } = useShop();
  const train = (): void => {
    onClose();
    if (training) void call('training.end', {});
    else {
      void callApproved('training.start', {}).then((started) => {
        if (!started.ok) notify(failureText(t, language, started.error, shop.currency), { tone: 'bad' });
      });
    }
  };
  useScanTarget(null);
  useShortcuts({
    ...Object.fromEntries(shown.flatMap((screen, index) => (digit(index) === undefined ? [] : [[digit(index), () => go(screen.path)]]))),
    T: train,
    L: () => leave('session.lock'),
    Q: () => leave('session.sign-out'),
  });
  return (
    <Dialog title={t('menu.title')} onClose={onClose} wide>
      <nav className="menu-grid" aria-label={t('menu.title')}>
        {shown.map((screen, index) => {
          const Icon = icons[screen.id] ?? ShoppingBasket;
          return (
            <Button key={screen.id} hotkey={digit(index)} autoFocus={index === 0} onPress={() => go(screen.path)} testId={`go-${screen.id}`}>
              <Icon size={20} aria-hidden />
              {t(`screens.${screen.id}`)}
              {screen.id === 'tasks' && tasks > 0 ? <span className="badge" data-testid="tasks-count">{tasks}</span> : null}
            </Button>
          );
        })}
        <Button hotkey="T" onPress={train} testId="training">
          <GraduationCap size={20} aria-hidden />
          {t(training ? 'training.end' : 'training.start')}
        </Button>
        <Button hotkey="L" onPress={() => leave('session.lock')} testId="lock">
          <Lock size={20} aria-hidden />
          {t('session.lock')}
        </Button>
        <Button hotkey="Q" onPress={() => leave('session.sign-out')} testId="sign-out">
          <LogOut size={20} aria-hidden />
          {t('session.signOut')}
        </Button>
      </nav>
      <Select
        label={t('session.language')}
        value={language}
        choices={languages.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(chosen) => void call('session.set-language', { language: chosen })}
        testId="language"
      />
      <DialogActions>
        <Button size="large" onPress={onClose}>
          {t('common.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
