import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Clock, type Log } from '@crier/kernel';
import type { Server } from 'node:http';
import { CommandDesk } from './commands/command-desk.ts';
import { LiveRows } from './events/live-rows.ts';
import { CommandLog } from './ports/command-log.ts';
import { LOG } from './tokens.ts';

const DAY_MS = 24 * 3_600_000;
const KEPT_DAYS = 7;
/** So long answers under way have, when the gateway ends; connections that say nothing would wait for ever. */
const LAST_ANSWERS_MS = 1_000;

/** Starts and ends what the gateway does besides answering requests. */
@Injectable()
export class GatewayLife implements OnModuleInit, OnModuleDestroy {
  #tidying: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CommandDesk) private readonly desk: CommandDesk,
    @Inject(LiveRows) private readonly live: LiveRows,
    @Inject(CommandLog) private readonly commandLog: CommandLog,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.desk.start();
    await this.#tidy();
    this.#tidying = setInterval(() => void this.#tidy(), DAY_MS);
    this.#tidying.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#tidying);
    this.live.stop();
    this.#hangUpSoon();
    await this.desk.stop();
  }

  #hangUpSoon(): void {
    const server = this.http.httpAdapter.getHttpServer() as Server;
    setTimeout(() => {
      server.closeAllConnections();
    }, LAST_ANSWERS_MS).unref();
  }

  async #tidy(): Promise<void> {
    const before = new Date(Date.parse(this.clock.now()) - KEPT_DAYS * DAY_MS).toISOString();
    try {
      await this.commandLog.forget(before);
    } catch (error) {
      this.log.warn('old commands could not be forgotten', { error: String(error) });
    }
  }
}
