const TRIES = 60;
const PAUSE_MS = 1_000;

const isPending = async (response: Response): Promise<boolean> =>
  response.status === 202 && 'commandId' in ((await response.clone().json()) as object);

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/**
 * A request whose outcome is known when it resolves: while the API answers "not known yet" (202), it is repeated under its
 * `Idempotency-Key`, which does nothing twice.
 */
export const settled = async (request: Request): Promise<Response> => {
  for (let tries = 1; ; tries += 1) {
    const response = await globalThis.fetch(request.clone());
    if (tries === TRIES || !(await isPending(response))) return response;
    await pause();
  }
};
