import type acts from '../texts/en/acts.json';
import type bots from '../texts/en/bots.json';
import type common from '../texts/en/common.json';
import type contacts from '../texts/en/contacts.json';
import type imports from '../texts/en/imports.json';
import type media from '../texts/en/media.json';
import type overview from '../texts/en/overview.json';
import type problems from '../texts/en/problems.json';
import type report from '../texts/en/report.json';
import type session from '../texts/en/session.json';
import type table from '../texts/en/table.json';
import type tokens from '../texts/en/tokens.json';
import type wizard from '../texts/en/wizard.json';
import type words from '../texts/en/words.json';

declare module 'i18next' {
  /** The English texts say which keys there are: a key that is missing does not compile. */
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      acts: typeof acts;
      bots: typeof bots;
      common: typeof common;
      contacts: typeof contacts;
      imports: typeof imports;
      media: typeof media;
      overview: typeof overview;
      problems: typeof problems;
      report: typeof report;
      session: typeof session;
      table: typeof table;
      tokens: typeof tokens;
      wizard: typeof wizard;
      words: typeof words;
    };
  }
}
