import { integer, object, oneOf, text, type JsonSchema } from './schema.ts';
import { SORTABLE } from '@crier/statistics';

const after = { ...text(1_000), description: 'the `next` of the page before' };
const limit = (most: number): JsonSchema => integer(1, most);
const moment: JsonSchema = {
  type: 'string',
  format: 'date-time',
  description: 'an instant such as 2026-01-01T09:00:00Z',
};

/** Queries by the name of what they ask for. */
export const querySchemas = {
  none: object({}),
  broadcasts: object(
    {},
    {
      optional: {
        status: {
          type: 'string',
          maxLength: 200,
          pattern:
            '^(draft|scheduled|preparing|sending|held|sent|stopped)(,(draft|scheduled|preparing|sending|held|sent|stopped))*$',
          description: 'statuses with commas between them',
        },
        channel: text(32),
        name: text(200),
        from: moment,
        to: moment,
        sort: {
          type: 'string',
          pattern: `^-?(${SORTABLE.join('|')})$`,
          description: `a column; a minus before it sorts downwards: ${SORTABLE.join(', ')}`,
        },
        limit: limit(200),
        after,
      },
    },
  ),
  recipients: object(
    {},
    {
      optional: {
        outcome: oneOf('waiting', 'sent', 'failed', 'skipped', 'unconfirmed'),
        reason: text(200),
        lane: integer(0, 100_000),
        limit: limit(1_000),
        after,
        format: oneOf('json', 'csv', 'ndjson'),
      },
    },
  ),
  deliveries: object({}, { optional: { limit: limit(200), after } }),
  contacts: object(
    {},
    {
      optional: {
        filter: { ...text(8_000), description: 'a filter as JSON' },
        limit: limit(1_000),
        after,
      },
    },
  ),
  exports: object(
    {},
    {
      optional: {
        format: oneOf('csv', 'ndjson'),
        filter: { ...text(8_000), description: 'a filter as JSON' },
      },
    },
  ),
  imports: object({}, { optional: { name: text(200) } }),
  preview: object({}, { optional: { contactId: text(64) } }),
} as const satisfies Readonly<Record<string, JsonSchema>>;

export type QueryName = keyof typeof querySchemas;
