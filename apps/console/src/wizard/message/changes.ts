import type { MessageButton } from '../../api/types.ts';

/** A file: by address, or by the id of an upload. */
export interface Source {
  readonly url?: string;
  readonly media?: string;
}

/** A thing with other buttons; with none it has no list of them at all. */
export const withButtons = <E extends { buttons?: MessageButton[] }>(
  { buttons: _before, ...rest }: E,
  buttons: readonly MessageButton[],
) => (buttons.length === 0 ? rest : { ...rest, buttons: [...buttons] });

/** A thing with another file. */
export const withSource = <E extends Source>(
  { url: _url, media: _media, ...rest }: E,
  source: Source,
) => ({
  ...rest,
  ...source,
});

/** A thing with another text of this name; an empty one is left out. */
export const withText = <N extends string, E extends Partial<Record<N, string>>>(
  thing: E,
  name: N,
  text: string,
): E => {
  const { [name]: before, ...rest } = thing;
  if (text === before) return thing;
  return (text === '' ? rest : { ...rest, [name]: text }) as E;
};
