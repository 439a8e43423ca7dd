import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { readRef } from '@crier/contracts';
import type { FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../gateway-deps.ts';
import { Answer } from '../http/answer.ts';
import { Endpoint } from '../http/endpoint.ts';
import { GATEWAY_CONFIG } from '../tokens.ts';
import { addressOf } from './address-of.ts';
import { ClickCounter } from './click-counter.ts';
import { isCrawler } from './crawlers.ts';
import { LinkTargets } from './link-targets.ts';

const PAGE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Not found</title><p>This link leads nowhere.</p></html>';

const notFound = (): Answer<string> =>
  new Answer(404, PAGE, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  });

/** Links in messages: count the click, lead on. */
@ApiTags('links')
@Controller('r')
export class LinksController {
  constructor(
    @Inject(LinkTargets) private readonly targets: LinkTargets,
    @Inject(ClickCounter) private readonly clicks: ClickCounter,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Get(':ref')
  @Endpoint({
    summary: 'Leads from a message to its target',
    answers: { 302: null, 404: 'text/html' },
  })
  async follow(@Param('ref') text: string, @Req() request: FastifyRequest): Promise<Answer> {
    const ref = readRef(this.config.refSecret, text);
    const target = ref && (await this.targets.find(ref));
    if (!target) return notFound();
    if (request.method === 'GET' && !isCrawler(request.headers['user-agent']))
      void this.clicks.count(target, text);
    return new Answer(302, undefined, {
      location: addressOf(target, text),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
  }
}
