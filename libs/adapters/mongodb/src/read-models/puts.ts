import {
  type ChangedPage,
  type Changes,
  type Mailing,
  packContacts,
  packPage,
  type PlannedBatch,
  rowOf,
  type TimelineHour,
} from '@crier/statistics';
import { rowFields } from './row-fields.ts';
import {
  hourId,
  laneId,
  pageId,
  type Kind,
  type StoredAudience,
  type StoredDocuments,
} from './stored.ts';

/** A document as a step leaves it behind. */
export interface Put<Of extends Kind = Kind> {
  readonly to: Of;
  readonly _id: string;
  /** No earlier step can have written it: cheaper to insert than to replace. */
  readonly isNew: boolean;
  readonly fields: Omit<StoredDocuments[Of], '_id' | 'step'>;
}

/** The audiences that a step changes, by broadcast. */
export type ChangedAudiences = ReadonlyMap<string, Omit<StoredAudience, '_id' | 'step'>>;

/** Everything that a step leaves behind, each document once. */
export const putsOf = (changes: Changes, audiences: ChangedAudiences): readonly Put[] => {
  const planned = new Set(
    changes.batches.map(({ broadcastId, lane, from }) => pageId(broadcastId, lane, from)),
  );
  return [
    ...changes.batches.map(placesPut),
    ...changes.pages.map((changed) => pagePut(changed, planned)),
    ...changes.hours.map(hourPut),
    ...[...audiences].map(([_id, fields]): Put<'audiences'> => ({
      to: 'audiences',
      _id,
      isNew: false,
      fields,
    })),
    ...changes.mailings.map(mailingPut),
    ...changes.mailings.map(rowPut),
  ];
};

const placesPut = ({ broadcastId, lane, from, contactIds }: PlannedBatch): Put<'places'> => ({
  to: 'places',
  _id: pageId(broadcastId, lane, from),
  isNew: true,
  fields: {
    of: laneId(broadcastId, lane),
    first: contactIds.reduce((first, id) => (id < first ? id : first), contactIds[0] ?? ''),
    contacts: packContacts(contactIds),
  },
});

const pagePut = (
  { broadcastId, lane, page }: ChangedPage,
  planned: ReadonlySet<string>,
): Put<'pages'> => {
  const _id = pageId(broadcastId, lane, page.from);
  const { from, size, counts } = page;
  const fields = { from, size, ...counts, ...packPage(page) };
  return { to: 'pages', _id, isNew: planned.has(_id), fields };
};

const hourPut = ({ broadcastId, hour, minutes }: TimelineHour): Put<'hours'> => ({
  to: 'hours',
  _id: hourId(broadcastId, hour),
  isNew: false,
  fields: { broadcast: broadcastId, minutes },
});

const mailingPut = (mailing: Mailing): Put<'mailings'> => ({
  to: 'mailings',
  _id: mailing.id,
  isNew: false,
  fields: { document: JSON.stringify(mailing) },
});

const rowPut = (mailing: Mailing): Put<'rows'> => ({
  to: 'rows',
  _id: mailing.id,
  isNew: false,
  fields: mailing.phase === 'deleted' ? { listed: false } : rowFields(rowOf(mailing)),
});
