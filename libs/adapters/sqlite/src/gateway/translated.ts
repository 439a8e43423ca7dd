import { Unavailable } from '@crier/kernel';

/** Whatever SQLite throws becomes Unavailable; rejects instead of throwing. */
export const translated = <Value>(work: () => Value): Promise<Value> =>
  new Promise((resolve) => {
    try {
      resolve(work());
    } catch (error) {
      throw new Unavailable("the gateway's own file cannot be reached", {}, error);
    }
  });
