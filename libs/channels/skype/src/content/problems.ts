import { ContentRules, type ContentProblem } from '@crier/connector';
import { MOST_LABEL_LENGTH, MOST_URL_LENGTH } from '../limits.ts';

export type Problems = readonly ContentProblem[];

export const rules = new ContentRules({
  messenger: 'Skype',
  urlLength: MOST_URL_LENGTH,
  labelLength: MOST_LABEL_LENGTH,
});
