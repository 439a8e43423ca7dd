import { ViberConnector } from '@crier/channel-viber';
import { VkConnector } from '@crier/channel-vk';
import type { Connector } from '@crier/connector';
import { signRef, type Channel } from '@crier/contracts';
import { freshId } from '@crier/kernel';
import { createHash } from 'node:crypto';

/** A text and a button, equal for everybody, so that messages share calls. */
export const sharedMessage = (text: string) =>
  ({
    synchronised: true,
    elements: [
      {
        type: 'text',
        text,
        buttons: [{ kind: 'message', label: 'Remind me', payload: 'remind' }],
      },
    ],
  }) as const;

export const SHARED_MESSAGE = sharedMessage(
  'The sale ends **tonight**: everything that is left goes for half of its price.',
);

/** A channel on which one call carries messages to many. */
export interface BatchChannel {
  readonly channel: Channel;
  readonly token: string;
  readonly credentials: Readonly<Record<string, string>>;
  /** What the sandbox has to know of the bot. */
  readonly atSandbox: object;
  /** The address of a person. */
  readonly addressOf: (i: number) => string;
  /** Of one request. */
  readonly recipientsOfRequest: number;
  /** Messages per second that the channel allows a bot at most. */
  readonly most: number;
  /** The requests that bring the message to these people, as the product makes them. */
  readonly requestTo: (addresses: readonly string[]) => {
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
}

/** Viber publishes 15,000; the bench asks what the core can do, as for a team that was granted more. */
export const VIBER_RATE = 100_000;
const FIRST_PEER = 1_000_000;
const VIBER_TOKEN = '4453b6ac12345678-e02c5f12174805f9-daec9cbb5448c51f';
const VK_TOKEN = 'vk1.a.bench';
const SENDER_NAME = 'The corner shop';
const PEERS_OF_CALL = 100;

/** What a part says to everybody. */
const bodyBy = (connector: Connector): string => {
  const ref = { broadcastId: freshId(), lane: 0, contentRevision: 1 };
  const [part] = connector.compile(SHARED_MESSAGE.elements, {}).render({
    address: '',
    variables: {},
    refOf: (button) => signRef('bench', { ...ref, button }),
    linkOf: () => '',
    keyOf: () => 1,
  });
  return part?.body ?? '{}';
};

const chunksOf = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_none, i) =>
    items.slice(i * size, (i + 1) * size),
  );

const viber = (): BatchChannel => {
  const connector = new ViberConnector({ version: 'bench' });
  const fields = `"sender":${JSON.stringify({ name: SENDER_NAME })},${bodyBy(connector).slice(1, -1)}`;
  const headers = { 'content-type': 'application/json', 'x-viber-auth-token': VIBER_TOKEN };
  return {
    channel: 'viber',
    token: VIBER_TOKEN,
    credentials: { token: VIBER_TOKEN, senderName: SENDER_NAME },
    atSandbox: { name: SENDER_NAME },
    addressOf: (i) => `${createHash('sha256').update(`p${i}`).digest('base64').slice(0, 22)}==`,
    recipientsOfRequest: connector.batch,
    most: VIBER_RATE,
    requestTo: (addresses) => ({
      path: '/viber/pa/broadcast_message',
      headers,
      body: `{"broadcast_list":${JSON.stringify(addresses)},${fields}}`,
    }),
  };
};

const vk = (): BatchChannel => {
  const connector = new VkConnector({ version: 'bench' });
  const fields = bodyBy(connector).slice(0, -1);
  const callTo = (peers: readonly string[]): string =>
    `API.messages.send(${fields},"peer_ids":"${peers.join(',')}"})`;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    authorization: `Bearer ${VK_TOKEN}`,
  };
  return {
    channel: 'vk',
    token: VK_TOKEN,
    credentials: { token: VK_TOKEN, groupId: '6001' },
    atSandbox: { id: 6001, name: SENDER_NAME },
    addressOf: (i) => String(FIRST_PEER + i),
    recipientsOfRequest: connector.batch,
    most: connector.capabilities.rate.most,
    requestTo: (addresses) => {
      const calls = chunksOf(addresses, PEERS_OF_CALL).map(callTo);
      const form = new URLSearchParams({ v: '5.199', code: `return [${calls.join(',')}];` });
      return { path: '/vk/method/execute', headers, body: form.toString() };
    },
  };
};

export const BATCH_CHANNELS: readonly BatchChannel[] = [viber(), vk()];

/** All requests to the first `count` people. */
export const requestsOf = (
  { addressOf, recipientsOfRequest, requestTo }: BatchChannel,
  count: number,
): readonly ReturnType<BatchChannel['requestTo']>[] => {
  const addresses = Array.from({ length: count }, (_none, i) => addressOf(i));
  return chunksOf(addresses, recipientsOfRequest).map(requestTo);
};
