import type { PrinterModel } from '../../core/printers/models.ts';
import { starLength } from '../../core/printers/status.ts';

/** One thing that a printer said. */
export type Frame =
  | { readonly kind: 'status'; readonly byte: number }
  | { readonly kind: 'report'; readonly bytes: Uint8Array }
  /** What was put behind a paper has had its turn; `mark` is empty where the command has none. */
  | { readonly kind: 'done'; readonly mark: string };

type Cut = { readonly frame: Frame | null; readonly length: number };

/** Answers of ESC/POS: real-time status (0xx1xx10), numbered answers (37 22 ... 00), paper sensor (0xx0xxxx). Others are left out. */
function escPosFrame(bytes: Uint8Array): Cut | null {
  const first = bytes[0] ?? 0;
  if (first === 0x37) return bytes.length < 7 ? null : { frame: { kind: 'done', mark: String.fromCharCode(...bytes.subarray(2, 6)) }, length: 7 };
  if ((first & 0x93) === 0x12) return { frame: { kind: 'status', byte: first }, length: 1 };
  return { frame: (first & 0x90) === 0 ? { kind: 'done', mark: '' } : null, length: 1 };
}

/** Star's automatic status; its first byte (0xx0xxx1) tells how long it is. */
function starFrame(bytes: Uint8Array): Cut | null {
  const first = bytes[0] ?? 0;
  if ((first & 0x91) !== 0x01) return { frame: null, length: 1 };
  const length = starLength(first);
  if (bytes.length < length) return null;
  return length < 8 ? { frame: null, length: 1 } : { frame: { kind: 'report', bytes: bytes.slice(0, length) }, length };
}

/** What has come in as frames, and what is no whole frame yet. */
export function framesOf({ language }: Pick<PrinterModel, 'language'>, bytes: Uint8Array): { readonly frames: readonly Frame[]; readonly rest: Uint8Array } {
  const frames: Frame[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const next = language === 'star-prnt' ? starFrame(rest) : escPosFrame(rest);
    if (!next) break;
    if (next.frame) frames.push(next.frame);
    rest = rest.subarray(next.length);
  }
  return { frames, rest };
}
