import { runBrowserHost, type BrowserHostOptions } from '../hosts/browser/main.ts';
import { createSynthetic } from './synthetic/adapter.ts';
import { shapes } from './synthetic/shapes.ts';

/*
 * The browser host as it is, with one provider more: one that holds money before it is captured, which no built-in one does.
 * Its argument is the host's own, as JSON.
 */
const options = JSON.parse(process.argv[2] ?? '{}') as BrowserHostOptions;
await runBrowserHost({ ...options, moreProviders: (world) => [createSynthetic(shapes.held, world, null)] });
