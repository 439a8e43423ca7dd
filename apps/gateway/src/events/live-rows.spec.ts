import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewayWorld } from '../testing/gateway-world.ts';

describe('live rows', () => {
  let world: GatewayWorld;
  let base: string;
  beforeAll(async () => {
    world = await GatewayWorld.open({ streams: 2 });
    await world.app.listen(0, '127.0.0.1');
    base = (await world.app.getUrl()).replace('[::1]', '127.0.0.1');
  });
  afterAll(() => world.close());

  const listen = async (path: string, signal: AbortSignal) => {
    const headers = { authorization: `Bearer ${world.tokens.operator}` };
    const response = await fetch(base + path, { headers, signal });
    let text = '';
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const until = async (pattern: RegExp): Promise<string> => {
      while (!pattern.test(text)) {
        const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
        if (done) break;
        text += value;
      }
      return text;
    };
    return { response, until };
  };

  it('tells the row first as it is and then as it changes, to every listener', async () => {
    const { id } = await world.sendable({ name: 'First name' });
    const ended = new AbortController();
    const one = await listen(`/v1/broadcasts/${id}/events`, ended.signal);
    expect(one.response.headers.get('content-type')).toContain('text/event-stream');
    expect(await one.until(/event: row/)).toContain('First name');
    const two = await listen(`/v1/broadcasts/${id}/events`, ended.signal);
    expect(await two.until(/event: row/)).toContain('First name');
    const third = await listen(`/v1/broadcasts/${id}/events`, ended.signal);
    expect(third.response.status).toBe(503);
    await third.until(/never/);
    await world.ask('PATCH', `/v1/broadcasts/${id}`, { body: { name: 'Second name' } });
    expect(await one.until(/Second name/)).toContain('event: row');
    expect(await two.until(/Second name/)).toContain('event: row');
    ended.abort();
  });

  it('tells the table what is new and what is gone, and ends with the gateway', async () => {
    const { id } = await world.sendable({ name: 'Known before' });
    const ended = new AbortController();
    let table = await listen('/v1/broadcasts/events', ended.signal);
    while (table.response.status === 503)
      table = await listen('/v1/broadcasts/events', ended.signal);
    await table.until(/retry/); // The first look only learns what is there.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await world.ask('POST', '/v1/broadcasts', { body: { name: 'Brand new' } });
    expect(await table.until(/Brand new/)).not.toContain('Known before');
    await world.ask('DELETE', `/v1/broadcasts/${id}`);
    expect(await table.until(/event: gone/)).toContain(id);
    const closing = world.app.close();
    await table.until(/never/);
    await closing;
  });
});
