import { describe, expect, it } from '@jest/globals';
import { Bots } from './bots.ts';
import { Counts } from './counts.ts';
import { hashAddressed, hashText } from './hash.ts';
import { Inboxes } from './inboxes.ts';
import { SendRecord } from './record.ts';
import { ChatCounter } from './tables/chat-counter.ts';
import { FingerprintSet } from './tables/fingerprint-set.ts';

const MANY = 100_000;
const chat = (index: number): number => (index % 2 === 0 ? 5_000_000_000 + index : -index);
const bot = new Bots(true).register('1:A', {});

describe('a set of fingerprints', () => {
  it('knows each of very many hashes again, and zero too', () => {
    const set = new FingerprintSet();
    const content = hashText('Hi');
    const added = (index: number) => set.add(hashAddressed(content, 0, chat(index)));
    for (let index = 1; index <= MANY; index += 1) added(index);
    for (let index = 1; index <= MANY; index += 997) expect(added(index)).toBe(false);
    expect([set.add({ high: 0, low: 0 }), set.add({ high: 0, low: 0 })]).toEqual([true, false]);
  });
});

describe('a counter of chats', () => {
  it('counts each of very many chats by itself', () => {
    const counter = new ChatCounter();
    for (let index = 1; index <= MANY; index += 1) counter.increment(chat(index));
    expect(counter.size).toBe(MANY);
    expect([counter.increment(chat(7)), counter.increment(chat(7))]).toEqual([2, 3]);
    expect(counter.size).toBe(MANY);
  });
});

describe('the record', () => {
  it('gives back very many entries as they were', () => {
    const record = new SendRecord();
    const entry = (index: number) => ({
      bot: index % 3,
      chat: index % 10 === 0 ? undefined : chat(index),
      method: index % 2 === 0 ? 'sendMessage' : 'sendPhoto',
      at: 1_790_000_000_000.125 + index,
      accepted: index % 5 !== 0,
      messageId: index,
      contentHash: hashText(String(index)),
      status: index % 5 === 0 ? 403 : 200,
    });
    for (let index = 0; index < 40_000; index += 1) record.append(entry(index));
    expect(record.length).toBe(40_000);
    for (const index of [0, 1, 16_383, 16_384, 39_999])
      expect(record.entry(index)).toEqual(entry(index));
  });
});

describe('the inboxes', () => {
  it('keep the newest 20,000 messages, oldest first', () => {
    const inboxes = new Inboxes();
    const put = (index: number) => inboxes.put(bot, (index % 4) + 1, [{ text: String(index) }]);
    const first = put(0).messageId;
    for (let index = 1; index < 20_010; index += 1) put(index);
    const texts = inboxes.messages(bot, 3).map(({ text }) => Number(text));
    expect(texts).toHaveLength(5000);
    expect([texts[0], texts.at(-1)]).toEqual([10, 20_006]);
    expect(inboxes.message(bot, 1, first)).toBeUndefined();
  });
});

describe('counts', () => {
  it('take what two bots say to one chat for different messages', () => {
    const counts = new Counts();
    const bots = new Bots(false);
    const senders = [bots.register('1:A', {}), bots.register('2:B', {})];
    for (const sender of senders) counts.accepted(sender, 5, hashText('Hi'));
    expect(counts.report()).toMatchObject({ accepted: 2, duplicates: 0, distinctChats: 2 });
  });
});
