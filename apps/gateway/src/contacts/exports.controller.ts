import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ContactDirectory, exportContacts } from '@crier/audience';
import { Clock } from '@crier/kernel';
import { Readable } from 'node:stream';
import { AudienceRules } from '../audience/audience-rules.ts';
import { filterIn } from '../audience/filter-query.ts';
import { Answer } from '../http/answer.ts';
import { Endpoint } from '../http/endpoint.ts';

const TYPES = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson' } as const;

/** Contacts as files that an import takes again. */
@ApiTags('contacts')
@Controller('v1/exports')
export class ExportsController {
  constructor(
    @Inject(ContactDirectory) private readonly directory: ContactDirectory,
    @Inject(AudienceRules) private readonly rules: AudienceRules,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get('contacts')
  @Endpoint({
    summary: 'All contacts, or those of a filter, as CSV or NDJSON',
    roles: ['operator'],
    query: 'exports',
    answers: { 200: 'text/csv' },
  })
  async contacts(
    @Query() query: { readonly format?: 'csv' | 'ndjson'; readonly filter?: string },
  ): Promise<Answer> {
    const { format = 'csv' } = query;
    const audience = await this.rules.read({ filter: filterIn(query.filter) });
    const now = this.clock.now();
    const bytes = Readable.from(exportContacts(this.directory, { audience, now, format }), {
      objectMode: false,
    });
    return new Answer(200, bytes, {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="contacts.${format}"`,
      'cache-control': 'no-store',
    });
  }
}
