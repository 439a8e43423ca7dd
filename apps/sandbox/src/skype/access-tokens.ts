import { randomBytes } from 'node:crypto';
import type { Bot } from '../bots.ts';

const MOST_TOKENS = 10_000;

interface Issued {
  readonly bot: Bot;
  /** In milliseconds since 1970. */
  readonly endsAt: number;
}

/** The tokens that the login has given, the newest 10,000. */
export class AccessTokens {
  readonly #issued = new Map<string, Issued>();
  /** Of tokens that are given from now on. */
  lifeS = 3600;

  issue(bot: Bot): { readonly token: string; readonly lifeS: number } {
    const token = `sandbox.${randomBytes(24).toString('base64url')}`;
    this.#issued.set(token, { bot, endsAt: Date.now() + this.lifeS * 1000 });
    if (this.#issued.size > MOST_TOKENS) this.#forgetOldest();
    return { token, lifeS: this.lifeS };
  }

  /** The bot of a token that is good now. */
  botOf(token: string): Bot | undefined {
    const issued = this.#issued.get(token);
    return issued !== undefined && Date.now() < issued.endsAt ? issued.bot : undefined;
  }

  /** Makes all tokens bad before their time. */
  revoke(): void {
    this.#issued.clear();
  }

  #forgetOldest(): void {
    for (const oldest of this.#issued.keys()) {
      this.#issued.delete(oldest);
      return;
    }
  }
}
