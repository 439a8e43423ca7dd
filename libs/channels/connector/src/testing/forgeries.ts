import type { WebhookRequest } from '../connector.ts';
import type { ConnectorFacts } from './connector-facts.ts';

type Signature = ConnectorFacts['signature'];

/** Far enough from the end for every bit to count, in whatever alphabet. */
const FROM_THE_END = 10;

const changed = (text: string): string => {
  const at = text.length - FROM_THE_END;
  return `${text.slice(0, at)}${text[at] === 'a' ? 'b' : 'a'}${text.slice(at + 1)}`;
};

const withField = (call: WebhookRequest, name: string, change: (value: string) => unknown) => {
  const fields = JSON.parse(call.rawBody.toString()) as Record<string, unknown>;
  const body = JSON.stringify({ ...fields, [name]: change(String(fields[name])) });
  return { ...call, rawBody: Buffer.from(body) };
};

const withHeader = (
  call: WebhookRequest,
  name: string,
  change: (value: string) => string | undefined,
): WebhookRequest => ({
  ...call,
  headers: { ...call.headers, [name]: change(call.headers[name] ?? '') },
});

const withSignature = (
  call: WebhookRequest,
  { in: place }: Signature,
  change: (value: string) => string | undefined,
): WebhookRequest =>
  'header' in place ? withHeader(call, place.header, change) : withField(call, place.field, change);

const withByte = (call: WebhookRequest, at: number): WebhookRequest => {
  const rawBody = Buffer.from(call.rawBody);
  rawBody.writeUInt8(rawBody.readUInt8(at) ^ 1, at);
  return { ...call, rawBody };
};

/** The call without its signature, with another one, and, where it is signed, with any byte of its body changed. */
export const forgeriesOf = (
  call: WebhookRequest,
  signature: Signature,
): readonly WebhookRequest[] => [
  withSignature(call, signature, () => undefined),
  withSignature(call, signature, changed),
  ...(signature.coversBody ? [...call.rawBody.keys()].map((at) => withByte(call, at)) : []),
];
