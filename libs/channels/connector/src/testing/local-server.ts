import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

/** A server on the loopback, at a free port. */
export interface LocalServer {
  /** Without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the server; the caller closes it. */
export const openServer = async (listener: RequestListener): Promise<LocalServer> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
