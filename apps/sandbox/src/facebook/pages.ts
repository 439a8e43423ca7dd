import type { Bot } from '../bots.ts';

/** The app that a Page's messages go through. */
export interface App {
  readonly id: string;
  /** Signs the calls to the webhook. */
  readonly secret: string;
}

interface Page {
  app: App;
  callback: string | undefined;
  fields: readonly string[] | undefined;
}

/** The app of Pages that were registered without one. */
export const DEFAULT_APP: App = { id: '900000000000001', secret: 'app-secret' };

/** What the sandbox knows of Pages beside their tokens. A webhook is called once it has an address and fields. */
export class Pages {
  readonly #pages = new Map<Bot, Page>();

  appOf(bot: Bot): App {
    return this.#of(bot).app;
  }

  /** Puts the Page into an app; absent parts stay as they are. */
  setApp(
    bot: Bot,
    app: { readonly id?: string | undefined; readonly secret?: string | undefined },
  ) {
    const page = this.#of(bot);
    page.app = { id: app.id ?? page.app.id, secret: app.secret ?? page.app.secret };
  }

  /** Has the app's webhook called at this address. */
  setCallback(bot: Bot, url: string): void {
    this.#of(bot).callback = url;
    this.#apply(bot);
  }

  /** Has the app told of these fields of the Page. */
  subscribe(bot: Bot, fields: readonly string[]): void {
    this.#of(bot).fields = fields;
    this.#apply(bot);
  }

  #of(bot: Bot): Page {
    const known = this.#pages.get(bot);
    if (known !== undefined) return known;
    const fresh: Page = { app: DEFAULT_APP, callback: undefined, fields: undefined };
    this.#pages.set(bot, fresh);
    return fresh;
  }

  #apply(bot: Bot): void {
    const { callback: url, fields: allowedUpdates } = this.#of(bot);
    bot.webhook =
      url === undefined || allowedUpdates === undefined
        ? undefined
        : { url, secretToken: undefined, allowedUpdates };
  }
}
