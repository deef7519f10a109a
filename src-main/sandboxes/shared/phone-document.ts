const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const style = `
:root { color-scheme: light dark; font: 17px/1.45 system-ui, sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#e9ece9, #0f1513) }
main { width: min(390px, 100vw); min-height: min(780px, 100vh); box-sizing: border-box; padding: 28px 22px; display: flex; flex-direction: column; gap: 16px; background: light-dark(#fff, #171f1c); border-radius: 28px }
h1 { font-size: 1.05rem; margin: 0 } p { margin: 0 }
.amount { font-size: 2.8rem; font-weight: 700; letter-spacing: -.02em }
button, input { font: inherit; min-height: 56px; border-radius: 14px; padding: 0 16px; border: 1px solid light-dark(#c9cfcb, #33403a); background: none; color: inherit; width: 100%; box-sizing: border-box }
button.go { background: #0b5d4b; color: #fff; border: 0; font-weight: 600 } button:disabled { opacity: .45 }
.state { border-radius: 14px; padding: 16px; background: light-dark(#eef2f0, #1f2925); font-weight: 600 }
.list { display: flex; flex-direction: column; gap: 10px } .list button { text-align: left; line-height: 1.3; padding: 10px 16px } .list button[aria-pressed=true] { border-color: #0b5d4b; border-width: 2px } .list small { display: block; opacity: .75 }
.stickers { width: auto; max-width: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 16px; padding: 20px; background: #fff; color: #000; border-radius: 0 }
.sticker { border: 1px solid #999; border-radius: 12px; padding: 14px; text-align: center; break-inside: avoid } .sticker svg { max-width: 100% }`;

/** A page of a customer's phone, the same look for every provider. */
export const phoneDocument = (title: string, body: string): { readonly type: string; readonly body: string } => ({
  type: 'text/html',
  body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${style}</style></head><body>${body}</body></html>`,
});
