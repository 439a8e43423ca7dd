import type { ContactChange, Refusal } from '@crier/audience';
import type { Contact } from '@crier/contracts';
import { opaqueId } from '@crier/kernel';
import { isDeepStrictEqual } from 'node:util';
import {
  addressKey,
  contactOf,
  documentOf,
  externalKey,
  keysOf,
  type ContactDocument,
} from './contact-document.ts';

/** Whom a change means, and whom the answer was read from. */
export interface Meant {
  /** Undefined: somebody new. */
  readonly contact: Contact | undefined;
  readonly refusal?: Refusal;
  /** The contacts that were looked at; where one of them is not as it seemed, the answer may be another. */
  readonly seen: readonly string[];
}

/** A contact to be written, and the stored form that it replaces. */
export interface Draft {
  readonly before: ContactDocument | undefined;
  readonly after: ContactDocument;
}

/** Contacts read once and changed in memory, so that later changes of a batch see the earlier ones. */
export class Drafts {
  readonly #stored = new Map<string, ContactDocument>();
  readonly #contacts = new Map<string, Contact>();
  /** Who has a key now. */
  readonly #holders = new Map<string, string>();

  constructor(documents: readonly ContactDocument[]) {
    for (const document of documents) {
      this.#stored.set(document._id, document);
      this.put(contactOf(document));
    }
  }

  put(contact: Contact): void {
    for (const key of keysOf(this.#contacts.get(contact.id) ?? {})) this.#holders.delete(key);
    this.#contacts.set(contact.id, contact);
    for (const key of keysOf(contact)) this.#holders.set(key, contact.id);
  }

  /** What differs from its stored form. */
  changed(): readonly Draft[] {
    return [...this.#contacts.values()].flatMap((contact) => {
      const before = this.#stored.get(contact.id);
      const after = documentOf(contact, opaqueId());
      return before && isSame(before, after) ? [] : [{ before, after }];
    });
  }

  meant(change: ContactChange): Meant {
    const { id, externalId } = change;
    const byId = id === undefined ? undefined : this.#contacts.get(id);
    if (id !== undefined && !byId) return { contact: undefined, refusal: NOT_FOUND, seen: [] };

    const byExternalId =
      typeof externalId === 'string' ? this.#holder(externalKey(externalId)) : undefined;
    const seen = [byId, byExternalId].flatMap((one) => (one ? [one.id] : []));
    if (byId && byExternalId && byId.id !== byExternalId.id) {
      return { contact: byId, refusal: taken('externalId', 'EXTERNAL_ID_TAKEN'), seen };
    }
    return this.#withAddresses(change, byId ?? byExternalId, seen);
  }

  /** The contact so far, or the owner of the addresses; a refusal where an address is somebody else's. */
  #withAddresses(
    { externalId, connections = [] }: ContactChange,
    known: Contact | undefined,
    looked: readonly string[],
  ): Meant {
    let contact = known;
    const seen = [...looked];
    for (const [index, { botId, address }] of connections.entries()) {
      const owner = this.#holder(addressKey(botId, address));
      if (!owner) continue;
      seen.push(owner.id);
      const isOther = contact ? contact.id !== owner.id : hasOtherId(owner, externalId);
      if (isOther) {
        const refusal = taken(`connections[${index}].address`, 'ADDRESS_TAKEN');
        return { contact, refusal, seen };
      }
      contact ??= owner;
    }
    return { contact, seen };
  }

  #holder(key: string): Contact | undefined {
    const id = this.#holders.get(key);
    return id === undefined ? undefined : this.#contacts.get(id);
  }
}

/** Whether two stored forms tell the same, whatever their revisions. */
export const isSame = (before: ContactDocument, after: ContactDocument): boolean =>
  isDeepStrictEqual({ ...before, revision: '' }, { ...after, revision: '' });

const NOT_FOUND: Refusal = {
  ok: false,
  code: 'CONTACT_NOT_FOUND',
  field: 'id',
  message: 'No contact has this id; leave the id out to create one.',
};

const taken = (field: string, code: string): Refusal => ({
  ok: false,
  code,
  field,
  message: 'This belongs to another contact; correct it, or change that contact first.',
});

// Somebody known by another external id is somebody else, though the address is the same.
const hasOtherId = (known: Contact, externalId: string | null | undefined): boolean =>
  typeof externalId === 'string' &&
  known.externalId !== undefined &&
  known.externalId !== externalId;
