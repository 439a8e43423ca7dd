import { UploadRefused } from '@crier/connector';
import { Unavailable } from '@crier/kernel';
import { Agent, interceptors, request, type Dispatcher } from 'undici';

/** A file in memory. */
export interface FileInHand {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

const MOST_REDIRECTIONS = 3;

const nameIn = (url: string): string => {
  const last = URL.parse(url)?.pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
};

/** Fetches files from the web, up to a size. */
export class Downloads {
  readonly #agent: Agent;
  readonly #dispatcher: Dispatcher;

  /** `timeoutMs`: to connect, for the head of an answer, and between two parts of its body. */
  constructor(timeoutMs: number) {
    this.#agent = new Agent({
      connect: { timeout: timeoutMs },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    this.#dispatcher = this.#agent.compose(
      interceptors.redirect({ maxRedirections: MOST_REDIRECTIONS }),
    );
  }

  /** @throws UploadRefused where there is no such file, or a larger one; Unavailable where it cannot be had now. */
  async fetch(url: string, mostBytes: number): Promise<FileInHand> {
    const { statusCode, headers, body } = await this.#answer(url);
    const refuse = (why: string): UploadRefused => {
      body.on('error', () => undefined).destroy();
      return new UploadRefused(why, { url });
    };
    if (statusCode >= 500) {
      body.on('error', () => undefined).destroy();
      throw new Unavailable('the server of the file does not answer', { url });
    }
    if (statusCode !== 200) throw refuse(`the server of the file answers ${statusCode}`);
    if (Number(headers['content-length'] ?? 0) > mostBytes)
      throw refuse(`the file is larger than ${mostBytes} bytes`);
    const bytes = await this.#read(body, url, mostBytes);
    if (bytes === undefined) throw refuse(`the file is larger than ${mostBytes} bytes`);
    return { name: nameIn(url), contentType: String(headers['content-type'] ?? ''), bytes };
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #answer(url: string): Promise<Dispatcher.ResponseData> {
    try {
      return await request(url, { dispatcher: this.#dispatcher });
    } catch (cause) {
      throw new Unavailable('the server of the file does not answer', { url }, cause);
    }
  }

  /** `undefined`: there is more than was asked for. */
  async #read(
    body: Dispatcher.ResponseData['body'],
    url: string,
    mostBytes: number,
  ): Promise<Buffer | undefined> {
    const chunks: Buffer[] = [];
    let length = 0;
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > mostBytes) return undefined;
        chunks.push(chunk);
      }
    } catch (cause) {
      throw new Unavailable('the server of the file breaks off', { url }, cause);
    }
    return Buffer.concat(chunks);
  }
}
