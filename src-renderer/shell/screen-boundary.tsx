import { Component, type ReactNode } from 'react';
import { CircleAlert } from 'lucide-react';
import { useWords } from '../features/words/index.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/pieces.tsx';

/**
 * A screen that can't be drawn is said, and the bar above it stays: a white window would leave a cashier with a queue. What was rung up and
 * paid is in the database, not here.
 */
export class ScreenBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <ScreenFailed onAgain={() => this.setState({ failed: false })} /> : this.props.children;
  }
}

function ScreenFailed({ onAgain }: { readonly onAgain: () => void }) {
  const { t } = useWords();
  return (
    <main className="room" data-testid="screen-failed">
      <Empty icon={<CircleAlert size={44} />} title={t('app.screenFailed')}>
        <p>{t('app.screenFailedHint')}</p>
        <Button kind="primary" size="large" onPress={onAgain} testId="screen-again">{t('app.screenAgain')}</Button>
      </Empty>
    </main>
  );
}
