import type { Audience, Connection, Contact } from '@crier/contracts';
import type { Instant } from '@crier/kernel';
import {
  cellOf,
  COLUMNS,
  csvLine,
  labelsCell,
  VARIABLE_COLUMN,
  withoutFormula,
  type Column,
} from '../cells.ts';
import type { ContactDirectory } from '../contact-directory.ts';

/** The contacts of an audience's filter, as they are at `now`. */
export interface ExportRequest {
  readonly audience: Audience;
  readonly now: Instant;
  readonly format: 'csv' | 'ndjson';
}

type ConnectionChange = Omit<Connection, 'channel'>;

const portable = ({ channel: _channel, ...connection }: Connection): ConnectionChange => connection;

const ndjsonLine = (contact: Contact): string =>
  `${JSON.stringify({ ...contact, connections: contact.connections.map(portable) })}\n`;

const csvCells = (contact: Contact): Readonly<Record<Column, string>> => {
  const main = contact.connections.find((connection) => connection.main);
  const others = contact.connections.filter((connection) => !connection.main).map(portable);
  return {
    contact_id: withoutFormula(contact.id),
    external_id: withoutFormula(contact.externalId ?? ''),
    first_name: withoutFormula(contact.firstName ?? ''),
    last_name: withoutFormula(contact.lastName ?? ''),
    language: contact.language ?? '',
    zone: contact.zone ?? '',
    tags: labelsCell(contact.tags),
    tunnels: labelsCell(contact.tunnels),
    first_contact_at: contact.firstContactAt,
    last_active_at: contact.lastActiveAt,
    bot: withoutFormula(main?.botId ?? ''),
    address: withoutFormula(main?.address ?? ''),
    status: main?.status ?? '',
    status_at: main?.statusAt ?? '',
    other_connections: others.length === 0 ? '' : JSON.stringify(others),
  };
};

const csvContact = (contact: Contact, variables: readonly string[]): string => {
  const cells = csvCells(contact);
  return csvLine([
    ...COLUMNS.map((column) => cells[column]),
    ...variables.map((name) => {
      const value = Object.hasOwn(contact.variables, name) ? contact.variables[name] : undefined;
      return value === undefined ? '' : cellOf(value);
    }),
  ]);
};

/**
 * Contacts as bytes, some hundred at a time, read only as fast as they are taken. What this gives, an import takes: CSV with a
 * column for each of the first 1,000 variables, NDJSON with everything. @throws Unavailable
 */
export async function* exportContacts(
  directory: ContactDirectory,
  { audience, now, format }: ExportRequest,
): AsyncIterable<Uint8Array> {
  const encoder = new TextEncoder();
  const variables = format === 'csv' ? (await directory.vocabulary()).variables : [];
  if (format === 'csv') {
    const names = variables.map((name) => VARIABLE_COLUMN + name);
    yield encoder.encode(csvLine([...COLUMNS, ...names]));
  }
  for await (const page of directory.export(audience, now)) {
    const lines = page.map((contact) =>
      format === 'csv' ? csvContact(contact, variables) : ndjsonLine(contact),
    );
    yield encoder.encode(lines.join(''));
  }
}
