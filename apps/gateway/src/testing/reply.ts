import type { Response } from 'light-my-request';

/** The fields of all answers that tests look at. Each answer has some of them; `AnswerCheck` knows which. */
export interface Shown {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly revision: number;
  readonly actor: string;
  readonly outcome: string;
  readonly failed: number;
  readonly next?: string;
  readonly externalId: string;
  readonly firstName?: string;
  readonly tags: readonly string[];
  readonly ok: boolean;
  readonly items: readonly Shown[];
  readonly row: Shown;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly path: string; readonly code: string }[];
  readonly warnings: readonly { readonly code: string }[];
  readonly channels: readonly { readonly parts: readonly { readonly text: string }[] }[];
  readonly state: string;
  readonly location: string;
  readonly report: string;
  readonly token: string;
  readonly lastUsedAt?: string;
  readonly url: string;
  readonly rebuilding: boolean;
}

/** An answer as tests read it. */
export interface Reply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly bytes: Buffer;
  json(): Shown;
}

export const replyOf = ({ statusCode, headers, body, rawPayload }: Response): Reply => ({
  statusCode,
  headers: Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String(value)]),
  ),
  body,
  bytes: rawPayload,
  json: () => JSON.parse(body) as Shown,
});
