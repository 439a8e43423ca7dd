import { derivedId, freshId, unreachable, type Clock } from '@crier/kernel';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { Answer } from '../http/answer.ts';
import { idempotencyKeyOf, ifRevisionOf } from '../http/check-request.ts';
import { contextOf } from '../http/request-context.ts';
import type { CommandLog } from '../ports/command-log.ts';
import { clientProblem, documentOf } from '../problems/problem-document.ts';
import { Problem } from '../problems/problem.ts';

const fingerprintOf = ({ method, url, body }: FastifyRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([method, url, body ?? null]))
    .digest('hex');

const REPLAYED = { 'idempotency-replayed': 'true' };

/**
 * Runs a request that gives commands once for each `Idempotency-Key` of a token: a repeat gets the first answer. While the first is
 * known, the same command is given again under the same id, which the decider recognises.
 */
export class IdempotentCommands {
  readonly #log: CommandLog;
  readonly #clock: Clock;

  constructor(log: CommandLog, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  /** @throws Problem IDEMPOTENCY_KEY_REUSED, INVALID_REQUEST; what `run` throws */
  async once(request: FastifyRequest, run: () => Promise<unknown>): Promise<unknown> {
    const context = contextOf(request);
    const caller = context.caller ?? unreachable('a command without a caller' as never);
    const key = idempotencyKeyOf(request);
    const ifRevision = ifRevisionOf(request);
    const commandId = key === undefined ? freshId() : derivedId('command', caller.tokenId, key);
    const entry = {
      id: commandId,
      tokenId: caller.tokenId,
      fingerprint: fingerprintOf(request),
      askedAt: this.#clock.now(),
    };
    const kept = await this.#log.begin(entry);
    if (kept.fingerprint !== entry.fingerprint)
      throw new Problem(
        'IDEMPOTENCY_KEY_REUSED',
        'Idempotency-Key was used for another request before; use a new key for a new request.',
      );
    if (kept.answer) {
      const { status, body, headers } = kept.answer;
      return new Answer(status, body ?? undefined, { ...headers, ...REPLAYED });
    }
    const { outcome } = kept;
    context.order = {
      commandId,
      actor: caller.name,
      ...(ifRevision === undefined ? {} : { ifRevision }),
      ...(outcome === undefined ? {} : { outcome }),
    };
    return this.#keep(commandId, run);
  }

  /** Refusals are kept as answers too; what passes (an absence, a 202) is not. */
  async #keep(id: string, run: () => Promise<unknown>): Promise<unknown> {
    try {
      const answer = await run();
      if (answer instanceof Answer && answer.status !== 202)
        await this.#log.answered(id, {
          status: answer.status,
          headers: answer.headers,
          body: answer.body ?? null,
        });
      return answer;
    } catch (error) {
      const problem = clientProblem(error);
      const document = problem && documentOf(problem);
      if (problem && document && document.status < 500)
        await this.#log.answered(id, {
          status: document.status,
          headers: { ...problem.headers, 'content-type': 'application/problem+json' },
          body: document,
        });
      throw error;
    }
  }
}
