import { useState } from 'react';
import { LoaderCircle, Unplug } from 'lucide-react';
import { ApprovalDialog } from '../features/approval/approval-dialog.tsx';
import { Notices } from '../features/notices/notices.tsx';
import { useShortcuts } from '../features/shortcuts/index.ts';
import { useTill } from '../features/till/store.ts';
import { useWords } from '../features/words/index.ts';
import { DevPanel } from '../dev-panel/dev-panel.tsx';
import { useDeviceNews } from '../screens/customer-screens/news.ts';
import { useAsideNews } from '../screens/sale/aside.tsx';
import { SetupScreen } from '../screens/setup/setup-screen.tsx';
import { SignInScreen } from '../screens/sign-in/sign-in-screen.tsx';
import { RestoredScreen, useRestored } from '../screens/trouble/restored.tsx';
import { TroubleScreen } from '../screens/trouble/trouble-screen.tsx';
import { useLateMoneyNews } from '../screens/tasks/news.ts';
import { Empty } from '../ui/pieces.tsx';
import { DemoBanner } from './demo-banner.tsx';
import { MenuDialog } from './menu-dialog.tsx';
import { useScreen } from './router.ts';
import { TopBar } from './top-bar.tsx';
import { ScreenBoundary } from './screen-boundary.tsx';
import { TrainingBanner } from './training-banner.tsx';
import './shell.css';

/** The whole window: what is drawn depends on the shop, on who stands here, and on the connection. */
export function Shell() {
  const { t } = useWords();
  const hello = useTill((state) => state.hello);
  const connection = useTill((state) => state.connection);
  const failed = useTill((state) => state.failed);
  const trouble = useTill((state) => state.trouble);
  const restored = useRestored((state) => state.news);
  if (trouble && connection !== 'lost') return <TroubleScreen trouble={trouble} />;
  if (restored && connection !== 'lost') return <RestoredScreen news={restored} />;
  if (!hello) {
    return (
      <Empty icon={failed ? <Unplug size={44} /> : <LoaderCircle size={44} />} title={t(failed ? 'app.failed' : 'app.loading')}>
        {failed ? <p>{t('app.failedHint')}</p> : null}
      </Empty>
    );
  }
  return (
    <>
      {hello.mode === 'setup' ? <SetupScreen /> : <Counter />}
      <Notices />
      <ApprovalDialog />
      {connection === 'lost' ? (
        <div className="veil" role="alert">
          <Empty icon={<Unplug size={44} />} title={t('app.lost')}>
            <p>{t('app.lostHint')}</p>
          </Empty>
        </div>
      ) : null}
    </>
  );
}

function Counter() {
  const session = useTill((state) => state.session);
  const [devices, setDevices] = useState(false);
  const openDevices = (): void => setDevices((open) => !open);
  const inside = session?.staff && !session.locked;
  return (
    <div className="shell">
      <TrainingBanner />
      <DemoBanner onDevices={openDevices} />
      {inside ? <Inside onDevices={openDevices} /> : <SignInScreen />}
      {devices ? <DevPanel onClose={() => setDevices(false)} /> : null}
    </div>
  );
}

function Inside({ onDevices }: { readonly onDevices: () => void }) {
  const [menu, setMenu] = useState(false);
  useAsideNews();
  useLateMoneyNews();
  useDeviceNews();
  const rights = useTill((state) => state.session?.rights ?? []);
  const screen = useScreen();
  const View = screen.right === null || rights.includes(screen.right) ? screen.view : NotAllowed;
  return (
    <>
      <TopBar onMenu={() => setMenu(true)} />
      <div className="screen-slot">
        <ScreenKeys onMenu={() => setMenu(true)} onDevices={onDevices} />
        <ScreenBoundary key={screen.id}>
          <View />
        </ScreenBoundary>
      </div>
      {menu ? <MenuDialog onClose={() => setMenu(false)} /> : null}
    </>
  );
}

/** Keys of every screen; they lie under the screen's own. */
function ScreenKeys({ onMenu, onDevices }: { readonly onMenu: () => void; readonly onDevices: () => void }) {
  useShortcuts({ F1: onMenu, F12: onDevices }, 'screen');
  return null;
}

function NotAllowed() {
  const { t } = useWords();
  return (
    <main className="room">
      <Empty icon={<Unplug size={44} />} title={t('app.notAllowed')}>
        <p>{t('app.notAllowedHint')}</p>
      </Empty>
    </main>
  );
}
