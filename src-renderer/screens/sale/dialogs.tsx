import { useTill } from '../../features/till/store.ts';
import { DecideDialog } from './decide-dialog.tsx';
import { AskPriceDialog } from './ask-price.tsx';
import { DiscountDialog } from './discount-dialog.tsx';
import { GiveBackDialog } from './give-back-dialog.tsx';
import { MoreDialog } from './more-dialog.tsx';
import { OpenPriceDialog, QuestionDialog, UnknownCodeDialog } from './article-dialogs.tsx';
import { ParkDialog, ParkedDialog, VoidDialog } from './park-dialogs.tsx';
import { PaymentDialog } from './payment-dialog.tsx';
import { PriceDialog, QuantityDialog } from './line-dialogs.tsx';
import { DrawerDialog, NoteDialog, ReferenceDialog } from './text-dialogs.tsx';
import { useSaleUi } from './state.ts';

/** The one dialog that is open over the sale. */
export function SaleDialogs() {
  const dialog = useSaleUi((state) => state.dialog);
  const lines = useTill((state) => state.sale?.lines);
  if (!dialog) return null;
  const line = 'lineId' in dialog ? lines?.find((one) => one.id === dialog.lineId) : undefined;
  switch (dialog.kind) {
    case 'quantity':
      return line ? <QuantityDialog line={line} /> : null;
    case 'price':
      return line ? <PriceDialog line={line} /> : null;
    case 'discount':
      return line ? <DiscountDialog line={line} /> : null;
    case 'note':
      return line ? <NoteDialog line={line} /> : null;
    case 'receipt-discount':
      return <DiscountDialog line={null} />;
    case 'receipt-note':
      return <NoteDialog line={null} />;
    case 'reference':
      return <ReferenceDialog />;
    case 'ask-price':
      return <AskPriceDialog />;
    case 'drawer':
      return <DrawerDialog />;
    case 'park':
      return <ParkDialog />;
    case 'parked':
      return <ParkedDialog />;
    case 'void':
      return <VoidDialog />;
    case 'more':
      return <MoreDialog />;
    case 'open-price':
      return <OpenPriceDialog code={dialog.code} />;
    case 'unknown-code':
      return <UnknownCodeDialog code={dialog.code} />;
    case 'question':
      return <QuestionDialog question={dialog.question} />;
    case 'decide':
      return <DecideDialog attemptId={dialog.attemptId} />;
    case 'give-back':
      return <GiveBackDialog key={dialog.postId} postId={dialog.postId} />;
    case 'pay':
    case 'wait':
    case 'paid':
      return <PaymentDialog dialog={dialog} />;
    default:
      return unknownDialog(dialog);
  }
}

function unknownDialog(dialog: never): never {
  throw new Error(`unknown dialog ${JSON.stringify(dialog)}`);
}
