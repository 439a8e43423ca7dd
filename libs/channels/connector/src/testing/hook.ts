import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { WebhookEvent, WebhookReading, WebhookRequest } from '../connector.ts';
import { openServer } from './local-server.ts';

/** A bot's webhook, with what came to it and how it was read. */
export interface Hook {
  readonly url: string;
  readonly calls: readonly WebhookRequest[];
  readonly readings: readonly WebhookReading[];
  events(): readonly WebhookEvent[];
  /** Resolves when so many events have come. */
  until(count: number): Promise<void>;
  /** Answers the next so many calls 503, whatever they say. */
  beAway(calls: number): void;
  clear(): void;
  close(): Promise<void>;
}

const callOf = async (request: IncomingMessage): Promise<WebhookRequest> => ({
  method: request.method === 'GET' ? 'GET' : 'POST',
  headers: request.headers as WebhookRequest['headers'],
  query: Object.fromEntries(new URL(request.url ?? '/', 'http://hook').searchParams),
  rawBody: await buffer(request),
});

const eventsOf = (reading: WebhookReading): readonly WebhookEvent[] =>
  reading.authentic ? reading.events : [];

const UNAVAILABLE = 503;

const answer = (response: ServerResponse, reading: WebhookReading): void => {
  const checkout = eventsOf(reading).find((event) => event.kind === 'checkout');
  if (checkout) response.setHeader('content-type', 'application/json');
  response.statusCode = reading.authentic ? 200 : 403;
  response.end(checkout?.approval ?? (reading.authentic ? reading.answer : undefined));
};

/** Starts a webhook that answers as a dispatcher would; the caller closes it. */
export const openHook = async (
  read: (call: WebhookRequest) => WebhookReading | Promise<WebhookReading>,
): Promise<Hook> => {
  const readings: WebhookReading[] = [];
  const calls: WebhookRequest[] = [];
  let away = 0;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await callOf(request);
    const reading = await read(call);
    calls.push(call);
    readings.push(reading);
    if (away === 0) {
      answer(response, reading);
      return;
    }
    away -= 1;
    response.writeHead(UNAVAILABLE).end();
  };
  const server = await openServer((request, response) => void serve(request, response));
  const events = (): readonly WebhookEvent[] => readings.flatMap(eventsOf);
  return {
    url: `${server.url}/hooks/bot-1`,
    calls,
    readings,
    events,
    until: async (count) => {
      while (events().length < count) await delay(5);
    },
    beAway: (count) => {
      away = count;
    },
    clear: () => {
      readings.length = 0;
      calls.length = 0;
    },
    close: server.close,
  };
};
