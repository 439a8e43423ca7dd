import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.ts';
import { App } from './app.tsx';
import { startTexts } from './i18n/texts.ts';
import { createConsoleRouter } from './router.ts';
import { takeTokenFromAddress } from './session/token-in-address.ts';

takeTokenFromAddress();
await startTexts();
const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <App router={createConsoleRouter()} queries={createQueryClient()} />
    </StrictMode>,
  );
