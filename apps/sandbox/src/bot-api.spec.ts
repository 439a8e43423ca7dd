import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fetched, openSandbox, TOKEN, type OpenSandbox } from './testing/open-sandbox.ts';

let sandbox: OpenSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
  await sandbox.admin('PUT', 'bots/222:second', {});
});
beforeEach(() => sandbox.clear());
afterAll(() => sandbox.close());

const refused = (status: number, description: string) => ({
  status,
  body: { ok: false, error_code: status, description },
});
const bad = (what: string) => refused(400, `Bad Request: ${what}`);

describe('sendMessage', () => {
  it('answers with the message, whose id rises', async () => {
    const first = await sandbox.call('sendMessage', { chat_id: 5, text: 'Hi' });
    const second = await sandbox.call('sendMessage', { chat_id: 5, text: 'Hi again' });
    expect(first).toMatchObject({
      status: 200,
      body: {
        ok: true,
        result: { text: 'Hi', chat: { id: 5, type: 'private' }, from: { id: 111, is_bot: true } },
      },
    });
    expect(second.body.result.message_id).toBeGreaterThan(first.body.result.message_id);
  });

  it('takes chat ids of 52 bits and groups', async () => {
    const large = await sandbox.call('sendMessage', { chat_id: 2 ** 52 - 1, text: 'Hi' });
    expect(large.body.result.chat.id).toBe(2 ** 52 - 1);
    const group = await sandbox.call('sendMessage', { chat_id: '-1001234567890', text: 'Hi' });
    expect(group.body.result.chat).toMatchObject({ id: -1001234567890, type: 'supergroup' });
  });

  it('reads HTML into text and entities', async () => {
    const html = 'A &lt; <b>bold <i>both</i></b> <a href="https://x.example/?a=1&amp;b=2">link</a>';
    const params = { chat_id: 5, text: html, parse_mode: 'HTML' };
    const { body } = await sandbox.call('sendMessage', params);
    expect(body.result.text).toBe('A < bold both link');
    expect(body.result.entities).toEqual([
      { type: 'bold', offset: 4, length: 9 },
      { type: 'italic', offset: 9, length: 4 },
      { type: 'text_link', offset: 14, length: 4, url: 'https://x.example/?a=1&b=2' },
    ]);
  });

  it.each([
    ['<b>open', 'Can\'t find end tag corresponding to start tag "b"'],
    ['é<b><i>x</b></i>', 'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"'],
    ['<table>x</table>', 'Unsupported start tag "table" at byte offset 0'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['1 < 2', 'Unclosed start tag at byte offset 2'],
  ])('refuses the HTML %s', async (text, fault) => {
    const answer = await sandbox.call('sendMessage', { chat_id: 5, text, parse_mode: 'HTML' });
    expect(answer).toMatchObject(bad(`can't parse entities: ${fault}`));
  });

  it('counts the text after its entities are parsed', async () => {
    const longest = `<b>${'x'.repeat(4096)}</b>`;
    const send = (text: string) =>
      sandbox.call('sendMessage', { chat_id: 5, text, parse_mode: 'HTML' });
    expect((await send(longest)).status).toBe(200);
    expect(await send(`${longest}y`)).toMatchObject(bad('message is too long'));
    expect(await send('<b> </b>')).toMatchObject(bad('message text is empty'));
  });

  it('takes entities inside the text only', async () => {
    const send = (length: number) =>
      sandbox.call('sendMessage', {
        chat_id: 5,
        text: 'four',
        entities: [{ type: 'bold', offset: 1, length }],
      });
    expect((await send(3)).body.result.entities).toEqual([{ type: 'bold', offset: 1, length: 3 }]);
    expect(await send(4)).toMatchObject(bad('ENTITY_BOUNDS_INVALID'));
  });

  it.each([
    [{ text: 'Hi' }, 'chat_id is empty'],
    [{ chat_id: '@somebody', text: 'Hi' }, 'chat not found'],
    [{ chat_id: 5 }, 'message text is empty'],
    [{ chat_id: 5, text: 'Hi', parse_mode: 'BBCode' }, 'unsupported parse_mode'],
    [{ chat_id: 5, text: 'Hi', reply_markup: 'no json' }, 'object expected as reply markup'],
  ])('refuses %j', async (params, fault) => {
    expect(await sandbox.call('sendMessage', params)).toMatchObject(bad(fault));
  });
});

describe('buttons', () => {
  const sendWith = (inline_keyboard: unknown) =>
    sandbox.call('sendMessage', { chat_id: 5, text: 'Hi', reply_markup: { inline_keyboard } });
  const data = (callback_data: string) => ({ text: 'Press', callback_data });

  it('stay with the message', async () => {
    const rows = [[data('ref')], [{ text: 'Open', url: 'https://shop.example' }]];
    const { body } = await sendWith(rows);
    expect(body.result.reply_markup).toEqual({ inline_keyboard: rows });
  });

  it('carry up to 64 bytes of data', async () => {
    expect((await sendWith([[data('é'.repeat(32))]])).status).toBe(200);
    expect(await sendWith([[data('é'.repeat(33))]])).toMatchObject(bad('BUTTON_DATA_INVALID'));
    expect(await sendWith([[data('')]])).toMatchObject(bad('BUTTON_DATA_INVALID'));
  });

  it.each(['', 'shop', 'javascript:alert(1)', 'https://', 'https://a b'])(
    'refuse the URL "%s"',
    async (url) => {
      expect(await sendWith([[{ text: 'Open', url }]])).toMatchObject(bad('BUTTON_URL_INVALID'));
    },
  );

  it('are at most 100 and 10 kB', async () => {
    const rows = (count: number, text: string) =>
      Array.from({ length: count }, () => [{ text, callback_data: 'x' }]);
    expect((await sendWith(rows(100, 'A'))).status).toBe(200);
    expect(await sendWith(rows(101, 'A'))).toMatchObject(bad('reply markup is too long'));
    expect(await sendWith(rows(50, 'A'.repeat(250)))).toMatchObject(
      bad('reply markup is too long'),
    );
  });

  it('must do something', async () => {
    const fault =
      "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard";
    expect(await sendWith([[{ text: 'Nothing' }]])).toMatchObject(bad(fault));
  });
});

describe('media', () => {
  const photo = 'https://shop.example/a.jpg';

  it('come back as sizes for photos and as an object for the rest', async () => {
    const sent = await sandbox.call('sendPhoto', { chat_id: 5, photo, caption: 'Look' });
    expect(sent.body.result).toMatchObject({ caption: 'Look', photo: expect.any(Array) });
    for (const kind of ['Video', 'Audio', 'Voice', 'Document']) {
      const field = kind.toLowerCase();
      const params = { chat_id: 5, [field]: 'https://shop.example/file' };
      const { body } = await sandbox.call(`send${kind}`, params);
      expect(body.result).toMatchObject({ [field]: { file_id: expect.any(String) } });
    }
  });

  it('are sent again by file id, by the same bot only', async () => {
    const sent = await sandbox.call('sendPhoto', { chat_id: 5, photo });
    const id = sent.body.result.photo.at(-1)?.file_id;
    const again = await sandbox.call('sendPhoto', { chat_id: 6, photo: id });
    expect(again.body.result.photo.at(-1)?.file_id).toBe(id);
    const wrong = bad('wrong file identifier/HTTP URL specified');
    expect(await sandbox.call('sendPhoto', { chat_id: 6, photo: id }, '222:second')).toMatchObject(
      wrong,
    );
    expect(await sandbox.call('sendPhoto', { chat_id: 6, photo: `${id ?? ''}x` })).toMatchObject(
      wrong,
    );
    expect(await sandbox.call('sendDocument', { chat_id: 6, document: id })).toMatchObject(
      bad("can't use file of type Photo as Document"),
    );
  });

  it('are uploaded once and sent by their id from then on', async () => {
    const form = new FormData();
    form.set('chat_id', '5');
    form.set('caption', 'Prices');
    form.set('document', new Blob([Buffer.from([0, 13, 10, 45, 45, 255])]), 'prices.pdf');
    const url = `${sandbox.url}/bot${TOKEN}/sendDocument`;
    const sent = await fetched(url, { method: 'POST', body: form });
    expect(sent.body.result).toMatchObject({
      caption: 'Prices',
      document: { file_name: 'prices.pdf', file_size: 6 },
    });
    const document = sent.body.result.document.file_id;
    expect((await sandbox.call('sendDocument', { chat_id: 6, document })).status).toBe(200);
  });

  it('refuse a caption of more than 1024 characters', async () => {
    const params = { chat_id: 5, photo, caption: 'x'.repeat(1025) };
    expect(await sandbox.call('sendPhoto', params)).toMatchObject(
      bad('message caption is too long'),
    );
    expect(await sandbox.call('sendPhoto', { chat_id: 5 })).toMatchObject(
      bad('there is no photo in the request'),
    );
  });

  it('make an album of 2 to 10 with ids in a row', async () => {
    const item = { type: 'photo', media: photo };
    const send = (media: unknown) => sandbox.call('sendMediaGroup', { chat_id: 5, media });
    const { body } = await send([
      { ...item, caption: 'One' },
      { type: 'video', media: photo },
    ]);
    const [first, second] = body.result;
    expect(first).toMatchObject({ caption: 'One', media_group_id: second?.media_group_id });
    expect(second?.message_id).toBe((first?.message_id ?? 0) + 1);
    expect((await send([item])).status).toBe(400);
    expect((await send(Array.from({ length: 11 }, () => item))).status).toBe(400);
    expect((await send([item, { type: 'document', media: photo }])).status).toBe(400);
  });

  it('attach the uploads that an album names', async () => {
    const form = new FormData();
    form.set('chat_id', '5');
    form.set(
      'media',
      JSON.stringify([
        { type: 'photo', media: 'attach://one' },
        { type: 'photo', media: photo },
      ]),
    );
    form.set('one', new Blob(['picture']), 'one.jpg');
    const url = `${sandbox.url}/bot${TOKEN}/sendMediaGroup`;
    const sent = await fetched(url, { method: 'POST', body: form });
    expect(sent.body.result).toHaveLength(2);
  });
});

describe('sendInvoice', () => {
  const params = {
    chat_id: 5,
    title: 'Lamp',
    description: 'A lamp',
    payload: 'order-1',
    currency: 'XTR',
    prices: [{ label: 'Lamp', amount: 100 }],
  };

  it('answers with the invoice', async () => {
    const { body } = await sandbox.call('sendInvoice', params);
    expect(body.result.invoice).toMatchObject({ title: 'Lamp', total_amount: 100 });
  });

  it('refuses what Telegram refuses', async () => {
    const [price] = params.prices;
    const faulty = [
      { title: '' },
      { title: 'x'.repeat(33) },
      { payload: 'é'.repeat(65) },
      { currency: 'stars' },
      { prices: [] },
      { prices: [price, price] },
    ];
    for (const fault of faulty)
      expect((await sandbox.call('sendInvoice', { ...params, ...fault })).status).toBe(400);
  });
});

describe('the wire', () => {
  it('knows registered tokens and existing methods only', async () => {
    const params = { chat_id: 5, text: 'Hi' };
    expect(await sandbox.call('sendMessage', params, '333:nobody')).toMatchObject(
      refused(401, 'Unauthorized'),
    );
    expect(await sandbox.call('sendTelegram', params)).toMatchObject(
      refused(404, 'Not Found: method not found'),
    );
    expect((await fetched(`${sandbox.url}/else`)).status).toBe(404);
  });

  it('takes any token when told to', async () => {
    const open = await openSandbox({ acceptAnyToken: true });
    const answer = await open.call('sendMessage', { chat_id: 5, text: 'Hi' }, '333:nobody');
    await open.close();
    expect(answer).toMatchObject({ status: 200, body: { result: { from: { id: 333 } } } });
  });

  it('takes queries and forms, and method names in any case', async () => {
    const base = `${sandbox.url}/bot${TOKEN.replace(':', '%3A')}`;
    const byQuery = await fetched(`${base}/SENDMESSAGE?chat_id=5&text=Hi+there`);
    expect(byQuery.body.result.text).toBe('Hi there');
    const keyboard = JSON.stringify({ inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] });
    const form = new URLSearchParams({ chat_id: '5', text: 'Hi', reply_markup: keyboard });
    const byForm = await fetched(`${base}/sendMessage`, { method: 'POST', body: form });
    expect(byForm.body.result.reply_markup).toEqual(JSON.parse(keyboard));
  });

  it('refuses broken JSON and bodies that are too large', async () => {
    const url = `${sandbox.url}/bot${TOKEN}/sendMessage`;
    const headers = { 'content-type': 'application/json' };
    const broken = await fetched(url, { method: 'POST', headers, body: '{"chat_id":' });
    expect(broken).toMatchObject(bad("can't parse JSON object"));
    const body = JSON.stringify({ chat_id: 5, text: 'x'.repeat(1024 * 1024) });
    expect(await fetched(url, { method: 'POST', headers, body })).toMatchObject(
      refused(413, 'Request Entity Too Large'),
    );
  });

  it('introduces the bot', async () => {
    const { body } = await sandbox.call('getMe', {});
    expect(body.result).toMatchObject({ id: 111, is_bot: true, first_name: 'First' });
  });

  it('is alive', async () => {
    expect((await fetched(`${sandbox.url}/health/live`)).status).toBe(200);
  });
});
