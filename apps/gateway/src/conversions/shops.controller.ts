import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { GatewayConfig } from '../gateway-deps.ts';
import { ok, type Answer } from '../http/answer.ts';
import { Endpoint } from '../http/endpoint.ts';
import { GATEWAY_CONFIG } from '../tokens.ts';
import { ConversionDesk, type ToldConversion } from './conversion-desk.ts';
import { shopNameOf } from './shop-names.ts';
import { shopSecretOf } from './shop-secret.ts';
import { ShopGuard } from './shop.guard.ts';

/** What a shop's own server calls: without a token, signed with the shop's secret. */
@ApiTags('conversions')
@Controller('v1/shops')
export class ShopsController {
  constructor(
    @Inject(ConversionDesk) private readonly desk: ConversionDesk,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Post(':shop/conversions')
  @HttpCode(200)
  @UseGuards(ShopGuard)
  @ApiHeader({
    name: 'X-Crier-Timestamp',
    required: true,
    description: 'Seconds since 1970; no more than 5 minutes off.',
    schema: { type: 'string' },
  })
  @ApiHeader({
    name: 'X-Crier-Signature',
    required: true,
    description:
      '`sha256=` and the hexadecimal HMAC-SHA256 of `<timestamp>.<body>` with the shop’s secret.',
    schema: { type: 'string' },
  })
  @Endpoint({
    summary:
      'A shop tells of up to 1,000 orders, sales and refunds, signed; repeats change nothing',
    body: 'ShopConversions',
    answers: { 200: 'ConversionsTold' },
  })
  async tell(
    @Param('shop') shop: string,
    @Body() body: { readonly items: readonly Omit<ToldConversion, 'shop'>[] },
  ): Promise<Answer> {
    const items = body.items.map((item) => ({ ...item, shop }));
    return ok(await this.desk.take(items, `shop ${shop}`));
  }

  @Get(':shop/secret')
  @Endpoint({
    summary: 'The secret that a shop signs with: the same for ever',
    roles: [],
    answers: { 200: 'ShopSecret' },
  })
  secret(@Param('shop') name: string): Answer {
    const shop = shopNameOf(name);
    return ok(
      { shop, secret: shopSecretOf(this.config.refSecret, shop) },
      { 'cache-control': 'no-store' },
    );
  }
}
