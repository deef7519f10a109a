/** What receipts have room for, in dots of the printer; the till looks at it again. */
const most = { width: 360, height: 200 } as const;
const largestFile = 10_000_000;

export type Shades = { readonly widthDots: number; readonly heightDots: number; readonly grey: string };

/** A picture's file as shades of grey on white paper, as large as fits; null for what is no picture, or is too large a file. */
export async function readLogo(file: File): Promise<Shades | null> {
  if (file.size > largestFile) return null;
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture || picture.width === 0 || picture.height === 0) return null;
  // A small one is not blown up: it would be a heap of squares.
  const scale = Math.min(1, most.width / picture.width, most.height / picture.height);
  const [widthDots, heightDots] = [Math.max(8, Math.round(picture.width * scale)), Math.max(8, Math.round(picture.height * scale))];
  const drawn = new OffscreenCanvas(widthDots, heightDots).getContext('2d');
  if (!drawn) return null;
  drawn.fillStyle = '#fff';
  drawn.fillRect(0, 0, widthDots, heightDots);
  drawn.imageSmoothingQuality = 'high';
  drawn.drawImage(picture, 0, 0, widthDots, heightDots);
  const { data } = drawn.getImageData(0, 0, widthDots, heightDots);
  const grey = Array.from({ length: widthDots * heightDots }, (_, index) => {
    const [red = 0, green = 0, blue = 0] = data.subarray(index * 4, index * 4 + 3);
    return String.fromCharCode(Math.round(0.299 * red + 0.587 * green + 0.114 * blue));
  });
  return { widthDots, heightDots, grey: btoa(grey.join('')) };
}
