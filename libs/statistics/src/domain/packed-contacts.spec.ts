import { contactIds } from '@crier/statistics/testing';
import { describe, expect, it } from '@jest/globals';
import { contactAt, packContacts, slotOf } from './packed-contacts.ts';

describe('packed contacts', () => {
  const usual = contactIds(9);
  const unusual = ['short', 'a contact id of an older import', 'c000000000000001'];

  it.each([
    ['of the usual form', usual],
    ['of any form', unusual],
  ])('gives back ids %s, and where each lies', (_, ids) => {
    const packed = packContacts(ids);
    expect(ids.map((_id, slot) => contactAt(packed, slot))).toEqual(ids);
    expect(ids.map((id) => slotOf(packed, id))).toEqual(ids.map((_id, slot) => slot));
    expect(contactAt(packed, ids.length)).toBe('');
  });

  it('takes twelve bytes an id', () => {
    expect(packContacts(usual)).toHaveLength(9 * 12);
  });

  it('finds no stranger, not even one whose bytes lie across two ids', () => {
    const packed = packContacts(['AAAAAAAAAAAABBBB', 'BBBBBBBBBBBBCCCC']);
    expect(slotOf(packed, 'AAAABBBBBBBBBBBB')).toBe(-1);
    expect(slotOf(packed, 'x')).toBe(-1);
    expect(slotOf(packContacts(unusual), 'x')).toBe(-1);
  });
});
