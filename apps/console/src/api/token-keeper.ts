const KEY = 'crier.token';

type Listener = () => void;

/** Keeps the token of whoever is signed in: for this tab, or on this computer until they sign out. */
class TokenKeeper {
  readonly #listeners = new Set<Listener>();

  get = (): string | null => sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);

  keep(token: string, { remembered }: { readonly remembered: boolean }): void {
    this.#clear();
    (remembered ? localStorage : sessionStorage).setItem(KEY, token);
    this.#tell();
  }

  drop(): void {
    if (this.get() === null) return;
    this.#clear();
    this.#tell();
  }

  /** Calls whenever the token changes, in other tabs too. Gives what ends it. */
  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    window.addEventListener('storage', listener);
    return () => {
      this.#listeners.delete(listener);
      window.removeEventListener('storage', listener);
    };
  };

  #clear(): void {
    sessionStorage.removeItem(KEY);
    localStorage.removeItem(KEY);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const tokenKeeper = new TokenKeeper();
