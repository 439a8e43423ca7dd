import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ReadModels, type BroadcastReport, type RecipientQuery } from '@crier/statistics';
import { Readable } from 'node:stream';
import { LiveRows } from '../events/live-rows.ts';
import { Answer, etagOf, ok } from '../http/answer.ts';
import { Endpoint } from '../http/endpoint.ts';
import { BroadcastReader, broadcastId, noSuchBroadcast } from './broadcast-reader.ts';
import { Forecasts } from './forecast.ts';
import { Previews } from './previews.ts';
import { exportRecipients } from './recipient-export.ts';
import { ShownRows } from './shown-rows.ts';

type RecipientsQuery = Partial<RecipientQuery> & { readonly format?: 'json' | 'csv' | 'ndjson' };

const PAGE = 100;
const ALL = ['operator', 'analyst'] as const;
const TYPES = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson' } as const;

const formatOf = (asked: string | undefined, accept = ''): 'json' | 'csv' | 'ndjson' => {
  if (asked === 'csv' || asked === 'ndjson' || asked === 'json') return asked;
  if (accept.includes('text/csv')) return 'csv';
  return accept.includes('application/x-ndjson') ? 'ndjson' : 'json';
};

/** What became of a broadcast, and what will. */
@ApiTags('broadcasts')
@Controller('v1/broadcasts')
export class BroadcastReportsController {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(BroadcastReader) private readonly reader: BroadcastReader,
    @Inject(Forecasts) private readonly forecasts: Forecasts,
    @Inject(Previews) private readonly previews: Previews,
    @Inject(LiveRows) private readonly live: LiveRows,
    @Inject(ShownRows) private readonly rows: ShownRows,
  ) {}

  @Get('events')
  @Endpoint({
    summary: 'Rows of the table as they change (server-sent events)',
    roles: ALL,
    answers: { 200: 'text/event-stream' },
  })
  tableEvents(): Answer<Readable> {
    return this.live.openTable();
  }

  @Get(':id/events')
  @Endpoint({
    summary: 'The row of one broadcast as it changes (server-sent events)',
    roles: ALL,
    answers: { 200: 'text/event-stream' },
  })
  async events(@Param('id') id: string): Promise<Answer<Readable>> {
    if (!(await this.readModels.row(broadcastId(id)))) throw noSuchBroadcast();
    return this.live.open(id);
  }

  @Get(':id/report')
  @Endpoint({
    summary: 'Everything about one broadcast',
    roles: ALL,
    answers: { 200: 'BroadcastReport' },
  })
  async report(@Param('id') id: string): Promise<Answer> {
    const report = await this.#report(id);
    const row = await this.rows.one(report.row);
    return ok({ ...report, row }, etagOf(row.revision));
  }

  @Get(':id/history')
  @Endpoint({ summary: 'Who did what, and when', roles: ALL, answers: { 200: 'History' } })
  async history(@Param('id') id: string): Promise<Answer> {
    const { history, row } = await this.#report(id);
    return ok({ items: history }, etagOf(row.revision));
  }

  @Get(':id/recipients')
  @Endpoint({
    summary: 'One row per recipient; all of them as CSV or NDJSON',
    roles: ALL,
    query: 'recipients',
    answers: { 200: 'RecipientPage' },
  })
  async recipients(
    @Param('id') id: string,
    @Query() query: RecipientsQuery,
    @Headers('accept') accept: string | undefined,
  ): Promise<Answer> {
    const { format: asked, limit = PAGE, after, ...filters } = query;
    if (!(await this.readModels.row(broadcastId(id)))) throw noSuchBroadcast();
    const format = formatOf(asked, accept);
    if (format === 'json')
      return ok(
        await this.readModels.recipients(id, {
          ...filters,
          limit,
          ...(after === undefined ? {} : { after }),
        }),
      );
    const text = Readable.from(exportRecipients(this.readModels, id, filters, format));
    return new Answer(200, text, {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="recipients-${id}.${format}"`,
      'cache-control': 'no-store',
    });
  }

  @Get(':id/forecast')
  @Endpoint({
    summary: 'How many it would reach now, through which bots, and how long it would take',
    roles: ['operator'],
    answers: { 200: 'Forecast' },
  })
  async forecast(@Param('id') id: string): Promise<Answer> {
    return ok(await this.forecasts.of(await this.reader.load(id)));
  }

  @Get(':id/preview')
  @Endpoint({
    summary: 'The message as a contact would see it',
    roles: ['operator'],
    query: 'preview',
    answers: { 200: 'Preview' },
  })
  async preview(
    @Param('id') id: string,
    @Query() { contactId }: { readonly contactId?: string },
  ): Promise<Answer> {
    const { content } = await this.reader.load(id);
    return ok(await this.previews.of(content, contactId));
  }

  async #report(id: string): Promise<BroadcastReport> {
    const report = await this.readModels.report(broadcastId(id));
    if (!report) throw noSuchBroadcast();
    return report;
  }
}
