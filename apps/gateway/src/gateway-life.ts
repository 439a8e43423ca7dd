import { Injectable, Inject, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock, type Log } from '@crier/kernel';
import { CommandDesk } from './commands/command-desk.ts';
import { LiveRows } from './events/live-rows.ts';
import { CommandLog } from './ports/command-log.ts';
import { LOG } from './tokens.ts';

const DAY_MS = 24 * 3_600_000;
const KEPT_DAYS = 7;

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
    await this.desk.stop();
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
