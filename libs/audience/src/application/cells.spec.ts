import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  cellOf,
  csvLine,
  guessed,
  labelsCell,
  labelsIn,
  withFormula,
  withoutFormula,
} from './cells.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    '"',
    '""',
    '"x"',
    "'",
    "'=1",
    '=1',
    '-5',
    '+380',
    '@a',
    '007',
    'true',
    '1e3',
    "''-",
  ),
);

describe('cells', () => {
  it('read back what was written, whatever the text', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(withFormula(withoutFormula(value))).toBe(value);
        expect(guessed(cellOf(value))).toBe(value);
      }),
    );
  });

  it('read back numbers and booleans', () => {
    const number = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .filter((value) => value !== 0);
    fc.assert(
      fc.property(fc.oneof(number, fc.integer(), fc.boolean()), (value) => {
        const cell = cellOf(value);
        expect(guessed(cell)).toEqual(value);
      }),
    );
  });

  it('read back labels with any characters', () => {
    const label = text.filter((one) => one !== '');
    fc.assert(
      fc.property(fc.array(label, { maxLength: 4 }), (labels) => {
        expect(labelsIn(labelsCell(labels))).toEqual(labels);
      }),
    );
  });

  it.each([
    ['30', 30],
    ['-1.5', -1.5],
    ['true', true],
    ['007', '007'],
    ['+380501234567', '+380501234567'],
    ['12345678901234567890', '12345678901234567890'],
    ['TRUE', 'TRUE'],
    ["'=SUM(A1)", '=SUM(A1)'],
    ['"30"', '30'],
  ])('guess %s to be %j', (cell, value) => {
    expect(guessed(cell)).toBe(value);
  });

  it('never begin a text as a formula would', () => {
    for (const formula of ['=1+1', '+1', '-x', '@SUM', '\t=1']) {
      expect(csvLine([cellOf(formula)])).toMatch(/^"?'/);
    }
  });

  it('takes labels as people write them', () => {
    expect(labelsIn(' a | b||c ')).toEqual(['a', 'b', 'c']);
  });
});
