import { setTimeout as delay } from 'node:timers/promises';

/** Resolves when the assertion holds; rejects with its last failure after `ms`. */
export const eventually = async (
  assertion: () => void | Promise<void>,
  ms = 5_000,
): Promise<void> => {
  const deadline = performance.now() + ms;
  for (;;) {
    try {
      await assertion();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(10);
    }
  }
};
