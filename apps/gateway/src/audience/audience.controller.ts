import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ContactDirectory } from '@crier/audience';
import type { MessageContent } from '@crier/contracts';
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

interface ListQuestion extends Question {
  readonly broadcastId?: string;
  readonly after?: string;
  readonly limit?: number;
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
    return ok(await this.reach.count(audience, await this.#contentOf(broadcastId)));
  }

  @Post('list')
  @HttpCode(200)
  @Endpoint({
    summary: 'The contacts of an audience, or those whom a broadcast would reach, in pages',
    roles: ['operator'],
    body: 'AudienceListQuestion',
    answers: { 200: 'ContactPage' },
  })
  async list(@Body() body: ListQuestion): Promise<Answer> {
    const { broadcastId, after, limit = PAGE, ...question } = body;
    const audience = await this.rules.read(question);
    const page = { limit, ...(after === undefined ? {} : { after }) };
    return ok(
      broadcastId === undefined
        ? await this.directory.list(audience, page, this.clock.now())
        : await this.reach.list(audience, await this.#contentOf(broadcastId), page),
    );
  }

  async #contentOf(broadcastId: string | undefined): Promise<MessageContent | undefined> {
    return broadcastId === undefined ? undefined : (await this.reader.load(broadcastId)).content;
  }
}
