import { useLayoutEffect, useRef, type ReactNode } from 'react';
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
  const surface = useRef<HTMLDivElement>(null);
  // Before the paint: what is seen is calm already. A finger that comes too early falls through to the dark around it.
  useLayoutEffect(() => {
    const { current: element } = surface;
    if (!element) return undefined;
    element.style.pointerEvents = 'none';
    const timer = setTimeout(() => {
      element.style.pointerEvents = '';
    }, calmMs);
    return () => clearTimeout(timer);
  }, [props.stage]);
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
        <div ref={surface}>
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
