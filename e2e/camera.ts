import type { Browser, Locator } from '@playwright/test';
import jsQR from 'jsqr';

/** What a phone's camera reads from the picture as it stands on the screen. */
export async function readFromScreen(browser: Browser, picture: Locator): Promise<string> {
  const png = await picture.screenshot();
  const page = await browser.newPage();
  const { width, height, dark } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.codePointAt(0) ?? 0);
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const drawing = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (!drawing) throw new Error('there is nothing to draw on');
    drawing.drawImage(bitmap, 0, 0);
    const { data } = drawing.getImageData(0, 0, bitmap.width, bitmap.height);
    // One sign for each pixel: a hundred times less to carry over than four numbers.
    return { width: bitmap.width, height: bitmap.height, dark: Array.from({ length: data.length / 4 }, (_, at) => ((data[at * 4] ?? 255) < 128 ? '1' : '0')).join('') };
  }, png.toString('base64'));
  await page.close();
  const pixels = new Uint8ClampedArray([...dark].flatMap((sign) => (sign === '1' ? [0, 0, 0, 255] : [255, 255, 255, 255])));
  const read = jsQR(pixels, width, height);
  return Buffer.from(read?.binaryData ?? []).toString('utf8');
}
