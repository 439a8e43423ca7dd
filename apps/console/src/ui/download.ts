import { tokenKeeper } from '../api/token-keeper.ts';

const NAME = /filename="([^"]+)"/;

/** Saves what the API gives at a path, which wants a token that a plain link could not send. Throws problems. */
export const download = async (path: string, otherwise: string): Promise<void> => {
  const headers = { authorization: `Bearer ${tokenKeeper.get() ?? ''}` };
  const url = new URL(path, globalThis.location.origin);
  const answer = await globalThis.fetch(new Request(url, { headers }));
  if (!answer.ok) throw await answer.json();
  const name = NAME.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? otherwise;
  const href = URL.createObjectURL(await answer.blob());
  const link = Object.assign(document.createElement('a'), { href, download: name });
  link.click();
  URL.revokeObjectURL(href);
};
