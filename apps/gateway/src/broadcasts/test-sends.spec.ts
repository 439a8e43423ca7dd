import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topics, type ErrandMessage, type ReplyMessage } from '@crier/contracts';
import { GatewayWorld } from '../testing/gateway-world.ts';

describe('test sends', () => {
  let world: GatewayWorld;
  let contactId: string;
  const errands: ErrandMessage[] = [];

  beforeAll(async () => {
    world = await GatewayWorld.open({ commandWaitMs: 500 });
    contactId = await world.addContact('1');
    await world.bus.consume({
      topic: topics.errands('telegram'),
      group: 'dispatcher',
      onBatch: async (messages) => {
        for (const { value } of messages) await carryOut(value as ErrandMessage);
      },
    });
  });
  afterAll(() => world.close());

  const carryOut = async (errand: ErrandMessage): Promise<void> => {
    errands.push(errand);
    if (errand.kind !== 'test' || errand.replyTo === undefined) return;
    const [element] = errand.elements;
    const refuses = element?.type === 'text' && element.text === 'refused';
    const reply: ReplyMessage = {
      v: 1,
      commandId: errand.errandId,
      broadcastId: errand.broadcastId,
      accepted: !refuses,
      revision: 0,
      ...(refuses ? { rejection: { code: 'TEST_NOT_SENT', reason: 'chat_not_found' } } : {}),
    };
    await world.bus.publish([
      { topic: topics.replies, partitionBy: errand.replyTo, key: errand.errandId, value: reply },
    ]);
  };

  const textual = (text: string) => ({
    message: { synchronised: true, elements: [{ type: 'text', text }] },
  });
  const test = async (text: string, body: object, headers = {}) => {
    const { id } = await world.sendable(textual(text));
    return world.ask('POST', `/v1/broadcasts/${id}/test`, { body, headers });
  };

  it('asks the bot of the main connection to send the message, and tells that it did', async () => {
    const sent = await test('Hi', { contactId });
    expect(sent.json()).toEqual({ sent: true, contactId, botId: 'tg' });
    expect(errands.at(-1)).toMatchObject({
      kind: 'test',
      botId: 'tg',
      contactId,
      elements: [{ text: 'Hi' }],
    });
  });

  it('tells what the messenger refused', async () => {
    const refused = await test('refused', { contactId });
    expect(refused.json()).toMatchObject({ status: 409, code: 'TEST_NOT_SENT' });
    expect(refused.json().detail).toContain('chat_not_found');
  });

  it('asks nobody where there is no such contact, bot, connection or content', async () => {
    const before = errands.length;
    expect((await test('Hi', { contactId: 'x' })).json().code).toBe('CONTACT_NOT_FOUND');
    expect((await test('Hi', { contactId, botId: 'x' })).json().code).toBe('UNKNOWN_BOT');
    await world.bots.put({ id: 'tg2', channel: 'telegram', name: '', credentials: {}, rate: 1 });
    expect((await test('Hi', { contactId, botId: 'tg2' })).json().code).toBe(
      'CONTACT_NOT_REACHABLE',
    );
    const empty = await world.ask('POST', '/v1/broadcasts');
    const none = await world.ask('POST', `/v1/broadcasts/${empty.json().id}/test`, {
      body: { contactId },
    });
    expect(none.json().code).toBe('MESSAGE_MISSING');
    expect(errands).toHaveLength(before);
  });
});
