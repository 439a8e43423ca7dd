import { UploadRefused } from '@crier/connector';
import { Unavailable } from '@crier/kernel';
import { Agent, interceptors, request, type Dispatcher } from 'undici';

const MOST_REDIRECTIONS = 3;
const TOTAL = /\/(\d+)$/;

const wholeNumber = (text: unknown): number | undefined =>
  typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

const sizeIn = ({ statusCode, headers }: Dispatcher.ResponseData): number | undefined => {
  if (statusCode === 206) return wholeNumber(TOTAL.exec(String(headers['content-range']))?.[1]);
  return statusCode === 200 ? wholeNumber(headers['content-length']) : undefined;
};

/** Asks the servers of files how large they are. */
export class FileSizes {
  readonly #agent: Agent;
  readonly #dispatcher: Dispatcher;

  /** `timeoutMs`: to connect, and for an answer. */
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

  /** In bytes. @throws UploadRefused where the server does not say; Unavailable where it cannot be asked now. */
  async of(url: string): Promise<number> {
    // Some servers answer HEAD with nothing, or not at all: then the first byte is asked for.
    const size = (await this.#ask(url, 'HEAD')) ?? (await this.#ask(url, 'GET'));
    if (size === undefined)
      throw new UploadRefused('the server of the file does not say how large it is', { url });
    return size;
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #ask(url: string, method: 'HEAD' | 'GET'): Promise<number | undefined> {
    const response = await this.#answer(url, method);
    response.body.on('error', () => undefined).destroy();
    if (response.statusCode >= 500)
      throw new Unavailable('the server of the file does not answer', { url });
    return sizeIn(response);
  }

  async #answer(url: string, method: 'HEAD' | 'GET'): Promise<Dispatcher.ResponseData> {
    const headers = method === 'GET' ? { range: 'bytes=0-0' } : {};
    try {
      return await request(url, { method, headers, dispatcher: this.#dispatcher });
    } catch (cause) {
      throw new Unavailable('the server of the file does not answer', { url }, cause);
    }
  }
}
