import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startShortcuts } from './features/shortcuts/index.ts';
import { startTill } from './features/till/store.ts';
import { startWords } from './features/words/index.ts';
import { listenToMain } from './features/scanner/targets.ts';
import { startWedge } from './features/scanner/wedge.ts';
import { Shell } from './shell/shell.tsx';
import './ui/styles.ts';

// The scanner's reader comes first: no key reaches anything before it was told from a scan.
startWedge();
startShortcuts();
listenToMain();
startWords('en');
startTill();

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <Shell />
  </StrictMode>,
);
