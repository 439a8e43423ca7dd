import type { Connector, Sender, WebhookEvent, WebhookRequest } from '@crier/connector';
import { once } from 'node:events';
import { createServer } from 'node:http';

/** What a dispatcher does with calls back, as far as a connector sees it: 200 for what is authentic, 403 for the rest. */
export const openHook = async (connector: Connector, sender: () => Sender) => {
  const events: WebhookEvent[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as WebhookRequest['headers'];
      const call = { method: 'POST', query: {}, headers, rawBody: Buffer.concat(chunks) } as const;
      void Promise.resolve(connector.readWebhook(sender(), call)).then((reading) => {
        if (reading.authentic) events.push(...reading.events);
        response.writeHead(reading.authentic ? 200 : 403).end();
      });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/hooks/webhook/bot-1`,
    events,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
