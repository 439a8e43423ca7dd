import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './layout/console.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { styleNonce } from './layout/style-nonce.ts';
import { readableVariables, theme } from './layout/theme.ts';
import type { ConsoleRouter } from './router.ts';
import { Session } from './session/session.tsx';

interface AppProps {
  readonly router: ConsoleRouter;
  readonly queries: QueryClient;
  /** `test`: nothing moves. */
  readonly env?: 'default' | 'test';
}

/** The whole console, on one router and one cache of what the API said. */
export const App = ({ router, queries, env = 'default' }: AppProps) => (
  <MantineProvider
    env={env}
    theme={theme}
    cssVariablesResolver={readableVariables}
    defaultColorScheme="auto"
    getStyleNonce={styleNonce}
  >
    <QueryClientProvider client={queries}>
      <Session>
        <RouterProvider router={router} />
      </Session>
    </QueryClientProvider>
  </MantineProvider>
);
