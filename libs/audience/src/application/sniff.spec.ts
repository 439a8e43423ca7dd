import { describe, expect, it } from '@jest/globals';
import { sniff } from './sniff.ts';

describe('sniff', () => {
  it.each([
    ['ffd8ffe000104a464946', 'image/jpeg'],
    ['89504e470d0a1a0a', 'image/png'],
    [Buffer.from('GIF89a..').toString('hex'), 'image/gif'],
    [Buffer.from('RIFF\0\0\0\0WEBPVP8 ').toString('hex'), 'image/webp'],
    [Buffer.from('RIFF\0\0\0\0WAVEfmt ').toString('hex'), 'application/octet-stream'],
    [Buffer.from('\0\0\0\x18ftypisom').toString('hex'), 'video/mp4'],
    [Buffer.from('\0\0\0\x18ftypM4A ').toString('hex'), 'audio/mp4'],
    [Buffer.from('\0\0\0\x18ftypheic').toString('hex'), 'application/octet-stream'],
    ['1a45dfa3934282847765626d', 'video/webm'],
    ['1a45dfa3a342826d6174726f736b61', 'application/octet-stream'],
    [Buffer.from('ID3\x03').toString('hex'), 'audio/mpeg'],
    ['fffb9064', 'audio/mpeg'],
    ['fff15080', 'application/octet-stream'],
    [Buffer.from('OggS\0').toString('hex'), 'audio/ogg'],
    [Buffer.from('%PDF-1.7').toString('hex'), 'application/pdf'],
    [Buffer.from('<html>').toString('hex'), 'application/octet-stream'],
    ['', 'application/octet-stream'],
  ])('tells %s to be %s', (hex, type) => {
    expect(sniff(Buffer.from(hex, 'hex'))).toBe(type);
  });
});
