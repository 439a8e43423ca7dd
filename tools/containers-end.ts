/** Stops what `containers.ts` has started. */
export default async (): Promise<void> => {
  for (const container of globalThis.containers ?? []) await container.stop();
};
