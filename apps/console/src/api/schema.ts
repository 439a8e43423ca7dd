// Made by `npm run console:api` from the description of the API. Not to be edited.
export interface paths {
  '/r/{ref}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Leads from a message to its target */
    get: operations['Links_follow'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/projections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How far the folds have come */
    get: operations['Admin_projections'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/rebuild': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Folds all read models anew, beside those that serve */
    post: operations['Admin_rebuild'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/verify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Proves the sums of every broadcast from its events alone */
    post: operations['Admin_verify'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/audience/count': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** How many an audience reaches now */
    post: operations['Audience_count'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/audience/list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** The contacts of an audience, or those whom a broadcast would reach, in pages */
    post: operations['Audience_list'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bots': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All bots */
    get: operations['Bots_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/bots/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One bot */
    get: operations['Bots_get'];
    /** Registers or changes a bot; the messenger checks the credentials */
    put: operations['Bots_put'];
    post?: never;
    /** Forgets a bot and its credentials */
    delete: operations['Bots_remove'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The table of broadcasts */
    get: operations['Broadcasts_list'];
    put?: never;
    /** Drafts a broadcast */
    post: operations['Broadcasts_draft'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One broadcast with its message, audience and settings */
    get: operations['Broadcasts_get'];
    put?: never;
    post?: never;
    /** Deletes a broadcast that is not sending; its deliveries stay known */
    delete: operations['Broadcasts_remove'];
    options?: never;
    head?: never;
    /** Renames a broadcast */
    patch: operations['Broadcasts_rename'];
    trace?: never;
  };
  '/v1/broadcasts/{id}/activate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Saves and activates sending */
    post: operations['BroadcastActions_activate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/audience': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Step 2: the audience */
    put: operations['Broadcasts_choose'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/copy': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A new draft with the same message, audience and settings */
    post: operations['BroadcastActions_copy'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The row of one broadcast as it changes (server-sent events) */
    get: operations['BroadcastReports_events'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/forecast': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How many it would reach now, through which bots, and how long it would take */
    get: operations['BroadcastReports_forecast'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who did what, and when */
    get: operations['BroadcastReports_history'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/hold': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Holds sending; the rest waits */
    post: operations['BroadcastActions_hold'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/message': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Step 1: the message */
    put: operations['Broadcasts_compose'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/message/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Copies elements of one channel to others, behind what these have */
    post: operations['Broadcasts_exportMessage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The message as a contact would see it */
    get: operations['BroadcastReports_preview'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/recipients': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One row per recipient; all of them as CSV or NDJSON */
    get: operations['BroadcastReports_recipients'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/report': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Everything about one broadcast */
    get: operations['BroadcastReports_report'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ends every hold of a broadcast and of its lanes */
    post: operations['BroadcastActions_resume'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sends once more to those who failed, or to those nobody knows of */
    post: operations['BroadcastActions_retry'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/settings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Step 3: the speed */
    put: operations['Broadcasts_configure'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/stop': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Stops sending for good; the rest is skipped */
    post: operations['BroadcastActions_stop'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sends the message to one contact; counted nowhere */
    post: operations['BroadcastActions_test'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/{id}/unschedule': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Takes a scheduled broadcast back to a draft */
    post: operations['BroadcastActions_unschedule'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/broadcasts/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Rows of the table as they change (server-sent events) */
    get: operations['BroadcastReports_tableEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/channels': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The channels that dispatchers have announced, with what they can do */
    get: operations['Bots_channels'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/commands/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What became of a command */
    get: operations['Commands_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/contacts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Contacts in pages, all or those of a filter */
    get: operations['Contacts_list'];
    put?: never;
    /** Creates or changes one contact, or up to 1,000 in one write */
    post: operations['Contacts_upsert'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/contacts/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One contact */
    get: operations['Contacts_get'];
    put?: never;
    post?: never;
    /** Forgets a person for good; counts stay */
    delete: operations['Contacts_erase'];
    options?: never;
    head?: never;
    /** Changes a contact; null empties a field */
    patch: operations['Contacts_change'];
    trace?: never;
  };
  '/v1/contacts/{id}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What this person got, and why not; newest first */
    get: operations['Contacts_deliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/conversions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Tells of up to 1,000 orders, sales and refunds; repeats change nothing */
    post: operations['Conversions_tell'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/exports/contacts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All contacts, or those of a filter, as CSV or NDJSON */
    get: operations['Exports_contacts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/imports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The last imports */
    get: operations['Imports_list'];
    put?: never;
    /** Imports a file of contacts: multipart/form-data, or the file itself as the body */
    post: operations['Imports_begin'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/imports/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How far an import has come */
    get: operations['Imports_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/imports/{id}/report': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The rows that failed, and why (CSV) */
    get: operations['Imports_report'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The name and the role of your token */
    get: operations['Me_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/media': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Keeps a file (multipart/form-data); the same bytes again give the same id */
    post: operations['Media_upload'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/media/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The file itself */
    get: operations['Media_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/media/{id}/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The file itself, under any name */
    get: operations['Media_getNamed'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/shops/{shop}/conversions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A shop tells of up to 1,000 orders, sales and refunds, signed; repeats change nothing */
    post: operations['Shops_tell'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/shops/{shop}/secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The secret that a shop signs with: the same for ever */
    get: operations['Shops_secret'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tokens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All tokens */
    get: operations['Tokens_list'];
    put?: never;
    /** Makes a token; it is shown this once */
    post: operations['Tokens_issue'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tokens/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revokes a token, at once */
    delete: operations['Tokens_revoke'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Activated: {
      channels: string[];
      clickedBuy: number;
      clickedLink: number;
      clickedMessage: number;
      completedAt: string | null;
      /** @description who wrote the message last, and when */
      composed: {
        actor: string;
        /** Format: date-time */
        at: string;
      } | null;
      copyOf: string | null;
      /** Format: date-time */
      createdAt: string;
      delivered: number | null;
      /** @description elements of the message that each channel shows; one with none gets no recipients */
      elementCounts: {
        [key: string]: number;
      };
      failed: number;
      held: {
        detail?: string;
        lane?: number;
        reason: string;
      }[];
      /** Format: uuid */
      id: string;
      name: string;
      opened: number | null;
      orders: number;
      planned: number;
      progressAt: string | null;
      revision: number;
      sales: number;
      sendAt: string | null;
      sent: number;
      skipped: number;
      speed: number;
      start: components['schemas']['StartShown'];
      startedAt: string | null;
      status: components['schemas']['BroadcastStatus'];
      unconfirmed: number;
      waiting: number;
    };
    Activation: {
      start: components['schemas']['Start'];
    };
    Audience: {
      filter: components['schemas']['Filter'];
      route?: components['schemas']['Route'];
    };
    AudienceCount: {
      excluded: {
        [key: string]: number;
      };
      matched: number;
      perBot: {
        botId: string;
        channel: string;
        count: number;
      }[];
      planned: number;
    };
    AudienceListQuestion: {
      after?: string;
      /** @description List only those whom the message of this broadcast would reach. */
      broadcastId?: string;
      filter: components['schemas']['Filter'];
      limit?: number;
      route?: components['schemas']['Route'];
    };
    AudienceQuestion: {
      /** @description Count those whom the message of this broadcast would reach. */
      broadcastId?: string;
      filter: components['schemas']['Filter'];
      route?: components['schemas']['Route'];
    };
    AudienceShown: {
      filter: components['schemas']['Filter'];
      route: components['schemas']['Route'];
    };
    Bot: {
      /**
       * Format: uri
       * @description an http or https address
       */
      apiUrl?: string;
      channel: string;
      /** @description Names of what is kept; never the values. */
      credentials: string[];
      /**
       * Format: uri
       * @description an http or https address
       */
      forwardTo?: string;
      id: string;
      name: string;
      rate: number;
      /** @description words by which people ask the bot to write no more; case does not matter */
      stopWords?: string[];
    };
    BotChange: {
      /**
       * Format: uri
       * @description an http or https address
       */
      apiUrl?: string;
      /** @description the name of a channel */
      channel: string;
      credentials?: {
        [key: string]: string;
      };
      /**
       * Format: uri
       * @description an http or https address
       */
      forwardTo?: string;
      name?: string;
      /** @description messages per second of the bot */
      rate?: number;
      /** @description words by which people ask the bot to write no more; case does not matter */
      stopWords?: string[];
    };
    BotList: {
      items: components['schemas']['Bot'][];
    };
    BotRegistered: {
      /**
       * Format: uri
       * @description an http or https address
       */
      apiUrl?: string;
      channel: string;
      /** @description Names of what is kept; never the values. */
      credentials: string[];
      /**
       * Format: uri
       * @description an http or https address
       */
      forwardTo?: string;
      id: string;
      name: string;
      rate: number;
      /** @description What was made up just now, for you to set on the other side. Shown this once. */
      secrets?: {
        [key: string]: string;
      };
      /** @description words by which people ask the bot to write no more; case does not matter */
      stopWords?: string[];
    };
    Broadcast: {
      audience: components['schemas']['AudienceShown'];
      channels: string[];
      clickedBuy: number;
      clickedLink: number;
      clickedMessage: number;
      completedAt: string | null;
      /** @description who wrote the message last, and when */
      composed: {
        actor: string;
        /** Format: date-time */
        at: string;
      } | null;
      contentRevision: number;
      copyOf: string | null;
      /** Format: date-time */
      createdAt: string;
      delivered: number | null;
      /** @description elements of the message that each channel shows; one with none gets no recipients */
      elementCounts: {
        [key: string]: number;
      };
      failed: number;
      held: {
        detail?: string;
        lane?: number;
        reason: string;
      }[];
      /** Format: uuid */
      id: string;
      message: components['schemas']['MessageContent'] | null;
      name: string;
      opened: number | null;
      orders: number;
      planned: number;
      progressAt: string | null;
      revision: number;
      sales: number;
      sendAt: string | null;
      sent: number;
      settings: components['schemas']['Settings'];
      skipped: number;
      speed: number;
      start: components['schemas']['StartShown'] | null;
      startedAt: string | null;
      status: components['schemas']['BroadcastStatus'];
      unconfirmed: number;
      waiting: number;
    };
    BroadcastCopy: {
      /** @description a text that people can see */
      name?: string;
    };
    BroadcastDraft: {
      audience?: components['schemas']['Audience'];
      message?: components['schemas']['MessageContent'];
      /** @description a text that people can see */
      name?: string;
      settings?: components['schemas']['Settings'];
    };
    BroadcastName: {
      /** @description a text that people can see */
      name: string;
    };
    BroadcastPage: {
      items: components['schemas']['BroadcastRow'][];
      /** @description Give it back as `after` to go on. */
      next?: string;
    };
    BroadcastReport: {
      audience: components['schemas']['AudienceShown'];
      buttons: components['schemas']['ButtonReport'][];
      channels: components['schemas']['ChannelReport'][];
      contentRevision: number;
      excluded: {
        [key: string]: number;
      };
      history: components['schemas']['HistoryEntry'][];
      lanes: components['schemas']['LaneReport'][];
      message: components['schemas']['MessageContent'] | null;
      reasons: {
        failed: {
          [key: string]: number;
        };
        skipped: {
          [key: string]: number;
        };
        unconfirmed: {
          [key: string]: number;
        };
      };
      retries: {
        /** Format: date-time */
        at: string;
        order: number;
        /** @enum {string} */
        what: 'failed' | 'unconfirmed';
      }[];
      revenue: components['schemas']['Revenue'][];
      row: components['schemas']['BroadcastRow'];
      settings: components['schemas']['Settings'];
      start: components['schemas']['StartShown'] | null;
      timeline: components['schemas']['Minute'][];
    };
    BroadcastRow: {
      channels: string[];
      clickedBuy: number;
      clickedLink: number;
      clickedMessage: number;
      completedAt: string | null;
      /** @description who wrote the message last, and when */
      composed: {
        actor: string;
        /** Format: date-time */
        at: string;
      } | null;
      copyOf: string | null;
      /** Format: date-time */
      createdAt: string;
      delivered: number | null;
      /** @description elements of the message that each channel shows; one with none gets no recipients */
      elementCounts: {
        [key: string]: number;
      };
      failed: number;
      held: {
        detail?: string;
        lane?: number;
        reason: string;
      }[];
      /** Format: uuid */
      id: string;
      name: string;
      opened: number | null;
      orders: number;
      planned: number;
      progressAt: string | null;
      revision: number;
      sales: number;
      sendAt: string | null;
      sent: number;
      skipped: number;
      speed: number;
      startedAt: string | null;
      status: components['schemas']['BroadcastStatus'];
      unconfirmed: number;
      waiting: number;
    };
    /** @enum {string} */
    BroadcastStatus:
      'draft' | 'scheduled' | 'preparing' | 'sending' | 'held' | 'sent' | 'stopped' | 'deleted';
    /** @description link, message or buy */
    Button:
      | components['schemas']['LinkButton']
      | components['schemas']['MessageButton']
      | components['schemas']['BuyButton'];
    ButtonReport: {
      button: number;
      channel: string;
      clicks: number;
      /** @enum {string} */
      kind: 'link' | 'message' | 'buy';
      label: string;
      orders: number;
      people: number;
      sales: number;
    };
    BuyButton: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'buy';
      label: string;
      /**
       * Format: uri
       * @description an http or https address
       */
      url: string;
    };
    Capabilities: {
      buttons: string[];
      channel: string;
      elements: string[];
      idempotent: boolean;
      limits: {
        buttonsPerMessage: number;
        captionLength: number;
        galleryCards: {
          least: number;
          most: number;
        };
        labelLength: number;
        mediaBytes: number;
        textLength: number;
      };
      /** @description credentials that are made up for bots that are registered without them */
      ownSecrets?: string[];
      rate: {
        most: number;
        standard: number;
      };
      reports: {
        delivered: boolean;
        opened: boolean;
      };
      version: string;
      /** @description messages may be sent for so long after the person wrote last */
      windowMs?: number;
    };
    ChannelList: {
      items: components['schemas']['ChannelShown'][];
    };
    ChannelReport: {
      channel: string;
      orders: number;
      sales: number;
    };
    ChannelShown: {
      /** @description A dispatcher has announced itself and not fallen silent. */
      alive: boolean;
      capabilities: components['schemas']['Capabilities'];
      channel: string;
      /** Format: date-time */
      expiresAt: string;
      instances: number;
    };
    CommandPending: {
      commandId: string;
      /** @description Look here for what became of it. */
      location: string;
    };
    CommandShown: {
      /** Format: date-time */
      askedAt: string;
      broadcastId?: string;
      commandId: string;
      rejection?: {
        code?: string;
      } & {
        [key: string]: unknown;
      };
      revision?: number;
      /** @enum {string} */
      state: 'pending' | 'accepted' | 'refused';
    };
    Connection: {
      address: string;
      botId: string;
      channel: string;
      main: boolean;
      /** @enum {string} */
      status: 'enabled' | 'unsubscribed' | 'blocked' | 'disabled';
      /** Format: date-time */
      statusAt: string;
    };
    /** @enum {string} */
    ConnectionStatus: 'enabled' | 'unsubscribed' | 'blocked' | 'disabled';
    Contact: {
      connections: components['schemas']['Connection'][];
      externalId?: string;
      /** Format: date-time */
      firstContactAt: string;
      firstName?: string;
      id: string;
      language?: string;
      /** Format: date-time */
      lastActiveAt: string;
      lastName?: string;
      tags: string[];
      tunnels: string[];
      variables: {
        [key: string]: string | number | boolean;
      };
      zone?: string;
    };
    ContactChange: {
      addTags?: string[];
      addTunnels?: string[];
      connections?: {
        address: string;
        botId: string;
        main?: boolean;
        /** @enum {string} */
        status?: 'enabled' | 'unsubscribed' | 'blocked' | 'disabled';
        statusAt?: string;
      }[];
      externalId?: string | null;
      firstContactAt?: string;
      firstName?: string | null;
      id?: string;
      /** @description BCP 47 */
      language?: string | null;
      lastActiveAt?: string;
      lastName?: string | null;
      removeTags?: string[];
      removeTunnels?: string[];
      tags?: string[];
      tunnels?: string[];
      variables?: {
        [key: string]: string | number | boolean | null;
      };
      /** @description IANA time zone */
      zone?: string | null;
    };
    /** @description a contact, or a list of 1 to 1,000 contacts */
    ContactChanges:
      components['schemas']['ContactChange'] | components['schemas']['ContactChange'][];
    ContactOrUpserted: components['schemas']['Contact'] | components['schemas']['UpsertedList'];
    ContactPage: {
      items: components['schemas']['Contact'][];
      next?: string;
    };
    ContactPatch: {
      addTags?: string[];
      addTunnels?: string[];
      connections?: {
        address: string;
        botId: string;
        main?: boolean;
        /** @enum {string} */
        status?: 'enabled' | 'unsubscribed' | 'blocked' | 'disabled';
        statusAt?: string;
      }[];
      externalId?: string | null;
      firstContactAt?: string;
      firstName?: string | null;
      /** @description BCP 47 */
      language?: string | null;
      lastActiveAt?: string;
      lastName?: string | null;
      removeTags?: string[];
      removeTunnels?: string[];
      tags?: string[];
      tunnels?: string[];
      variables?: {
        [key: string]: string | number | boolean | null;
      };
      /** @description IANA time zone */
      zone?: string | null;
    };
    Conversion: {
      /** @description a whole number of the currency’s smallest unit: 2590 for 25.90 */
      amount: number;
      /**
       * Format: date-time
       * @description when it happened, by the shop’s clock
       */
      at: string;
      /** @description ISO 4217, such as EUR */
      currency: string;
      /** @enum {string} */
      kind: 'order' | 'sale' | 'refund';
      /** @description the shop’s own name of the order */
      orderId: string;
      /** @description crier_ref, as the buy link brought it */
      ref: string;
      /** @description the shop’s own name of a refund; where absent, its instant names it */
      refundId?: string;
      /** @description the shop’s name, or <channel>:<bot> for what was paid inside a messenger */
      shop: string;
    };
    Conversions: {
      items: components['schemas']['Conversion'][];
    };
    ConversionsTold: {
      /** @description in the order of what was told */
      items: components['schemas']['ConversionTold'][];
      recorded: number;
      refused: number;
      repeated: number;
    };
    ConversionTold: {
      /**
       * @description repeated: it was told before, and changed nothing
       * @enum {string}
       */
      became: 'recorded' | 'repeated' | 'refused';
      error?: {
        code: string;
        message: string;
        path: string;
      };
      /** @enum {string} */
      kind: 'order' | 'sale' | 'refund';
      orderId: string;
    };
    /** @description text, image, video, audio, voice, file or gallery */
    Element:
      | components['schemas']['TextElement']
      | components['schemas']['MediaElement']
      | components['schemas']['GalleryElement'];
    /**
     * @description One condition, or a group {all|any|none: [filters]}. Conditions: {status}, {tag}, {tunnel}, {channel}, {bot}, {language}, {variable, is|isNot|above|below|contains|exists}, {firstContact|lastActive: {before?, after?, withinDays?}}, {behaviour: {did: sent|delivered|opened|clicked|ordered, button?, broadcast|lastDays}}.
     * @example {
     *       "all": [
     *         {
     *           "status": "enabled"
     *         },
     *         {
     *           "any": [
     *             {
     *               "tag": "vip"
     *             },
     *             {
     *               "tunnel": "spring"
     *             }
     *           ]
     *         }
     *       ]
     *     }
     * @example {
     *       "none": [
     *         {
     *           "behaviour": {
     *             "did": "sent",
     *             "lastDays": 7
     *           }
     *         }
     *       ]
     *     }
     */
    Filter: Record<string, never>;
    Forecast: {
      durationSeconds: number;
      excluded: {
        [key: string]: number;
      };
      /** Format: date-time */
      finishesAt: string;
      matched: number;
      /** @description messages that a recipient gets, at most */
      parts: number;
      perBot: {
        botId: string;
        channel: string;
        count: number;
        parts: number;
        seconds: number;
        share: number;
      }[];
      planned: number;
      speed: number;
      /** Format: date-time */
      startsAt: string;
      warnings: {
        code: string;
        message: string;
        path: string;
      }[];
    };
    GalleryCard: {
      buttons?: components['schemas']['Button'][];
      /** @description id of an upload */
      media?: string;
      text?: string;
      title?: string;
      /**
       * Format: uri
       * @description an http or https address
       */
      url?: string;
    } & (unknown | unknown);
    GalleryElement: {
      cards: components['schemas']['GalleryCard'][];
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'gallery';
    };
    History: {
      items: components['schemas']['HistoryEntry'][];
    };
    HistoryEntry: {
      actor: string;
      /** Format: date-time */
      at: string;
      facts: {
        [key: string]: string | number;
      };
      revision: number;
      what: string;
    };
    ImportJob: {
      /** Format: date-time */
      finishedAt?: string;
      /** @enum {string} */
      format: 'csv' | 'ndjson';
      id: string;
      message?: string;
      name: string;
      progress: {
        bytes: number;
        changed: number;
        created: number;
        failed: number;
        rows: number;
      };
      reason?: string;
      /** @description Where the rows that failed are listed (CSV). */
      report?: string;
      /** Format: date-time */
      startedAt: string;
      /** @enum {string} */
      state: 'running' | 'done' | 'failed';
    };
    ImportList: {
      items: components['schemas']['ImportJob'][];
    };
    LaneReport: {
      botId: string;
      channel: string;
      completed: boolean;
      failed: number;
      held: string | null;
      lane: number;
      planned: number;
      sent: number;
      skipped: number;
      unconfirmed: number;
      waiting: number;
    };
    LinkButton: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'link';
      label: string;
      /**
       * Format: uri
       * @description an http or https address
       */
      url: string;
    };
    Me: {
      name: string;
      /** @enum {string} */
      role: 'operator' | 'analyst' | 'channel' | 'admin';
    };
    Media: {
      bytes: number;
      contentType: string;
      id: string;
      name: string;
      sha256: string;
      url: string;
    };
    MediaElement: {
      buttons?: components['schemas']['Button'][];
      caption?: string;
      /** @description id of an upload */
      media?: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'image' | 'video' | 'audio' | 'voice' | 'file';
      /**
       * Format: uri
       * @description an http or https address
       */
      url?: string;
    } & (unknown | unknown);
    MessageButton: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      kind: 'message';
      label: string;
      payload: string;
    };
    MessageComposed: {
      channels: string[];
      clickedBuy: number;
      clickedLink: number;
      clickedMessage: number;
      completedAt: string | null;
      /** @description who wrote the message last, and when */
      composed: {
        actor: string;
        /** Format: date-time */
        at: string;
      } | null;
      copyOf: string | null;
      /** Format: date-time */
      createdAt: string;
      delivered: number | null;
      /** @description elements of the message that each channel shows; one with none gets no recipients */
      elementCounts: {
        [key: string]: number;
      };
      failed: number;
      held: {
        detail?: string;
        lane?: number;
        reason: string;
      }[];
      /** Format: uuid */
      id: string;
      name: string;
      opened: number | null;
      orders: number;
      planned: number;
      progressAt: string | null;
      revision: number;
      sales: number;
      sendAt: string | null;
      sent: number;
      skipped: number;
      speed: number;
      startedAt: string | null;
      status: components['schemas']['BroadcastStatus'];
      unconfirmed: number;
      waiting: number;
      warnings: {
        code: string;
        message: string;
        path: string;
      }[];
    };
    MessageContent: {
      channels?: {
        [key: string]: {
          elements: components['schemas']['Element'][];
        };
      };
      elements: components['schemas']['Element'][];
      /** @description true: one content for all channels; false: each has its own under `channels` */
      synchronised: boolean;
      /** @description added to the targets of link and buy buttons that have none of their own */
      utm?: components['schemas']['Utm'];
    };
    MessageExport: {
      /** @description indexes in the content of `from`; all of them where absent */
      elements?: number[];
      from: string;
      /** @description copies are added behind what these have */
      to: string[];
    };
    MessageExported: {
      channels: string[];
      clickedBuy: number;
      clickedLink: number;
      clickedMessage: number;
      completedAt: string | null;
      /** @description who wrote the message last, and when */
      composed: {
        actor: string;
        /** Format: date-time */
        at: string;
      } | null;
      copied: {
        as: string[];
        element: number;
        to: string;
      }[];
      copyOf: string | null;
      /** Format: date-time */
      createdAt: string;
      delivered: number | null;
      /** @description elements of the message that each channel shows; one with none gets no recipients */
      elementCounts: {
        [key: string]: number;
      };
      failed: number;
      held: {
        detail?: string;
        lane?: number;
        reason: string;
      }[];
      /** Format: uuid */
      id: string;
      name: string;
      opened: number | null;
      orders: number;
      planned: number;
      progressAt: string | null;
      refused: {
        element: number;
        errors: {
          code: string;
          message: string;
          path: string;
        }[];
        to: string;
      }[];
      revision: number;
      sales: number;
      sendAt: string | null;
      sent: number;
      skipped: number;
      speed: number;
      startedAt: string | null;
      status: components['schemas']['BroadcastStatus'];
      unconfirmed: number;
      waiting: number;
      warnings: {
        code: string;
        message: string;
        path: string;
      }[];
    };
    Minute: {
      clicks: number;
      failed: number;
      /** Format: date-time */
      minute: string;
      sent: number;
      skipped: number;
      unconfirmed: number;
    };
    Preview: {
      channels: {
        botId?: string;
        channel: string;
        parts: {
          buttons: {
            /** @enum {string} */
            kind: 'link' | 'message' | 'buy';
            label: string;
          }[];
          text: string;
          type: string;
        }[];
      }[];
      contactId?: string;
    };
    Problem: {
      code: string;
      detail: string;
      errors?: {
        code: string;
        message: string;
        path: string;
      }[];
      status: number;
      title: string;
      /** Format: uri */
      type: string;
    };
    Projection: {
      position: string | null;
      projection: string;
      rebuilding: boolean;
      recordedAt: string | null;
      version: number;
    };
    ProjectionList: {
      items: components['schemas']['Projection'][];
    };
    RebuildBegun: {
      /** @constant */
      started: true;
    };
    RecipientPage: {
      items: components['schemas']['RecipientRow'][];
      /** @description Give it back as `after` to go on. */
      next?: string;
    };
    RecipientRow: {
      at: string | null;
      botId: string;
      broadcastId: string;
      channel: string;
      contactId: string;
      index: number;
      lane: number;
      /** @description what the messenger accepted, on channels that report */
      messages: {
        id: string;
        /** Format: date-time */
        leftAt: string;
      }[];
      /** @enum {string} */
      outcome: 'waiting' | 'sent' | 'failed' | 'skipped' | 'unconfirmed';
      reason: string | null;
      receipts: {
        button?: number;
        count: number;
        /** Format: date-time */
        firstAt: string;
        /** @enum {string} */
        kind: 'delivered' | 'opened' | 'clicked' | 'ordered';
      }[];
    };
    Retry: {
      /** @enum {string} */
      what: 'failed' | 'unconfirmed';
    };
    Revenue: {
      /** @description what was paid, in the smallest unit of the currency */
      amount: number;
      currency: string;
      /**
       * @description more than 2^53 was paid or refunded
       * @constant
       */
      incomplete?: true;
      /** @description what of it was given back */
      refunded: number;
    };
    /** @description "main", or {"bots": […]}: the first of these bots that reaches the person */
    Route:
      | 'main'
      | {
          bots: string[];
        };
    Settings: {
      /** @description messages per second; the deployment has a ceiling, 25 unless raised */
      speed: number;
    };
    ShopConversion: {
      /** @description a whole number of the currency’s smallest unit: 2590 for 25.90 */
      amount: number;
      /**
       * Format: date-time
       * @description when it happened, by the shop’s clock
       */
      at: string;
      /** @description ISO 4217, such as EUR */
      currency: string;
      /** @enum {string} */
      kind: 'order' | 'sale' | 'refund';
      /** @description the shop’s own name of the order */
      orderId: string;
      /** @description crier_ref, as the buy link brought it */
      ref: string;
      /** @description the shop’s own name of a refund; where absent, its instant names it */
      refundId?: string;
    };
    ShopConversions: {
      items: components['schemas']['ShopConversion'][];
    };
    ShopSecret: {
      secret: string;
      shop: string;
    };
    /** @description "now", or {"local": "2026-12-01T09:00", "zone": "Europe/Kyiv"} */
    Start:
      | 'now'
      | {
          /** @description a wall time such as 2026-12-01T09:00 */
          local: string;
          /** @description an IANA time zone such as Europe/Kyiv */
          zone: string;
        };
    StartShown:
      | {
          /** @constant */
          mode: 'now';
        }
      | {
          /** Format: date-time */
          instant: string;
          local: string;
          /** @constant */
          mode: 'at';
          /** @description The wall time taken where daylight saving skips the one asked for. */
          movedTo?: string;
          zone: string;
        };
    TestSend: {
      botId?: string;
      contactId: string;
    };
    TestSent: {
      botId: string;
      contactId: string;
      /** @constant */
      sent: true;
    };
    TextElement: {
      buttons?: components['schemas']['Button'][];
      /** @description CommonMark's bold, italic, strike, code and link; `{{variable | fallback}}` is filled for each person. */
      text: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: 'text';
    };
    TokenIssued: {
      /** Format: date-time */
      createdAt: string;
      id: string;
      name: string;
      revoked: boolean;
      /** @enum {string} */
      role: 'operator' | 'analyst' | 'channel' | 'admin';
      /** @description Shown this once. */
      token: string;
    };
    TokenList: {
      items: components['schemas']['TokenShown'][];
    };
    TokenShown: {
      /** Format: date-time */
      createdAt: string;
      id: string;
      /** Format: date-time */
      lastUsedAt?: string;
      name: string;
      revoked: boolean;
      /** @enum {string} */
      role: 'operator' | 'analyst' | 'channel' | 'admin';
    };
    TokenWanted: {
      /** @description a visible text */
      name: string;
      /** @enum {string} */
      role: 'operator' | 'analyst' | 'channel' | 'admin';
    };
    Upserted:
      | {
          created: boolean;
          id: string;
          /** @constant */
          ok: true;
        }
      | {
          code: string;
          field: string;
          message: string;
          /** @constant */
          ok: false;
        };
    UpsertedList: {
      items: components['schemas']['Upserted'][];
    };
    Utm: {
      campaign: string;
      medium: string;
      source: string;
    };
    Verification: {
      broadcasts: {
        differences: string[];
        id: string;
        ok: boolean;
      }[];
      ok: boolean;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  Links_follow: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        ref: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      302: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description text/html */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Admin_projections: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ProjectionList */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProjectionList'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Admin_rebuild: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description RebuildBegun */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RebuildBegun'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Admin_verify: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Verification */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Verification'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Audience_count: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AudienceQuestion'];
      };
    };
    responses: {
      /** @description AudienceCount */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AudienceCount'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Audience_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AudienceListQuestion'];
      };
    };
    responses: {
      /** @description ContactPage */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ContactPage'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Bots_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description BotList */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BotList'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Bots_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Bot */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Bot'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Bots_put: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BotChange'];
      };
    };
    responses: {
      /** @description BotRegistered */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BotRegistered'];
        };
      };
      /** @description BotRegistered */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BotRegistered'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Bots_remove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Broadcasts_list: {
    parameters: {
      query?: {
        after?: string;
        channel?: string;
        from?: string;
        limit?: number;
        name?: string;
        sort?: string;
        status?: string;
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description BroadcastPage */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BroadcastPage'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Broadcasts_draft: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats with the same key get the first answer. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the broadcast that the change was made on. */
        'If-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['BroadcastDraft'];
      };
    };
    responses: {
      /** @description BroadcastRow */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BroadcastRow'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Broadcasts_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Broadcast */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Broadcast'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Broadcasts_remove: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats with the same key get the first answer. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the broadcast that the change was made on. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Broadcasts_rename: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats with the same key get the first answer. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the broadcast that the change was made on. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BroadcastName'];
      };
    };
    responses: {
      /** @description BroadcastRow */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BroadcastRow'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BroadcastActions_activate: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats with the same key get the first answer. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the broadcast that the change was made on. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Activation'];
      };
    };
    responses: {
      /** @description Activated */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Activated'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Broadcasts_choose: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats with the same key get the first answer. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the broadcast that the change was made on. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Audience'];
      };
    };
    responses: {
      /** @description BroadcastRow */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BroadcastRow'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BroadcastActions_copy: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats with the same key get the first answer. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the broadcast that the change was made on. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['BroadcastCopy'];
      };
    };
    responses: {
      /** @description BroadcastRow */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BroadcastRow'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BroadcastReports_events: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description text/event-stream */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BroadcastReports_forecast: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Forecast */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Forecast'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BroadcastReports_history: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description History */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['History'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BroadcastActions_hold: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats with the same key get the first answer. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the broadcast that the change was made on. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description BroadcastRow */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BroadcastRow'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Broadcasts_compose: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats with the same key get the first answer. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the broadcast that the change was made on. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['MessageContent'];
      };
    };
    responses: {
      /** @description MessageComposed */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessageComposed'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Broadcasts_exportMessage: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats with the same key get the first answer. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the broadcast that the change was made on. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['MessageExport'];
      };
    };
    responses: {
      /** @description MessageExported */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessageExported'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BroadcastReports_preview: {
    parameters: {
      query?: {
        contactId?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Preview */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Preview'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BroadcastReports_recipients: {
    parameters: {
      query?: {
        after?: string;
        format?: 'json' | 'csv' | 'ndjson';
        lane?: number;
        limit?: number;
        outcome?: 'waiting' | 'sent' | 'failed' | 'skipped' | 'unconfirmed';
        reason?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description RecipientPage */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecipientPage'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BroadcastReports_report: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description BroadcastReport */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BroadcastReport'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BroadcastActions_resume: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats with the same key get the first answer. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the broadcast that the change was made on. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description BroadcastRow */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BroadcastRow'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BroadcastActions_retry: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats with the same key get the first answer. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the broadcast that the change was made on. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Retry'];
      };
    };
    responses: {
      /** @description BroadcastRow */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BroadcastRow'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Broadcasts_configure: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats with the same key get the first answer. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the broadcast that the change was made on. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Settings'];
      };
    };
    responses: {
      /** @description BroadcastRow */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BroadcastRow'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BroadcastActions_stop: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats with the same key get the first answer. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the broadcast that the change was made on. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description BroadcastRow */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BroadcastRow'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BroadcastActions_test: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats with the same key get the first answer. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the broadcast that the change was made on. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TestSend'];
      };
    };
    responses: {
      /** @description TestSent */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TestSent'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BroadcastActions_unschedule: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeats with the same key get the first answer. */
        'Idempotency-Key'?: string;
        /** @description The ETag of the broadcast that the change was made on. */
        'If-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description BroadcastRow */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BroadcastRow'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BroadcastReports_tableEvents: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description text/event-stream */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Bots_channels: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ChannelList */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChannelList'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Commands_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description CommandShown */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandShown'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Contacts_list: {
    parameters: {
      query?: {
        after?: string;
        filter?: string;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ContactPage */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ContactPage'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Contacts_upsert: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ContactChanges'];
      };
    };
    responses: {
      /** @description ContactOrUpserted */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ContactOrUpserted'];
        };
      };
      /** @description Contact */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Contact'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Contacts_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Contact */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Contact'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Contacts_erase: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Contacts_change: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ContactPatch'];
      };
    };
    responses: {
      /** @description Contact */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Contact'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Contacts_deliveries: {
    parameters: {
      query?: {
        after?: string;
        limit?: number;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description RecipientPage */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecipientPage'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Conversions_tell: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Conversions'];
      };
    };
    responses: {
      /** @description ConversionsTold */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConversionsTold'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Exports_contacts: {
    parameters: {
      query?: {
        filter?: string;
        format?: 'csv' | 'ndjson';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description text/csv */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Imports_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ImportList */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImportList'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Imports_begin: {
    parameters: {
      query?: {
        name?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/x-ndjson': string;
        'multipart/form-data': string;
        'text/csv': string;
      };
    };
    responses: {
      /** @description ImportJob */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImportJob'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Imports_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ImportJob */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImportJob'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Imports_report: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description text/csv */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Me_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Me */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Me'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Media_upload: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'multipart/form-data': string;
      };
    };
    responses: {
      /** @description Media */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Media'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Media_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description application/octet-stream */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/octet-stream': string;
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Media_getNamed: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description application/octet-stream */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/octet-stream': string;
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Shops_tell: {
    parameters: {
      query?: never;
      header: {
        /** @description `sha256=` and the hexadecimal HMAC-SHA256 of `<timestamp>.<body>` with the shop’s secret. */
        'X-Crier-Signature': string;
        /** @description Seconds since 1970; no more than 5 minutes off. */
        'X-Crier-Timestamp': string;
      };
      path: {
        shop: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ShopConversions'];
      };
    };
    responses: {
      /** @description ConversionsTold */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConversionsTold'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Shops_secret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        shop: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ShopSecret */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ShopSecret'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Tokens_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description TokenList */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokenList'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Tokens_issue: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TokenWanted'];
      };
    };
    responses: {
      /** @description TokenIssued */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TokenIssued'];
        };
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Tokens_revoke: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description a problem */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
