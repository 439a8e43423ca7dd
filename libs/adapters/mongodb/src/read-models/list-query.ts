import {
  type BroadcastRow,
  cursorOf,
  foldedName,
  keyOf,
  type ListQuery,
  type Page,
  statusCode,
} from '@crier/statistics';
import type { Db, Filter } from 'mongodb';
import { collectionOf, type StoredRow } from './stored.ts';

/** A text that means itself in a regular expression. */
export const literally = (text: string): string =>
  text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

/** What a query shows, without its page. */
export const listFilter = ({ status, channel, name, from, to }: ListQuery): Filter<StoredRow> => ({
  listed: true,
  ...(status && { 'by.status': { $in: status.map(statusCode) } }),
  ...(channel === undefined ? {} : { channels: channel }),
  ...(name === undefined ? {} : { 'by.name': { $regex: literally(foldedName(name)) } }),
  ...(from === undefined && to === undefined
    ? {}
    : {
        dayAt: { ...(from !== undefined && { $gte: from }), ...(to !== undefined && { $lt: to }) },
      }),
});

/** A page of the table. Throws what the driver throws. @throws BadCursor */
export const listRows = async (
  db: Db,
  generation: number,
  query: ListQuery,
): Promise<Page<BroadcastRow>> => {
  const { limit, after, ...question } = query;
  const column = `by.${query.sort}`;
  const direction = query.descending ? -1 : 1;
  const filters: Filter<StoredRow>[] = [listFilter(query)];
  if (after !== undefined) {
    const [value, _id] = keyOf(question, after, ['either', 'string']);
    const beyond = query.descending ? '$lt' : '$gt';
    filters.push({
      $or: [{ [column]: { [beyond]: value } }, { [column]: value, _id: { [beyond]: _id } }],
    });
  }
  const found = await collectionOf(db, 'rows', generation)
    .find({ $and: filters }, { projection: { [column]: 1, row: 1 } })
    .sort({ [column]: direction, _id: direction })
    .limit(limit + 1)
    .toArray();
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.flatMap(({ row }) => (row === undefined ? [] : [JSON.parse(row) as BroadcastRow])),
    ...(found.length > limit &&
      last && { next: cursorOf(question, [last.by?.[query.sort] ?? '', last._id]) }),
  };
};
