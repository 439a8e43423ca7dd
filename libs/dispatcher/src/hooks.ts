import type { WebhookRequest } from '@crier/connector';
import type { WebhookAnswer, Webhooks } from '@crier/delivery';
import { AppError } from '@crier/kernel';
import {
  All,
  Controller,
  HttpStatus,
  Inject,
  Module,
  Param,
  Req,
  Res,
  type DynamicModule,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Turnstile } from './turnstile.ts';

const WEBHOOKS = Symbol('webhooks');

const STATUS: Readonly<Record<WebhookAnswer['is'], HttpStatus>> = {
  stored: HttpStatus.OK,
  forged: HttpStatus.FORBIDDEN,
  unknown_bot: HttpStatus.NOT_FOUND,
};

/** Some milliseconds' work. */
const CALLS_PER_TURN = 4;

const NOTHING = { text: '', json: undefined };

type Values = Readonly<Record<string, string | string[] | undefined>>;

interface Call {
  readonly method: string;
  readonly headers: Values;
  readonly query: unknown;
  /** The bytes as they came. */
  readonly body: unknown;
}

interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
  send(body?: unknown): unknown;
}

const firstOf = (values: Values): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );

const requestOf = ({ method, headers, query, body }: Call): WebhookRequest => ({
  method: method === 'GET' ? 'GET' : 'POST',
  headers: firstOf(headers),
  query: firstOf(query as Values),
  rawBody: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
});

/** `/hooks/<channel>/<bot>`: answered 200 only when everything that was told is stored. */
@ApiExcludeController()
@Controller('hooks')
export class HooksController {
  readonly #turnstile = new Turnstile(CALLS_PER_TURN);

  constructor(@Inject(WEBHOOKS) private readonly webhooks: readonly Webhooks[]) {}

  @All(':channel/:bot')
  async receive(
    @Param('channel') channel: string,
    @Param('bot') botId: string,
    @Req() call: Call,
    @Res() reply: Reply,
  ): Promise<void> {
    await this.#turnstile.pass();
    const webhooks = this.webhooks.find((each) => each.channel === channel);
    try {
      const answer = await webhooks?.receive(botId, requestOf(call));
      const { text, json } = answer?.is === 'stored' ? answer : NOTHING;
      reply
        .status(STATUS[answer?.is ?? 'unknown_bot'])
        .header('content-type', `${json ? 'application/json' : 'text/plain'}; charset=utf-8`)
        .send(text);
    } catch (error) {
      if (!(error instanceof AppError) || error.verdict !== 'retry') throw error;
      reply.status(HttpStatus.SERVICE_UNAVAILABLE).send();
    }
  }
}

/** The webhook routes of the channels that a process serves. */
@Module({})
export class HooksModule {
  static with(webhooks: readonly Webhooks[]): DynamicModule {
    return {
      module: HooksModule,
      controllers: [HooksController],
      providers: [{ provide: WEBHOOKS, useValue: webhooks }],
    };
  }
}
