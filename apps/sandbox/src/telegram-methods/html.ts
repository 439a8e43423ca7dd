/** A stretch of text with a form; offsets and lengths in UTF-16 units, as Telegram counts. */
export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
}

/** A text without markup and what the markup said. */
export interface Formatted {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/** What is wrong with the markup, in Telegram's words. */
export interface Unparsable {
  readonly fault: string;
}

interface OpenTag {
  readonly name: string;
  readonly offset: number;
  readonly attributes: string;
}

const TYPES = new Map([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['s', 'strikethrough'],
  ['strike', 'strikethrough'],
  ['del', 'strikethrough'],
  ['a', 'text_link'],
  ['code', 'code'],
  ['pre', 'pre'],
  ['span', 'spoiler'],
  ['tg-spoiler', 'spoiler'],
  ['tg-emoji', 'custom_emoji'],
  ['blockquote', 'blockquote'],
]);

const NAMED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
]);

const REFERENCE = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(lt|gt|amp|quot));?/g;
const TAG = /<(\/?)([^\s>/]*)([^>]*)>/y;
const HIGHEST_CODE_POINT = 0x10ffff;

const character = (code: number, asWritten: string): string =>
  code > 0 && code <= HIGHEST_CODE_POINT ? String.fromCodePoint(code) : asWritten;

const decoded = (source: string): string =>
  source.includes('&')
    ? source.replace(REFERENCE, (all: string, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return NAMED.get(name) ?? all;
        return character(decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal), all);
      })
    : source;

const attribute = (attributes: string, name: string): string | undefined => {
  const found = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i');
  const match = found.exec(attributes);
  return match === null ? undefined : decoded(match[1] ?? match[2] ?? match[3] ?? '');
};

const isAllowed = (tag: OpenTag): boolean =>
  TYPES.has(tag.name) &&
  (tag.name !== 'span' || attribute(tag.attributes, 'class') === 'tg-spoiler');

class HtmlReader {
  readonly #source: string;
  readonly #open: OpenTag[] = [];
  readonly #entities: Entity[] = [];
  #text = '';

  constructor(source: string) {
    this.#source = source;
  }

  read(): Formatted | Unparsable {
    let position = 0;
    while (position < this.#source.length) {
      const start = this.#source.indexOf('<', position);
      const end = start === -1 ? this.#source.length : start;
      this.#text += decoded(this.#source.slice(position, end));
      if (start === -1) break;
      TAG.lastIndex = start;
      const tag = TAG.exec(this.#source);
      if (tag === null) return this.#faultAt('Unclosed start tag', start);
      const fault = this.#meet(tag, start);
      if (fault !== undefined) return fault;
      position = TAG.lastIndex;
    }
    const left = this.#open.at(-1);
    if (left !== undefined)
      return { fault: `Can't find end tag corresponding to start tag "${left.name}"` };
    return {
      text: this.#text,
      entities: this.#entities.sort((a, b) => a.offset - b.offset || b.length - a.length),
    };
  }

  #meet(match: RegExpExecArray, start: number): Unparsable | undefined {
    const [, slash, name = '', attributes = ''] = match;
    const tag = { name: name.toLowerCase(), offset: this.#text.length, attributes };
    if (slash === '/') return this.#close(tag.name, start);
    if (!isAllowed(tag)) return this.#faultAt(`Unsupported start tag "${tag.name}"`, start);
    this.#open.push(tag);
    return undefined;
  }

  #close(name: string, start: number): Unparsable | undefined {
    const tag = this.#open.pop();
    if (tag === undefined) return this.#faultAt('Unexpected end tag', start);
    if (name !== '' && name !== tag.name)
      return {
        fault: `Unmatched end tag at byte offset ${this.#byteOffset(start)}, expected "</${tag.name}>", found "</${name}>"`,
      };
    this.#addEntity(tag);
    return undefined;
  }

  #addEntity({ name, offset, attributes }: OpenTag): void {
    const length = this.#text.length - offset;
    const type = TYPES.get(name) ?? name;
    if (length === 0) return;
    if (type !== 'text_link') {
      this.#entities.push({ type, offset, length });
      return;
    }
    const url = attribute(attributes, 'href');
    if (url !== undefined && url !== '') this.#entities.push({ type, offset, length, url });
  }

  #byteOffset(position: number): number {
    return Buffer.byteLength(this.#source.slice(0, position));
  }

  #faultAt(what: string, position: number): Unparsable {
    return { fault: `${what} at byte offset ${this.#byteOffset(position)}` };
  }
}

/** Reads Telegram's HTML: balanced tags out of the allowed ones. */
export const parseHtml = (source: string): Formatted | Unparsable => new HtmlReader(source).read();
