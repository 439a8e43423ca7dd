import { asObject, type Params } from '../telegram-methods/method.ts';

/** One call of a program. */
export interface ScriptCall {
  readonly method: string;
  readonly params: Params;
}

const HEAD = /^\s*return\s*\[\s*/y;
const CALL = /API\.(\w+\.\w+)\(\s*/y;
const BEHIND = /\s*\)\s*/y;
const NEXT = /,\s*/y;
const END = /\]\s*;?\s*$/y;

/** Reads a text from a place on. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** What the pattern matches here; the scanner is behind it then. `undefined`, and it stays: nothing. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match;
  }

  /** The JSON object that begins here. */
  object(): Params | undefined {
    const end = this.#endOfObject();
    try {
      const found = asObject(JSON.parse(this.#text.slice(this.#at, end)));
      this.#at = end;
      return found;
    } catch {
      return undefined;
    }
  }

  #endOfObject(): number {
    let depth = 0;
    let isInText = false;
    for (let at = this.#at; at < this.#text.length; at += 1) {
      const character = this.#text[at];
      if (isInText) {
        if (character === '\\') at += 1;
        else if (character === '"') isInText = false;
      } else if (character === '"') isInText = true;
      else if (character === '{') depth += 1;
      else if (character === '}' && (depth -= 1) === 0) return at + 1;
    }
    return this.#text.length;
  }
}

const callIn = (scanner: Scanner): ScriptCall | undefined => {
  const method = scanner.take(CALL)?.[1];
  if (method === undefined) return undefined;
  const params = scanner.object();
  return params !== undefined && scanner.take(BEHIND) !== undefined
    ? { method, params }
    : undefined;
};

/**
 * The calls of a program of the one kind that senders of messages write: `return [API.messages.send({…}), …];`, with
 * JSON for parameters. `undefined` for all else of VKScript, which cannot be compiled here.
 */
export const readScript = (code: string): readonly ScriptCall[] | undefined => {
  const scanner = new Scanner(code);
  if (scanner.take(HEAD) === undefined) return undefined;
  const calls: ScriptCall[] = [];
  do {
    const call = callIn(scanner);
    if (call === undefined) return undefined;
    calls.push(call);
  } while (scanner.take(NEXT) !== undefined);
  return scanner.take(END) === undefined ? undefined : calls;
};
