import { describe, expect, it } from '@jest/globals';
import { signRef, type ReceiptMessage } from '@crier/contracts';
import { Correlation } from './correlation.ts';
import { keyOf } from './licences.ts';
import { SentMessages, type SentMessage } from './sent-messages.ts';

const BROADCAST = '0f9b7c1e-0f5e-4f6c-9d3a-4c8f2b9d1a77';
const SECRET = 'secret';
const T = Date.parse('2026-12-01T09:00:00.000Z');

const sent = (more: Partial<SentMessage> = {}): SentMessage => ({
  broadcastId: BROADCAST,
  lane: 0,
  index: 7,
  botId: 'bot',
  accepted: [{ id: '100', at: T }],
  isSent: true,
  isOpen: false,
  has: () => false,
  ...more,
});

class Known extends SentMessages {
  readonly #messages: readonly SentMessage[];
  questions = 0;

  constructor(messages: readonly SentMessage[]) {
    super();
    this.#messages = messages;
  }

  to = (botId: string, contactIds: readonly string[]) => {
    this.questions += 1;
    const own = this.#messages.filter((message) => message.botId === botId);
    return Promise.resolve(new Map(contactIds.map((id) => [id, own])));
  };
  knows = () => Promise.resolve(true);
}

const told = (more: Partial<ReceiptMessage>): ReceiptMessage => ({
  v: 1,
  botId: 'bot',
  contactId: 'contact',
  kind: 'delivered',
  at: new Date(T + 500).toISOString(),
  dedupe: 'dedupe',
  ...more,
});

const placesOf = async (message: ReceiptMessage, messages: readonly SentMessage[] = [sent()]) => {
  const { places } = (await found(message, messages)) ?? { places: [] };
  return places.map(({ receipt: { index, kind, button } }) => [index, kind, button]);
};

/** The ref of the person at place 3. */
const ref = signRef(SECRET, {
  broadcastId: BROADCAST,
  lane: 0,
  index: 3,
  button: 0,
  contentRevision: 1,
});

const found = async (message: ReceiptMessage, messages: readonly SentMessage[]) => {
  const [findings] = await new Correlation(SECRET, new Known(messages)).find([message]);
  return findings;
};

describe('a receipt', () => {
  it('that carries the ref of one person is at its place without a question', async () => {
    const named = { broadcastId: BROADCAST, lane: 0, index: 3, button: 1, contentRevision: 1 };
    const ref = signRef(SECRET, named);
    await expect(placesOf(told({ kind: 'clicked', ref }), [])).resolves.toEqual([
      [3, 'clicked', 1],
    ]);
    const forged = signRef('another', named);
    await expect(placesOf(told({ kind: 'clicked', ref: forged }))).resolves.toEqual([]);
  });

  it('that carries the ref of all is at the place of the person who pressed', async () => {
    const ref = signRef(SECRET, { broadcastId: BROADCAST, lane: 0, button: 2, contentRevision: 1 });
    const pressed = told({ kind: 'clicked', ref });
    await expect(placesOf(pressed)).resolves.toEqual([[7, 'clicked', 2]]);
    await expect(placesOf(pressed, [sent({ lane: 1 })])).resolves.toEqual([]);
    const { contactId, ...unknown } = pressed;
    expect(contactId).toBe('contact');
    await expect(placesOf(unknown)).resolves.toEqual([]);
  });

  it('that names ids is about the messages with these ids', async () => {
    await expect(placesOf(told({ which: { ids: ['99', '100'] } }))).resolves.toEqual([
      [7, 'delivered', undefined],
    ]);
    await expect(placesOf(told({ which: { ids: ['99'] } }))).resolves.toEqual([]);
  });

  it('with a time is about everything that had left by then', async () => {
    const older = sent({ index: 1, accepted: [{ id: 'a', at: T - 1_000 }] });
    const newer = sent({ index: 2, accepted: [{ id: 'b', at: T + 1_000 }] });
    const upTo = new Date(T).toISOString();
    await expect(
      placesOf(told({ kind: 'opened', which: { upTo } }), [newer, sent(), older]),
    ).resolves.toEqual([
      [7, 'opened', undefined],
      [1, 'opened', undefined],
    ]);
  });

  it('with a highest id is about every id up to it, however long these numbers are', async () => {
    const big = sent({ index: 1, accepted: [{ id: '9007199254740993' }] });
    const bigger = sent({ index: 2, accepted: [{ id: '9007199254740994' }] });
    const which = { upToId: '9007199254740993' };
    await expect(placesOf(told({ which }), [big, bigger])).resolves.toEqual([
      [1, 'delivered', undefined],
    ]);
  });

  it('that a watermark says again is no news; one that names the message is', async () => {
    const known = sent({ has: () => true });
    const upTo = new Date(T).toISOString();
    await expect(placesOf(told({ which: { upTo } }), [known])).resolves.toEqual([]);
    await expect(placesOf(told({ which: { ids: ['100'], upTo } }), [known])).resolves.toHaveLength(
      1,
    );
  });

  it.each([0, 1, 49, 150])(
    'with a key is about the broadcast that carried it, even before anything of it is known (part %i)',
    async (part) => {
      const waiting = sent({ accepted: [] });
      const which = { key: keyOf(BROADCAST, part) };
      await expect(placesOf(told({ kind: 'sent', which }), [waiting])).resolves.toEqual([
        [7, 'sent', undefined],
      ]);
      await expect(placesOf(told({ which: { key: 5 } }), [waiting])).resolves.toEqual([]);
    },
  );

  it('may mean a message that is not known to be sent yet, and is then looked at again', async () => {
    const open = sent({ index: 1, accepted: [], isOpen: true });
    const upTo = new Date(T).toISOString();
    await expect(found(told({ which: { upTo } }), [open, sent()])).resolves.toMatchObject({
      places: [{ receipt: { index: 7 } }],
      isOpen: true,
    });
    await expect(found(told({ which: { ids: ['100'] } }), [open, sent()])).resolves.toMatchObject({
      isOpen: false,
    });
    await expect(found(told({ which: { ids: ['5'] } }), [sent()])).resolves.toMatchObject({
      isOpen: false,
    });
  });

  it('with a key and one id tells the id of a message whose own answer was lost, until that is known', async () => {
    const lost = sent({ accepted: [], isOpen: true });
    const which = { ids: ['m1'], key: keyOf(BROADCAST, 0) };
    await expect(found(told({ kind: 'sent', which }), [lost])).resolves.toMatchObject({
      places: [{ named: { id: 'm1', at: T + 500 } }],
      isOpen: true,
    });
    const known = sent({ accepted: [{ id: 'm1', at: T }] });
    await expect(found(told({ kind: 'sent', which }), [known])).resolves.toMatchObject({
      isOpen: false,
    });
  });

  it('is looked up together with the others of its bot, and each keeps its place among them', async () => {
    const known = new Known([sent(), sent({ botId: 'other', index: 9 })]);
    const which = { ids: ['100'] };
    const findings = await new Correlation(SECRET, known).find([
      told({ which }),
      told({ which: { ids: ['5'] } }),
      told({ ref }),
      told({ which, botId: 'other' }),
      told({ which, contactId: 'another' }),
    ]);
    const indexes = findings.map(({ places }) => places.map(({ receipt: { index } }) => index));
    expect(indexes).toEqual([[7], [], [3], [9], [7]]);
    expect(known.questions).toBe(2);
  });

  it('is a proof unless the message is known to be sent', async () => {
    const proofs = async (message: ReceiptMessage, messages: readonly SentMessage[]) =>
      (await found(message, messages))?.places.map(({ isProof }) => isProof);
    const which = { ids: ['100'] };
    await expect(proofs(told({ which }), [sent()])).resolves.toEqual([false]);
    await expect(proofs(told({ which }), [sent({ isSent: false })])).resolves.toEqual([true]);
    await expect(proofs(told({ kind: 'clicked', ref }), [])).resolves.toEqual([true]);
  });

  it('of another bot says nothing about this one', async () => {
    await expect(
      placesOf(told({ which: { ids: ['100'] } }), [sent({ botId: 'other' })]),
    ).resolves.toEqual([]);
  });
});
