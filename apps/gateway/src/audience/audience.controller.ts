import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ContactDirectory } from '@crier/audience';
import { Clock } from '@crier/kernel';
import { BroadcastReader } from '../broadcasts/broadcast-reader.ts';
import { Reach } from '../broadcasts/reach.ts';
import { ok, type Answer } from '../http/answer.ts';
import { Endpoint } from '../http/endpoint.ts';
import { AudienceRules } from './audience-rules.ts';

interface Question {
  readonly filter: unknown;
  readonly route?: unknown;
}

const PAGE = 50;

/** Who a filter finds, while it is being built. */
@ApiTags('audience')
@Controller('v1/audience')
export class AudienceController {
  constructor(
    @Inject(AudienceRules) private readonly rules: AudienceRules,
    @Inject(Reach) private readonly reach: Reach,
    @Inject(BroadcastReader) private readonly reader: BroadcastReader,
    @Inject(ContactDirectory) private readonly directory: ContactDirectory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Post('count')
  @HttpCode(200)
  @Endpoint({
    summary: 'How many an audience reaches now',
    roles: ['operator', 'analyst'],
    body: 'AudienceQuestion',
    answers: { 200: 'AudienceCount' },
  })
  async count(@Body() body: Question & { readonly broadcastId?: string }): Promise<Answer> {
    const { broadcastId, ...question } = body;
    const audience = await this.rules.read(question);
    const content =
      broadcastId === undefined ? undefined : (await this.reader.load(broadcastId)).content;
    return ok(await this.reach.count(audience, content));
  }

  @Post('list')
  @HttpCode(200)
  @Endpoint({
    summary: 'The contacts of an audience, in pages',
    roles: ['operator'],
    body: 'AudienceListQuestion',
    answers: { 200: 'ContactPage' },
  })
  async list(
    @Body() body: Question & { readonly after?: string; readonly limit?: number },
  ): Promise<Answer> {
    const { after, limit = PAGE, ...question } = body;
    const audience = await this.rules.read(question);
    const page = { limit, ...(after === undefined ? {} : { after }) };
    return ok(await this.directory.list(audience, page, this.clock.now()));
  }
}
