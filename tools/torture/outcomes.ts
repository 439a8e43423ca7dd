import type { Api } from './http.ts';

/** One recipient as the API lists it. */
export interface Recipient {
  readonly lane: number;
  readonly index: number;
  readonly contactId: string;
  readonly botId: string;
  readonly outcome: 'waiting' | 'sent' | 'failed' | 'skipped' | 'unconfirmed';
  readonly reason: string | null;
}

const linesOf = (text: string): readonly unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

export const recipientsOf = async (api: Api, broadcastId: string): Promise<readonly Recipient[]> =>
  linesOf(
    await api.text(`/v1/broadcasts/${broadcastId}/recipients?format=ndjson`),
  ) as readonly Recipient[];

/** Contact id → address at each bot. */
export const addressesOf = async (
  api: Api,
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> => {
  const contacts = linesOf(await api.text('/v1/exports/contacts?format=ndjson')) as readonly {
    readonly id: string;
    readonly connections: readonly { readonly botId: string; readonly address: string }[];
  }[];
  return new Map(
    contacts.map(({ id, connections }) => [
      id,
      new Map(connections.map(({ botId, address }) => [botId, Number(address)])),
    ]),
  );
};
