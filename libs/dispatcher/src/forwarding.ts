import type { WebhookRequest } from '@crier/connector';
import pRetry from 'p-retry';
import { request } from 'undici';
import { ForwardRefused } from './errors.ts';

const TRIES = 3;
const ANSWER_WITHIN_MS = 10_000;
/** What proxies on the way add is not the messenger's. */
const OF_PROXIES = /^x-(forwarded|real|request)-/;

/** The team's own bot is to check a call as if it came from the messenger: signatures, secrets and tokens go with it. */
const isKept = (name: string): boolean =>
  name === 'content-type' ||
  name === 'authorization' ||
  (name.startsWith('x-') && !OF_PROXIES.test(name));

const targetOf = (to: string, query: WebhookRequest['query']): string => {
  const url = new URL(to);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.append(name, value);
  return url.href;
};

/** Hands a webhook call on as it came; again, a few times, while the other side is in trouble. @throws ForwardRefused */
export const forward = async (
  to: string,
  { headers, query, rawBody }: WebhookRequest,
): Promise<void> => {
  const kept = Object.entries(headers).filter(
    (header): header is [string, string] => header[1] !== undefined && isKept(header[0]),
  );
  await pRetry(
    async () => {
      const { statusCode, body } = await request(targetOf(to, query), {
        method: 'POST',
        headers: Object.fromEntries(kept),
        body: rawBody,
        headersTimeout: ANSWER_WITHIN_MS,
        bodyTimeout: ANSWER_WITHIN_MS,
      });
      await body.dump();
      if (statusCode >= 500)
        throw new ForwardRefused('The chat bot did not take the update', { statusCode });
    },
    { retries: TRIES, minTimeout: 200 },
  );
};
