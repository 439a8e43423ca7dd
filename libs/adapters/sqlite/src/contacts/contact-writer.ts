import {
  applyChange,
  parseContactChange,
  withStatus,
  type ChangeContext,
  type ContactChange,
  type Refusal,
  type Upserted,
} from '@crier/audience';
import type { Connection, Contact } from '@crier/contracts';
import { opaqueId } from '@crier/kernel';
import type { DatabaseSync } from 'node:sqlite';
import { packContact, unpackContact } from './contact-row.ts';

/** A contact with the number of its row. */
export interface Found {
  readonly no: number;
  readonly contact: Contact;
}

interface Row {
  readonly no: number;
  readonly id: string;
  readonly doc: string;
}

const COLUMNS = 'contact.no, contact.id, contact.doc';

const taken = (field: string, code: string): Refusal => ({
  ok: false,
  code,
  field,
  message: 'This belongs to another contact; correct it, or change that contact first.',
});

/** Finds and writes single contacts; inside a transaction of the caller. Marks what the index no longer shows rightly. */
export class ContactWriter {
  readonly #byId;
  readonly #byExternalId;
  readonly #byAddress;
  readonly #insert;
  readonly #update;
  readonly #delete;
  readonly #connect;
  readonly #disconnect;
  readonly #markStale;

  constructor(db: DatabaseSync) {
    this.#byId = db.prepare(`SELECT ${COLUMNS} FROM contact WHERE id = ?`);
    this.#byExternalId = db.prepare(`SELECT ${COLUMNS} FROM contact WHERE external_id = ?`);
    this.#byAddress = db.prepare(`SELECT ${COLUMNS} FROM connection
      JOIN contact ON contact.no = connection.no WHERE bot_id = ? AND address = ?`);
    this.#insert = db.prepare('INSERT INTO contact (id, external_id, doc) VALUES (?, ?, ?)');
    this.#update = db.prepare('UPDATE contact SET external_id = ?, doc = ? WHERE no = ?');
    this.#delete = db.prepare('DELETE FROM contact WHERE no = ?');
    this.#connect = db.prepare('INSERT INTO connection (bot_id, address, no) VALUES (?, ?, ?)');
    this.#disconnect = db.prepare('DELETE FROM connection WHERE bot_id = ? AND address = ?');
    this.#markStale = db.prepare('INSERT OR IGNORE INTO stale (id) VALUES (?)');
  }

  byId(id: string): Found | undefined {
    return found(this.#byId.get(id));
  }

  byAddress(botId: string, address: string): Found | undefined {
    return found(this.#byAddress.get(botId, address));
  }

  /** Creates or changes one contact, or says why not. */
  upsert(change: ContactChange, world: Omit<ChangeContext, 'freshId'>): Upserted {
    const checked = parseContactChange(change);
    if (!checked.ok) return checked;
    const wanted = checked.value;
    const target = this.#target(wanted);
    if (target && 'ok' in target) return target;

    const applied = applyChange(target?.contact, wanted, { ...world, freshId: opaqueId() });
    if (!applied.ok) return applied;
    this.put(target, applied.value);
    return { ok: true, id: applied.value.id, created: target === undefined };
  }

  /** Writes a contact in place of what it was. False where nothing is different. */
  put(before: Found | undefined, contact: Contact): boolean {
    const doc = packContact(contact);
    if (before && packContact(before.contact) === doc) return false;
    const externalId = contact.externalId ?? null;
    if (before) this.#update.run(externalId, doc, before.no);
    const no = before?.no ?? this.#insert.run(contact.id, externalId, doc).lastInsertRowid;
    this.#reconnect(Number(no), before?.contact.connections ?? [], contact.connections);
    this.#markStale.run(contact.id);
    return true;
  }

  erase(id: string): boolean {
    const known = this.byId(id);
    if (!known) return false;
    this.#reconnect(known.no, known.contact.connections, []);
    this.#delete.run(known.no);
    this.#markStale.run(id);
    return true;
  }

  /** Notes a status unless a newer one is known. */
  mark(
    known: Found | undefined,
    botId: string,
    news: { readonly status: Connection['status']; readonly at: string },
  ): boolean {
    if (!known) return false;
    const connections = known.contact.connections.map((one) =>
      one.botId === botId ? withStatus(one, news.status, news.at) : one,
    );
    return this.put(known, { ...known.contact, connections });
  }

  #reconnect(no: number, before: readonly Connection[], after: readonly Connection[]): void {
    const has = (list: readonly Connection[], { botId, address }: Connection): boolean =>
      list.some((one) => one.botId === botId && one.address === address);
    for (const one of before) if (!has(after, one)) this.#disconnect.run(one.botId, one.address);
    for (const one of after) if (!has(before, one)) this.#connect.run(one.botId, one.address, no);
  }

  /** Whom a change means; undefined: somebody new. */
  #target(change: ContactChange): Found | Refusal | undefined {
    const { id, externalId, connections = [] } = change;
    const byId = id === undefined ? undefined : this.byId(id);
    if (id !== undefined && !byId) {
      return {
        ok: false,
        code: 'CONTACT_NOT_FOUND',
        field: 'id',
        message: 'No contact has this id; leave the id out to create one.',
      };
    }
    const byExternalId =
      typeof externalId === 'string' ? found(this.#byExternalId.get(externalId)) : undefined;
    if (byId && byExternalId && byId.no !== byExternalId.no) {
      return taken('externalId', 'EXTERNAL_ID_TAKEN');
    }
    return this.#owner(byId ?? byExternalId, externalId, connections);
  }

  /** The contact so far, or the owner of the addresses; a refusal where an address is somebody else's. */
  #owner(
    target: Found | undefined,
    externalId: string | null | undefined,
    connections: NonNullable<ContactChange['connections']>,
  ): Found | Refusal | undefined {
    let found = target;
    for (const [index, { botId, address }] of connections.entries()) {
      const owner = this.byAddress(botId, address);
      if (!owner) continue;
      const isOther = found ? found.no !== owner.no : hasOtherId(owner.contact, externalId);
      if (isOther) return taken(`connections[${index}].address`, 'ADDRESS_TAKEN');
      found ??= owner;
    }
    return found;
  }
}

// Somebody known by another external id is somebody else, though the address is the same.
const hasOtherId = (known: Contact, externalId: string | null | undefined): boolean =>
  typeof externalId === 'string' &&
  known.externalId !== undefined &&
  known.externalId !== externalId;

const found = (row: unknown): Found | undefined => {
  if (row === undefined) return undefined;
  const { no, id, doc } = row as Row;
  return { no, contact: unpackContact(id, doc) };
};
