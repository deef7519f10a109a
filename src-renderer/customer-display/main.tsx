import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startWords } from '../features/words/index.ts';
import { fromNetwork } from '../transport/index.ts';
import { CustomerDisplay } from './customer-display.tsx';
import { startCustomer } from './state.ts';
import { keepLit } from './wake.ts';
import '../ui/styles.ts';

startWords('en');
startCustomer();
if (fromNetwork()) keepLit();

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <CustomerDisplay />
  </StrictMode>,
);
