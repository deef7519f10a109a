import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { machineLanguage, startWords } from '../features/words/index.ts';
import { PairingPage } from './pairing-page.tsx';
import '../ui/styles.ts';

startWords(machineLanguage());

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <PairingPage />
  </StrictMode>,
);
