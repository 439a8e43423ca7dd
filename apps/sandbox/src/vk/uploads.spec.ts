import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GROUP_ID, openVkSandbox, TOKEN } from './testing/open-vk-sandbox.ts';

const ANN = 8_042_191;

let sandbox: Awaited<ReturnType<typeof openVkSandbox>>;
beforeAll(async () => {
  sandbox = await openVkSandbox();
});
beforeEach(() => sandbox.clear());
afterAll(() => sandbox.close());

describe('uploads', () => {
  const bytes = new Blob([new Uint8Array([1, 2, 3])], { type: 'image/png' });
  const place = async (method: string, params = {}) =>
    ((await sandbox.call(method, params)).response as { upload_url: string }).upload_url;
  const upload = async (url: string, field: string, name: string, file = bytes) => {
    const form = new FormData();
    form.append(field, file, name);
    const response = await fetch(url, { method: 'POST', body: form });
    return (await response.json()) as Readonly<Record<string, string>>;
  };

  it('make a photo in three steps', async () => {
    const url = await place('photos.getMessagesUploadServer');
    const { server, photo, hash } = await upload(url, 'photo', 'a.png');
    const save = (params: object) =>
      sandbox.call('photos.saveMessagesPhoto', {
        server: server!,
        photo: photo!,
        hash: hash!,
        ...params,
      });
    expect((await save({ hash: 'x' })).error?.error_code).toBe(100);
    expect((await save({})).response).toMatchObject([
      { id: expect.any(Number), owner_id: -GROUP_ID, access_key: expect.any(String) },
    ]);
    expect((await save({})).error?.error_code).toBe(100);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  });

  it('make a document or a voice message in three steps', async () => {
    const document = await upload(await place('docs.getWallUploadServer'), 'file', 'a.pdf');
    const saved = await sandbox.call('docs.save', { file: document['file']!, title: 'List' });
    expect(saved.response).toMatchObject({
      type: 'doc',
      doc: { owner_id: -GROUP_ID, title: 'List', size: 3 },
    });
    const url = await place('docs.getMessagesUploadServer', { type: 'audio_message' });
    const voice = await upload(url, 'file', 'a.ogg');
    expect((await sandbox.call('docs.save', { file: voice['file']! })).response).toMatchObject({
      type: 'audio_message',
      audio_message: { title: 'a.ogg' },
    });
  });

  it('refuse what VK does not take', async () => {
    const photo = await place('photos.getMessagesUploadServer');
    const text = new Blob(['x'], { type: 'text/plain' });
    expect(await upload(photo, 'photo', 'a.txt', text)).toHaveProperty('error');
    expect(await upload(photo, 'file', 'a.png')).toHaveProperty('error');
    const document = await place('docs.getMessagesUploadServer', { type: 'doc' });
    expect(await upload(document, 'file', 'song.mp3')).toEqual({ error: 'wrong_file_type' });
    expect((await sandbox.call('docs.save', { file: 'x' })).error?.error_code).toBe(100);
  });
});

describe('a community', () => {
  it('is known by its token', async () => {
    expect((await sandbox.call('groups.getById')).response).toMatchObject({
      groups: [{ id: GROUP_ID, name: 'Shop' }],
    });
    const other = await sandbox.call('groups.getCallbackServers', { group_id: 5 });
    expect(other.error?.error_code).toBe(15);
  });

  it('hears who may be written to', async () => {
    const isAllowed = async () =>
      (await sandbox.call('messages.isMessagesFromGroupAllowed', { user_id: ANN })).response;
    expect(await isAllowed()).toEqual({ is_allowed: 1 });
    await sandbox.admin('POST', 'updates', { bot: TOKEN, chat: ANN, kind: 'block' });
    expect(await isAllowed()).toEqual({ is_allowed: 0 });
    expect(
      (await sandbox.call('messages.send', { peer_ids: `${ANN}`, random_id: 7, message: 'Hi' }))
        .response,
    ).toMatchObject([{ error: { code: 901 } }]);
    await sandbox.admin('POST', 'updates', { bot: TOKEN, chat: ANN, kind: 'unblock' });
    expect(await isAllowed()).toEqual({ is_allowed: 1 });
  });
});
