import { parseHtml, type Entity, type Formatted } from './html.ts';
import { asObject, badRequest, isRefusal, structured, textOf } from './method.ts';
import type { Params, Refusal } from './method.ts';

const LONGEST_TEXT = 4096;
const LONGEST_CAPTION = 1024;

const isWithin = (entity: unknown, length: number): boolean => {
  const fields = asObject(entity);
  if (typeof fields?.['type'] !== 'string') return false;
  const { offset, length: extent } = fields;
  if (typeof offset !== 'number' || typeof extent !== 'number') return false;
  return offset >= 0 && extent > 0 && offset + extent <= length;
};

const givenEntities = (value: unknown, length: number): readonly Entity[] | Refusal => {
  if (value === undefined) return [];
  const entities = structured(value);
  if (!Array.isArray(entities))
    return badRequest("can't parse message entities: expected an Array");
  return entities.every((entity) => isWithin(entity, length))
    ? (entities as readonly Entity[])
    : badRequest('ENTITY_BOUNDS_INVALID');
};

const formatted = (source: string, mode: unknown, given: unknown): Formatted | Refusal => {
  if (typeof mode === 'string' && mode !== '') {
    const name = mode.toLowerCase();
    if (name === 'markdown' || name === 'markdownv2') return { text: source, entities: [] };
    if (name !== 'html') return badRequest('unsupported parse_mode');
    const parsed = parseHtml(source);
    return 'fault' in parsed ? badRequest(`can't parse entities: ${parsed.fault}`) : parsed;
  }
  const entities = givenEntities(given, source.length);
  return 'refused' in entities ? entities : { text: source, entities };
};

/** The text of a message, checked after its entities are parsed. Markdown is taken as plain text. */
export const messageText = (params: Params): Formatted | Refusal => {
  const source = textOf(params['text']) ?? '';
  const result = formatted(source, params['parse_mode'], params['entities']);
  if (isRefusal(result)) return result;
  if (result.text.trim() === '') return badRequest('message text is empty');
  return result.text.length > LONGEST_TEXT ? badRequest('message is too long') : result;
};

/** The fields of a caption: none when it is absent or empty. */
export const captionFields = (params: Params): Params | Refusal => {
  const source = textOf(params['caption']) ?? '';
  const result = formatted(source, params['parse_mode'], params['caption_entities']);
  if (isRefusal(result)) return result;
  if (result.text.length > LONGEST_CAPTION) return badRequest('message caption is too long');
  if (result.text === '') return {};
  return result.entities.length === 0
    ? { caption: result.text }
    : { caption: result.text, caption_entities: result.entities };
};
