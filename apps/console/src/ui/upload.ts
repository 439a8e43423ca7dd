import { v7 as freshKey } from 'uuid';
import { tokenKeeper } from '../api/token-keeper.ts';

/** Sends a file, or a form with one, to the API. Resolves with its answer; throws problems. */
export const upload = async <Answer>(
  path: string,
  body: Blob | FormData,
  type?: string,
): Promise<Answer> => {
  const headers = new Headers({
    authorization: `Bearer ${tokenKeeper.get() ?? ''}`,
    'idempotency-key': freshKey(),
  });
  if (type !== undefined) headers.set('content-type', type);
  const url = new URL(path, globalThis.location.origin);
  const answer = await globalThis.fetch(new Request(url, { method: 'POST', headers, body }));
  if (!answer.ok) throw await answer.json();
  return (await answer.json()) as Answer;
};
