import type { WebhookReading, WebhookRequest } from '@crier/connector';
import { openServer } from './local-server.ts';

/** A webhook that answers as a dispatcher would, and keeps what came and how it was read. */
export const openHook = async (read: (request: WebhookRequest) => WebhookReading) => {
  const readings: WebhookReading[] = [];
  const calls: WebhookRequest[] = [];
  const server = await openServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { searchParams } = new URL(request.url ?? '/', 'http://hook');
      const call: WebhookRequest = {
        method: request.method === 'GET' ? 'GET' : 'POST',
        headers: request.headers as Record<string, string>,
        query: Object.fromEntries(searchParams),
        rawBody: Buffer.concat(chunks),
      };
      const reading = read(call);
      calls.push(call);
      readings.push(reading);
      response.statusCode = reading.authentic ? 200 : 403;
      response.end(reading.authentic ? (reading.answer ?? '') : '');
    });
  });
  const events = () => readings.flatMap((reading) => (reading.authentic ? reading.events : []));
  const until = async (count: number): Promise<void> => {
    while (events().length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const clear = (): void => {
    readings.length = 0;
    calls.length = 0;
  };
  return {
    url: `${server.url}/hooks/facebook/bot-1`,
    calls,
    readings,
    events,
    until,
    clear,
    close: server.close,
  };
};
