import type { Paper } from '../../contract/receipts.ts';
import type { Mail, OutgoingMail } from '../../core/ports/mail.ts';
import { paperHtml } from '../../core/receipts/html.ts';
import { paperText } from '../../core/receipts/text.ts';
import type { ShopContext } from '../context.ts';
import { storedGiving } from './settings.ts';

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** A mail's name in the world, the same for each try. */
export const messageIdOf = (mailId: string, senderAddress: string): string => `<${mailId}.kassa@${domainOf(senderAddress)}>`;

type Parts = Pick<Mail, 'messageId' | 'to' | 'subject' | 'text' | 'html' | 'attachments'>;

const from = (context: ShopContext): Mail['from'] => {
  const { senderName, senderAddress } = storedGiving(context);
  return { name: senderName === '' ? context.shop().name : senderName, address: senderAddress };
};

const addressed = (context: ShopContext, parts: Parts): Mail => ({ ...parts, from: from(context) });

/** How long a mail waits for its PDF; it goes without one then. */
const pdfWaitMs = 20_000;

async function pdfInTime({ pdf, clock }: ShopContext, html: string): Promise<Uint8Array | null> {
  let stopWaiting = (): void => undefined;
  const late = new Promise<null>((resolve) => {
    stopWaiting = clock.after(pdfWaitMs, () => resolve(null));
  });
  try {
    return await Promise.race([pdf.render(html).catch(() => null), late]);
  } finally {
    stopWaiting();
  }
}

/** A receipt as a mail: the same paper as text, as HTML, and as PDF where this machine can make one. */
export async function receiptLetter(context: ShopContext, mail: OutgoingMail, to: string, paper: Paper, fileName: string): Promise<Mail> {
  // A barcode is for a scanner at the counter; mail programs don't draw it.
  const body: Paper = { ...paper, blocks: paper.blocks.filter((block) => block.kind !== 'barcode') };
  const pdf = await pdfInTime(context, paperHtml(paper));
  return addressed(context, {
    messageId: messageIdOf(mail.id, from(context).address),
    to,
    subject: context.words.text(context.shop().language, 'mail.subject', { shop: context.shop().name, title: paper.title }),
    text: paperText(body),
    html: paperHtml(body),
    attachments: pdf ? [{ fileName, contentType: 'application/pdf', content: pdf }] : [],
  });
}

/** The mail by which an admin sees that the settings are right. */
export function testLetter(context: ShopContext, to: string): Mail {
  const say = (key: string): string => context.words.text(context.shop().language, key, { shop: context.shop().name });
  const paper: Paper = { title: say('mail.testSubject'), language: context.shop().language, blocks: [{ kind: 'text', text: say('mail.testText'), align: 'left', size: 'normal', bold: false }] };
  return addressed(context, { messageId: messageIdOf(context.ids.next(), from(context).address), to, subject: paper.title, text: paperText(paper), html: paperHtml(paper), attachments: [] });
}
