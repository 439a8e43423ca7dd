import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { isSameSecret, signatureOf } from '@crier/connector';
import { Clock } from '@crier/kernel';
import type { FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../gateway-deps.ts';
import { headerOf } from '../http/check-request.ts';
import { contextOf } from '../http/request-context.ts';
import { Problem } from '../problems/problem.ts';
import { GATEWAY_CONFIG } from '../tokens.ts';
import { shopNameOf } from './shop-names.ts';
import { shopSecretOf } from './shop-secret.ts';

const TIMESTAMP_HEADER = 'x-crier-timestamp';
const SIGNATURE_HEADER = 'x-crier-signature';

/** Seconds that a call may be old, or ahead of this clock. */
const MOST_SECONDS = 300;
const SECONDS = /^\d{1,12}$/;

const refused = (detail: string): Problem => new Problem('SIGNATURE_REFUSED', detail);

/** Lets in whoever signed the very bytes of the body, just now, with the shop's secret. */
@Injectable()
export class ShopGuard implements CanActivate {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const shop = shopNameOf((request.params as Readonly<Record<string, string>>)['shop'] ?? '');
    const timestamp = headerOf(request, TIMESTAMP_HEADER);
    const given = headerOf(request, SIGNATURE_HEADER);
    if (timestamp === undefined || given === undefined || !SECONDS.test(timestamp))
      throw refused(
        'Send X-Crier-Timestamp (seconds since 1970) and X-Crier-Signature (sha256=… of "<timestamp>.<body>").',
      );
    const secret = shopSecretOf(this.config.refSecret, shop);
    const body = contextOf(request).rawBody ?? new Uint8Array();
    if (!isSameSecret(signatureOf(secret, timestamp, body), given))
      throw refused('The signature is not that of this body, this timestamp and this shop.');
    if (Math.abs(Date.parse(this.clock.now()) / 1_000 - Number(timestamp)) > MOST_SECONDS)
      throw refused(
        'The timestamp is more than 5 minutes off; sign the call anew, by a right clock.',
      );
    return true;
  }
}
