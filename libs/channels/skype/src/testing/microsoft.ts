import { openServer } from '@crier/connector/testing';
import { SignJWT, exportJWK, generateKeyPair, type CryptoKey, type JWTPayload } from 'jose';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What the login answers, instead of a token. */
export interface LoginAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request for a token, as it came. */
export interface TokenRequest {
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
}

interface Published {
  readonly kid: string;
  readonly jwk: object;
}

/** Of all tests of a file, since making one takes long. */
const pairs = new Map<string, ReturnType<typeof generateKeyPair>>();

const pairOf = (kid: string): ReturnType<typeof generateKeyPair> => {
  const pair = pairs.get(kid) ?? generateKeyPair('RS256', { extractable: true });
  pairs.set(kid, pair);
  return pair;
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
};

/** Microsoft's login and the keys of its calls, on the loopback; keys and tokens are real ones. */
export const openMicrosoft = async () => {
  const tokenRequests: TokenRequest[] = [];
  const loginAnswers: LoginAnswer[] = [];
  const privateKeys = new Map<string, CryptoKey>();
  let published: readonly Published[] = [];
  let issued = 0;
  let keyReads = 0;
  let isAway = false;

  const grant = async (request: IncomingMessage, response: ServerResponse) => {
    const form = Object.fromEntries(new URLSearchParams(await bodyOf(request)));
    tokenRequests.push({ path: request.url ?? '', form });
    issued += 1;
    const token = { token_type: 'Bearer', expires_in: 3600, access_token: `token-${issued}` };
    const { status, body, headers } = loginAnswers.shift() ?? {
      status: 200,
      body: JSON.stringify(token),
    };
    response.writeHead(status, headers).end(body);
  };
  const server = await openServer((request, response) => {
    if (request.url?.endsWith('/oauth2/v2.0/token') === true) {
      void grant(request, response);
      return;
    }
    const isKeys = request.url === '/keys';
    if (isKeys) keyReads += 1;
    const keys = published.map(({ jwk }) => jwk);
    response.statusCode = isAway ? 503 : 200;
    response.end(JSON.stringify(isKeys ? { keys } : { jwks_uri: `${server.url}/keys` }));
  });

  /** Makes a key and publishes it beside the others, or alone. */
  const publish = async (kid: string, more: object = {}, isAlone = false) => {
    const { publicKey, privateKey } = await pairOf(kid);
    privateKeys.set(kid, privateKey);
    const jwk = { ...(await exportJWK(publicKey)), use: 'sig', kid, ...more };
    published = [...(isAlone ? [] : published), { kid, jwk }];
  };
  const sign = (claims: JWTPayload, kid = 'first') =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
      .sign(privateKeys.get(kid)!);

  await publish('first', { endorsements: ['skype', 'msteams'] });
  return {
    ...server,
    loginUrl: `${server.url}/login`,
    openIdUrl: `${server.url}/openid`,
    tokenRequests,
    answerLogin: (...next: readonly LoginAnswer[]) => void loginAnswers.push(...next),
    publish,
    sign,
    keyReads: () => keyReads,
    beAway: (away: boolean) => {
      isAway = away;
    },
  };
};

export type Microsoft = Awaited<ReturnType<typeof openMicrosoft>>;
