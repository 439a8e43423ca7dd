import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Clock, type Log } from '@crier/kernel';
import { ReadModels } from '@crier/statistics';
import { Answer, ok } from '../http/answer.ts';
import { Endpoint } from '../http/endpoint.ts';
import { Maintenance } from '../ports/maintenance.ts';
import { LOG } from '../tokens.ts';

/** So long a rebuild is waited for, to tell one that cannot begin. */
const BEGUN_MS = 300;

/** The upkeep of the read models. */
@ApiTags('admin')
@Controller('v1/admin')
export class AdminController {
  constructor(
    @Inject(Maintenance) private readonly maintenance: Maintenance,
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  @Post('rebuild')
  @Endpoint({
    summary: 'Folds all read models anew, beside those that serve',
    roles: [],
    answers: { 202: 'RebuildBegun' },
  })
  async rebuild(): Promise<Answer> {
    const rebuilt = this.maintenance.rebuild();
    rebuilt.catch((error: unknown) => {
      this.log.warn('rebuild ended before it served', { error: String(error) });
    });
    await Promise.race([rebuilt, this.clock.sleep(BEGUN_MS)]);
    return new Answer(202, { started: true }, { location: '/v1/admin/projections' });
  }

  @Get('projections')
  @Endpoint({
    summary: 'How far the folds have come',
    roles: [],
    answers: { 200: 'ProjectionList' },
  })
  async projections(): Promise<Answer> {
    const items = (await this.readModels.progress()).map(({ position, recordedAt, ...rest }) => ({
      ...rest,
      position: position ?? null,
      recordedAt: recordedAt ?? null,
    }));
    return ok({ items });
  }

  @Post('verify')
  @HttpCode(200)
  @Endpoint({
    summary: 'Proves the sums of every broadcast from its events alone',
    roles: [],
    answers: { 200: 'Verification' },
  })
  async verify(): Promise<Answer> {
    const broadcasts = await this.maintenance.verify();
    return ok({ ok: broadcasts.every((one) => one.ok), broadcasts });
  }
}
