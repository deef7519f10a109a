import { useEffect, useRef, type ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

/** A fresh dialog ignores taps this long: the finger was still on what stood there before. */
const calmMs = 400;

export type DialogProps = {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** What stands at the right of the title: a pill. */
  readonly aside?: ReactNode;
  readonly wide?: boolean | undefined;
  /** Whether Escape closes it. On unless told. */
  readonly dismissable?: boolean | undefined;
  readonly testId?: string | undefined;
  /** Names what the dialog shows now; when it changes, taps are ignored for a moment as if the dialog were new. */
  readonly stage?: string | undefined;
};

/** A dialog over the screen: holds the focus, closes by Escape, ignores the tap that opened it. */
export function Dialog(props: DialogProps) {
  const openedAt = useRef(0);
  useEffect(() => {
    openedAt.current = performance.now();
  }, [props.stage]);
  const calm = (event: { readonly timeStamp: number; preventDefault(): void; stopPropagation(): void }): void => {
    if (event.timeStamp - openedAt.current > calmMs) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      isKeyboardDismissDisabled={props.dismissable === false}
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      <Modal className={`modal${props.wide === true ? ' wide' : ''}`}>
        <div onPointerDownCapture={calm} onClickCapture={(event) => (event.detail > 0 ? calm(event) : undefined)}>
          <AriaDialog className="dialog" data-testid={props.testId}>
            <div className="dialog-head">
              <Heading slot="title">{props.title}</Heading>
              {props.aside}
            </div>
            {props.children}
          </AriaDialog>
        </div>
      </Modal>
    </ModalOverlay>
  );
}

/** The buttons of a dialog; they keep their places. */
export const DialogActions = ({ children }: { readonly children: ReactNode }) => (
  <div className="dialog-actions">{children}</div>
);
