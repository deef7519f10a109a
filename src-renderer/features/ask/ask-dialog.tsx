import { useState, type ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { useScanTarget } from '../scanner/targets.ts';
import { useShortcuts } from '../shortcuts/index.ts';
import { useWords } from '../words/index.ts';

export type AskDialogProps = {
  readonly title: string;
  readonly onClose: () => void;
  /** Does what was asked; the dialog closes when it answers true. */
  readonly onOk: () => Promise<boolean> | boolean;
  readonly ok: string;
  readonly okKind?: 'primary' | 'destroy' | undefined;
  readonly ready?: boolean | undefined;
  readonly aside?: ReactNode;
  /** Where the dialog waits for a code. */
  readonly onScan?: ((code: string, aim: string) => void) | undefined;
  readonly children: ReactNode;
  readonly testId?: string | undefined;
};

/** A dialog that asks for something and does it: Enter does, Escape leaves. It waits for no scan unless told. */
export function AskDialog({ title, onClose, onOk, ok, okKind = 'primary', ready = true, aside, onScan, children, testId }: AskDialogProps) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  useScanTarget(onScan ?? null);
  useShortcuts({});
  const act = async (): Promise<void> => {
    if (busy || !ready) return;
    setBusy(true);
    const done = await onOk();
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose} aside={aside} testId={testId}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void act();
        }}
      >
        {children}
        <DialogActions>
          <Button size="large" onPress={onClose} testId="dialog-cancel">
            {t('common.cancel')}
          </Button>
          <Button size="large" kind={okKind} submit disabled={!ready || busy} testId="dialog-ok">
            {ok}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
