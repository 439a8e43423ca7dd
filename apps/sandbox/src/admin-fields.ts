import { BadInput } from './errors.ts';
import { asObject, type Params } from './telegram-methods/method.ts';

/** Reads a JSON object field by field; every method throws {@link BadInput} that names the field. */
export class AdminFields {
  readonly #fields: Params;
  readonly #path: string;

  /** @throws BadInput when the value is not an object. `path` is empty for the body itself. */
  constructor(value: unknown, path = '') {
    const fields = asObject(value);
    if (fields === undefined) throw new BadInput(`${path || 'body'} must be an object`);
    this.#fields = fields;
    this.#path = path;
  }

  /** Refuses fields that nobody reads: mostly misspelt ones. */
  only(names: readonly string[]): this {
    const unknown = Object.keys(this.#fields).find((name) => !names.includes(name));
    if (unknown !== undefined) throw new BadInput(`${this.at(unknown)} is not known`);
    return this;
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined;
  }

  raw(name: string): unknown {
    return this.#fields[name];
  }

  text(name: string): string {
    const value = this.#fields[name];
    if (typeof value !== 'string' || value === '')
      throw new BadInput(`${this.at(name)} must be a text`);
    return value;
  }

  /** A text that may be empty. */
  anyText(name: string): string {
    const value = this.#fields[name];
    if (typeof value !== 'string') throw new BadInput(`${this.at(name)} must be a text`);
    return value;
  }

  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  /** One of these texts. */
  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice {
    const value = this.#fields[name];
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined)
      throw new BadInput(`${this.at(name)} must be one of ${choices.join(', ')}`);
    return chosen;
  }

  integer(name: string, least: number): number {
    const value = this.#fields[name];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least)
      throw new BadInput(`${this.at(name)} must be a whole number of at least ${least}`);
    return value;
  }

  optionalInteger(name: string, least: number): number | undefined {
    return this.has(name) ? this.integer(name, least) : undefined;
  }

  /** The id of a chat: any whole number but 0. */
  chat(name: string): number {
    return chatId(this.#fields[name], this.at(name));
  }

  optionalFlag(name: string): boolean | undefined {
    const value = this.#fields[name];
    if (value !== undefined && typeof value !== 'boolean')
      throw new BadInput(`${this.at(name)} must be true or false`);
    return value;
  }

  list(name: string): readonly unknown[] {
    const value: unknown = this.#fields[name];
    if (!Array.isArray(value)) throw new BadInput(`${this.at(name)} must be a list`);
    return value as readonly unknown[];
  }

  /** The names of all fields. */
  names(): readonly string[] {
    return Object.keys(this.#fields);
  }

  object(name: string): AdminFields {
    return new AdminFields(this.#fields[name], this.at(name));
  }

  /** How errors name a field. */
  at(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }
}

/** The id of a chat. @throws BadInput naming `field` for anything but a whole number other than 0. */
export const chatId = (value: unknown, field: string): number => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value === 0)
    throw new BadInput(`${field} must be the id of a chat`);
  return value;
};
