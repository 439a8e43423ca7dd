import { expect, it } from 'vitest';
import { headerOf, withHeader } from './csv-header.ts';

it.each([
  ['a,b\n1,2\n', ['a', 'b'], 'x,y\n1,2\n'],
  ['\uFEFFa,b\r\n1,2\r\n', ['a', 'b'], 'x,y\n1,2\r\n'],
  ['"a, ""quoted""", b \n1,2', ['a, "quoted"', 'b'], 'x,y\n1,2'],
  ['місто,ім’я\nКиїв,Оля', ['місто', 'ім’я'], 'x,y\nКиїв,Оля'],
])('reads the names of %j and gives others to the same rows', async (text, names, after) => {
  const file = new Blob([text]);
  const header = await headerOf(file);
  expect(header.names).toEqual(names);
  await expect(withHeader(file, header, ['x', 'y']).text()).resolves.toBe(after);
});
