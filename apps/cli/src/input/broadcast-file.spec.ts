import { describe, expect, it } from '@jest/globals';
import { WrongUsage } from '../faults.ts';
import { broadcastFile } from './broadcast-file.ts';

const complaint = (source: string): WrongUsage => {
  try {
    broadcastFile(source, 'sale.yaml');
  } catch (error) {
    if (error instanceof WrongUsage) return error;
    throw error;
  }
  throw new Error('nothing was complained about');
};

const SALE = `
name: Spring sale
message:
  elements:
    - type: text
      text: Hi {{first_name | friend}}
      buttons:
        - { kind: link, label: See, url: "https://shop.example" }
settings: { speed: 25 }
start: { local: "2026-12-01T09:00", zone: Europe/Kyiv }
`;

describe('a broadcast file', () => {
  it('gives the draft as the API takes it, and the start apart', () => {
    const { draft, start } = broadcastFile(SALE, 'sale.yaml');
    expect(draft).toEqual({
      name: 'Spring sale',
      message: {
        synchronised: true,
        elements: [
          {
            type: 'text',
            text: 'Hi {{first_name | friend}}',
            buttons: [{ kind: 'link', label: 'See', url: 'https://shop.example' }],
          },
        ],
      },
      settings: { speed: 25 },
    });
    expect(start).toEqual({ local: '2026-12-01T09:00', zone: 'Europe/Kyiv' });
  });

  it('keeps wall times as they are written', () => {
    const { start } = broadcastFile('start: { local: 2026-12-01T09:00, zone: UTC }', 'x');
    expect(start).toEqual({ local: '2026-12-01T09:00', zone: 'UTC' });
  });

  it('starts now when it does not say when', () => {
    expect(broadcastFile('name: x', 'x').start).toBe('now');
  });

  it('reads JSON as well', () => {
    expect(broadcastFile('{"name": "x", "start": "now"}', 'x').draft).toEqual({ name: 'x' });
  });

  it('takes channels without common elements for contents of their own', () => {
    const source = 'message: { channels: { vk: { elements: [ { type: text, text: hi } ] } } }';
    expect(broadcastFile(source, 'x').draft.message).toMatchObject({
      synchronised: false,
      elements: [],
    });
  });

  it('names the line of a field, or of the nearest one above it', () => {
    const { lineOf } = broadcastFile(SALE, 'sale.yaml');
    expect(lineOf('message.elements[0].text')).toBe(6);
    expect(lineOf('message.elements[0].buttons[0].url')).toBe(8);
    expect(lineOf('message.elements[0].caption')).toBe(5);
    expect(lineOf('nothing')).toBeUndefined();
  });

  it('refuses unknown fields by name and line', () => {
    const { lines, exitCode } = complaint('name: x\nspeed: 25\n');
    expect(exitCode).toBe(2);
    expect(lines).toEqual(['speed (line 2): known are name, message, audience, settings, start']);
  });

  it('says where the YAML breaks', () => {
    const { message, lines } = complaint('name: x\n  settings: [\n');
    expect(message).toBe('sale.yaml is not valid YAML.');
    expect(lines.join('\n')).toContain('line 1, column 7');
  });

  it.each(['', '- a\n- b', 'only words'])('refuses what is no broadcast: %j', (source) => {
    expect(complaint(source).message).toContain('must hold one broadcast');
  });
});
