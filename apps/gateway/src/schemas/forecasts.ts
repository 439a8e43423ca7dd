import {
  count,
  instant,
  integer,
  list,
  object,
  oneOf,
  record,
  text,
  type JsonSchema,
} from './schema.ts';

/** What a broadcast would do, and how its message looks. */
export const forecastSchemas: Readonly<Record<string, JsonSchema>> = {
  Forecast: object({
    matched: count,
    planned: count,
    perBot: list(
      object({
        botId: text(256),
        channel: text(64),
        count,
        parts: count,
        share: { type: 'number' },
        seconds: { type: 'number' },
      }),
    ),
    excluded: record(count),
    speed: integer(1),
    parts: { ...count, description: 'messages that a recipient gets, at most' },
    durationSeconds: { type: 'number' },
    startsAt: instant,
    finishesAt: instant,
    warnings: list(object({ code: text(64), path: text(500, 0), message: text(2_000) })),
  }),
  Preview: object(
    {
      channels: list(
        object(
          {
            channel: text(64),
            parts: list(
              object({
                type: text(64),
                text: { type: 'string' },
                buttons: list(
                  object({ kind: oneOf('link', 'message', 'buy'), label: { type: 'string' } }),
                ),
              }),
            ),
          },
          { optional: { botId: text(256) } },
        ),
      ),
    },
    { optional: { contactId: text(64) } },
  ),
};
