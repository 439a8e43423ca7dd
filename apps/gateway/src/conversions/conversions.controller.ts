import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ok, type Answer } from '../http/answer.ts';
import { Endpoint } from '../http/endpoint.ts';
import { contextOf } from '../http/request-context.ts';
import { ConversionDesk, type ToldConversion } from './conversion-desk.ts';

/** Orders, sales and refunds that a team tells of itself. */
@ApiTags('conversions')
@Controller('v1/conversions')
export class ConversionsController {
  constructor(@Inject(ConversionDesk) private readonly desk: ConversionDesk) {}

  @Post()
  @HttpCode(200)
  @Endpoint({
    summary: 'Tells of up to 1,000 orders, sales and refunds; repeats change nothing',
    roles: ['operator', 'channel'],
    body: 'Conversions',
    answers: { 200: 'ConversionsTold' },
  })
  async tell(
    @Body() body: { readonly items: readonly ToldConversion[] },
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    return ok(await this.desk.take(body.items, contextOf(request).caller?.name ?? 'unknown'));
  }
}
