import { createServer, type Server } from 'node:http';
import { once } from 'node:events';

const STARTING = JSON.stringify({ status: 'not ready', faults: { app: 'starting' } });

/** Answers while an app waits for what it needs: it lives, and is not ready. Resolves to what ends it. */
export const startPlaceholder = async (
  host: string,
  port: number,
): Promise<{ port: number; stop: () => Promise<void> }> => {
  const server: Server = createServer(({ url }, response) => {
    const isLive = url === '/health/live';
    response.writeHead(isLive ? 200 : 503, {
      'content-type': 'application/json',
      'retry-after': '1',
    });
    response.end(isLive ? JSON.stringify({ status: 'live' }) : STARTING);
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  const stop = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close').catch(() => undefined);
  };
  return { port: bound, stop };
};
