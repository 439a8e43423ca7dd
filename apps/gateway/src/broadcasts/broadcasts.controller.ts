import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { BroadcastStatus, MessageContent } from '@crier/contracts';
import { ReadModels, type BroadcastReport, type ListQuery, type SortKey } from '@crier/statistics';
import { etagOf, ok, type Answer } from '../http/answer.ts';
import { invalid } from '../http/check-request.ts';
import { Endpoint } from '../http/endpoint.ts';
import { TheOrder, type Order } from '../http/request-context.ts';
import { BroadcastOrders, type WantedDraft } from './broadcast-orders.ts';
import type { WantedExport } from './message-export.ts';
import { broadcastId, noSuchBroadcast } from './broadcast-reader.ts';
import { ShownRows } from './shown-rows.ts';

interface TableQuery {
  readonly status?: string;
  readonly channel?: string;
  readonly name?: string;
  readonly from?: string;
  readonly to?: string;
  readonly sort?: string;
  readonly limit?: number;
  readonly after?: string;
}

const PAGE = 50;

const utc = (name: 'from' | 'to', moment: string): string => {
  const time = Date.parse(moment);
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  const message = 'There is no such moment; give one such as 2026-01-01T09:00:00Z.';
  throw invalid([{ path: name, code: 'BAD_FORMAT', message }]);
};

const listQueryOf = (query: TableQuery): ListQuery => {
  const { status, channel, name, from, to, sort = '-sendAt', limit = PAGE, after } = query;
  return {
    sort: sort.replace(/^-/, '') as SortKey,
    descending: sort.startsWith('-'),
    limit,
    ...(status === undefined ? {} : { status: status.split(',') as BroadcastStatus[] }),
    ...(channel === undefined ? {} : { channel }),
    ...(name === undefined ? {} : { name }),
    ...(from === undefined ? {} : { from: utc('from', from) }),
    ...(to === undefined ? {} : { to: utc('to', to) }),
    ...(after === undefined ? {} : { after }),
  };
};

const detailsOf = ({
  message,
  contentRevision,
  audience,
  settings,
  start,
}: BroadcastReport): object => ({ message, contentRevision, audience, settings, start });

const ALL = ['operator', 'analyst'] as const;
const OPERATOR = ['operator'] as const;

/** The mailing-list table and the three steps of a draft. */
@ApiTags('broadcasts')
@Controller('v1/broadcasts')
export class BroadcastsController {
  constructor(
    @Inject(BroadcastOrders) private readonly orders: BroadcastOrders,
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(ShownRows) private readonly rows: ShownRows,
  ) {}

  @Get()
  @Endpoint({
    summary: 'The table of broadcasts',
    roles: ALL,
    query: 'broadcasts',
    answers: { 200: 'BroadcastPage' },
  })
  async list(@Query() query: TableQuery): Promise<Answer> {
    const page = await this.readModels.list(listQueryOf(query));
    return ok({ ...page, items: await this.rows.all(page.items) });
  }

  @Post()
  @Endpoint({
    summary: 'Drafts a broadcast',
    roles: OPERATOR,
    body: 'BroadcastDraft',
    bodyOptional: true,
    command: true,
    answers: { 201: 'BroadcastRow' },
  })
  draft(@TheOrder() order: Order, @Body() body: WantedDraft): Promise<Answer> {
    return this.orders.draft(order, body);
  }

  @Get(':id')
  @Endpoint({
    summary: 'One broadcast with its message, audience and settings',
    roles: ALL,
    answers: { 200: 'Broadcast' },
  })
  async get(@Param('id') id: string): Promise<Answer> {
    const report = await this.readModels.report(broadcastId(id));
    if (!report) throw noSuchBroadcast();
    const row = await this.rows.one(report.row);
    return ok({ ...row, ...detailsOf(report) }, etagOf(row.revision));
  }

  @Patch(':id')
  @Endpoint({
    summary: 'Renames a broadcast',
    roles: OPERATOR,
    body: 'BroadcastName',
    command: true,
    answers: { 200: 'BroadcastRow' },
  })
  rename(
    @TheOrder() order: Order,
    @Param('id') id: string,
    @Body() body: { readonly name: string },
  ): Promise<Answer> {
    return this.orders.simple(order, id, { type: 'RenameBroadcast', data: { name: body.name } });
  }

  @Delete(':id')
  @Endpoint({
    summary: 'Deletes a broadcast that is not sending; its deliveries stay known',
    roles: OPERATOR,
    command: true,
    answers: { 204: null },
  })
  remove(@TheOrder() order: Order, @Param('id') id: string): Promise<Answer> {
    return this.orders.remove(order, id);
  }

  @Put(':id/message')
  @Endpoint({
    summary: 'Step 1: the message',
    roles: OPERATOR,
    body: 'MessageContent',
    command: true,
    answers: { 200: 'MessageComposed' },
  })
  compose(
    @TheOrder() order: Order,
    @Param('id') id: string,
    @Body() body: MessageContent,
  ): Promise<Answer> {
    return this.orders.compose(order, id, body);
  }

  @Post(':id/message/export')
  @HttpCode(200)
  @Endpoint({
    summary: 'Copies elements of one channel to others, behind what these have',
    roles: OPERATOR,
    body: 'MessageExport',
    command: true,
    answers: { 200: 'MessageExported' },
  })
  exportMessage(
    @TheOrder() order: Order,
    @Param('id') id: string,
    @Body() body: WantedExport,
  ): Promise<Answer> {
    return this.orders.exportMessage(order, id, body);
  }

  @Put(':id/audience')
  @Endpoint({
    summary: 'Step 2: the audience',
    roles: OPERATOR,
    body: 'Audience',
    command: true,
    answers: { 200: 'BroadcastRow' },
  })
  choose(@TheOrder() order: Order, @Param('id') id: string, @Body() body: object): Promise<Answer> {
    return this.orders.chooseAudience(order, id, body);
  }

  @Put(':id/settings')
  @Endpoint({
    summary: 'Step 3: the speed',
    roles: OPERATOR,
    body: 'Settings',
    command: true,
    answers: { 200: 'BroadcastRow' },
  })
  configure(
    @TheOrder() order: Order,
    @Param('id') id: string,
    @Body() body: { readonly speed: number },
  ): Promise<Answer> {
    return this.orders.configure(order, id, body.speed);
  }
}
