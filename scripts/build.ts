import { build } from './lib.ts';

// Builds everything that Electron and the browser host run.
await build('all');
