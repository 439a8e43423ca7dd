/** What a route answers: status, headers and body. `undefined` stands for no body. */
export class Answer<Body = unknown> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: Body, headers: Readonly<Record<string, string>> = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export const ok = <Body>(body: Body, headers?: Readonly<Record<string, string>>): Answer<Body> =>
  new Answer(200, body, headers);

export const created = <Body>(
  body: Body,
  location: string,
  headers: Readonly<Record<string, string>> = {},
): Answer<Body> => new Answer(201, body, { location, ...headers });

export const noContent = (): Answer<undefined> => new Answer(204, undefined);

/** The revision of a broadcast as an entity tag. */
export const etagOf = (revision: number): { readonly etag: string } => ({ etag: `"${revision}"` });
