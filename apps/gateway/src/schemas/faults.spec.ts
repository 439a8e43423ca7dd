import { describe, expect, it } from '@jest/globals';
import { faultsInBody } from './validator.ts';

const told = (schema: string, value: unknown) =>
  faultsInBody(schema, value).map(({ path, code, message }) => `${path}: ${code}: ${message}`);

describe('what is wrong with a body', () => {
  it('is told for every field, with the fix', () => {
    const buttons = [{ kind: 'lnk', label: 'x' }, { kind: 'link', label: 'x', url: 'ftp://a' }, {}];
    const elements = [
      { type: 'text', text: '', buttons },
      { type: 'image' },
      { type: 'image', url: 'https://a/x', media: 'y' },
      { type: 'sticker' },
      3,
    ];
    const channels = { 'A B': { elements: [] } };
    expect(told('MessageContent', { synchronised: 1, elements, channels })).toEqual([
      'synchronised: WRONG_TYPE: Give true or false.',
      'elements[0].text: TEXT_LENGTH: Give a text of 1 to 20000 characters.',
      'elements[0].buttons[0].kind: NOT_ALLOWED: Give a known kind: link, message or buy.',
      'elements[0].buttons[1].url: BAD_FORMAT: Give an http or https address.',
      'elements[0].buttons[2].kind: REQUIRED: Give kind here; it is required.',
      'elements[1]: EXACTLY_ONE: Give exactly one of the allowed forms: either url or media.',
      'elements[2]: EXACTLY_ONE: Give exactly one of the allowed forms: either url or media.',
      'elements[3].type: NOT_ALLOWED: Give a known type: text, image, video, audio, voice, file or gallery.',
      'elements[4]: WRONG_TYPE: Give an object.',
      'channels.A B: BAD_NAME: Name it with small letters, digits, - and _.',
    ]);
  });

  it('is told of the form that was meant, where several are allowed', () => {
    expect(told('Activation', { start: { local: 'x', zone: '' } })).toEqual([
      'start.local: BAD_FORMAT: Give a wall time such as 2026-12-01T09:00.',
      'start.zone: TEXT_LENGTH: Give a text of 1 to 64 characters.',
    ]);
    expect(told('Activation', { start: { local: '2026-12-01T09:00' } })).toEqual([
      'start.zone: REQUIRED: Give zone here; it is required.',
    ]);
    expect(told('Activation', { start: 'soon' })).toEqual([
      'start: NO_FORM_FITS: Give "now", or {"local": "2026-12-01T09:00", "zone": "Europe/Kyiv"}.',
    ]);
    expect(told('ContactChanges', [{ tags: 'vip' }])).toEqual([
      '[0].tags: WRONG_TYPE: Give a list.',
    ]);
    expect(told('ContactChanges', 'x')).toEqual([
      ': NO_FORM_FITS: Give a contact, or a list of 1 to 1,000 contacts.',
    ]);
  });

  it('is told of numbers by their range', () => {
    expect(told('Settings', { speed: 0 })).toEqual([
      'speed: OUT_OF_RANGE: Give a number from 1 to 100000.',
    ]);
    expect(told('Settings', { speed: 1.5, pace: 1 })).toEqual([
      'pace: UNKNOWN_FIELD: Remove it; known here: speed.',
      'speed: WRONG_TYPE: Give a whole number.',
    ]);
  });

  it('is told for at most 20 places', () => {
    const elements = Array.from({ length: 40 }, () => ({ type: 'text' }));
    expect(told('MessageContent', { synchronised: true, elements })).toHaveLength(20);
  });
});
