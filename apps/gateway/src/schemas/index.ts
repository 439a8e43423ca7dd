import { audienceSchemas } from './audience.ts';
import { broadcastSchemas } from './broadcasts.ts';
import { forecastSchemas } from './forecasts.ts';
import { contentSchemas } from './content.ts';
import { conversionSchemas } from './conversions.ts';
import type { JsonSchema } from './schema.ts';
import { thingSchemas } from './things.ts';

/** Every body and answer of the API by its name: for checking requests, for the description, and for checking answers in tests. */
export const schemas: Readonly<Record<string, JsonSchema>> = {
  ...contentSchemas,
  ...audienceSchemas,
  ...broadcastSchemas,
  ...forecastSchemas,
  ...conversionSchemas,
  ...thingSchemas,
};
