import { Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ImportStore, type ImportJob } from '@crier/audience';
import type { FastifyRequest } from 'fastify';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { Answer, ok } from '../http/answer.ts';
import { Endpoint } from '../http/endpoint.ts';
import { uploadIn } from '../http/upload.ts';
import { Problem } from '../problems/problem.ts';
import { Imports } from './imports.ts';

const OPERATOR = ['operator'] as const;

const shown = ({ report, ...job }: ImportJob): object => ({
  ...job,
  ...(report === undefined ? {} : { report: `/v1/imports/${job.id}/report` }),
});

const formatOf = (contentType: string, name: string): ImportJob['format'] => {
  if (/ndjson|jsonl|json-lines/i.test(contentType) || /\.(ndjson|jsonl)$/i.test(name))
    return 'ndjson';
  if (/csv/i.test(contentType) || /\.csv$/i.test(name)) return 'csv';
  throw new Problem(
    'UNSUPPORTED_MEDIA_TYPE',
    'Send text/csv or application/x-ndjson, or a file whose name ends in .csv or .ndjson.',
  );
};

/** Files of contacts on their way into the directory. */
@ApiTags('contacts')
@Controller('v1/imports')
export class ImportsController {
  constructor(
    @Inject(Imports) private readonly imports: Imports,
    @Inject(ImportStore) private readonly store: ImportStore,
  ) {}

  @Post()
  @Endpoint({
    summary: 'Imports a file of contacts: multipart/form-data, or the file itself as the body',
    roles: OPERATOR,
    query: 'imports',
    consumes: ['multipart/form-data', 'text/csv', 'application/x-ndjson'],
    answers: { 202: 'ImportJob' },
  })
  async begin(
    @Req() request: FastifyRequest,
    @Query() query: { readonly name?: string },
  ): Promise<Answer> {
    const upload = await uploadIn(request, undefined);
    const name = query.name ?? upload.name;
    const format = formatOf(upload.contentType, upload.name);
    const job = await this.imports.begin({ name, format, content: upload.content });
    return new Answer(202, shown(job), { location: `/v1/imports/${job.id}` });
  }

  @Get()
  @Endpoint({ summary: 'The last imports', roles: OPERATOR, answers: { 200: 'ImportList' } })
  async list(): Promise<Answer> {
    return ok({ items: (await this.store.list()).map(shown) });
  }

  @Get(':id')
  @Endpoint({
    summary: 'How far an import has come',
    roles: OPERATOR,
    answers: { 200: 'ImportJob' },
  })
  async get(@Param('id') id: string): Promise<Answer> {
    return ok(shown(await this.#job(id)));
  }

  @Get(':id/report')
  @Endpoint({
    summary: 'The rows that failed, and why (CSV)',
    roles: OPERATOR,
    answers: { 200: 'text/csv' },
  })
  async report(@Param('id') id: string): Promise<Answer> {
    const { report } = await this.#job(id);
    const rows =
      report === undefined
        ? Readable.from(['row,column,code,message\r\n'])
        : createReadStream(report);
    return new Answer(200, rows, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="import-${id}.csv"`,
      'cache-control': 'no-store',
    });
  }

  async #job(id: string): Promise<ImportJob> {
    const job = await this.store.get(id);
    if (!job) throw new Problem('IMPORT_NOT_FOUND', 'There is no import with this id.');
    return job;
  }
}
