// The cashier's story in a real Electron, alone.
process.env['KASSA_ELECTRON'] = '1';
process.env['KASSA_ONLY'] = 'the story in Electron';
await import('./test.ts');

export {};
