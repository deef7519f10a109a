import { useMemo, type CSSProperties } from 'react';
import QRCode from 'qrcode';
import './qr.css';

/** The free border that readers need around a code, in its own squares. */
const quietSquares = 4;
/** Up to this size (version 16) the code repairs more of itself; beyond it, it would grow finer than a phone reads from afar. */
const sturdyBytes = 450;

/** Every dark square as a piece of one path: sharp at any size. */
function pathOf(size: number, isDark: (row: number, column: number) => boolean): string {
  let path = '';
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (!isDark(row, column)) continue;
      let end = column;
      while (end + 1 < size && isDark(row, end + 1)) end += 1;
      path += `M${column + quietSquares} ${row + quietSquares}h${end - column + 1}v1h-${end - column + 1}z`;
      column = end;
    }
  }
  return path;
}

/** A QR code of a text. It is black on white whatever the theme: some readers know nothing else. */
export function QrPicture({ text, label, testId }: { readonly text: string; readonly label: string; readonly testId?: string | undefined }) {
  const { size, path } = useMemo(() => {
    const data = new TextEncoder().encode(text);
    const { modules } = QRCode.create([{ data, mode: 'byte' }], { errorCorrectionLevel: data.length <= sturdyBytes ? 'M' : 'L' });
    return { size: modules.size + 2 * quietSquares, path: pathOf(modules.size, (row, column) => modules.get(row, column) === 1) };
  }, [text]);
  return (
    <svg className="qr-picture" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges" style={{ '--qr-squares': size } as CSSProperties} data-testid={testId}>
      <path d={`M0 0h${size}v${size}H0z`} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
