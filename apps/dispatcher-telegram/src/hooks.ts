import type { WebhookAnswer, Webhooks } from '@crier/delivery';
import { AppError } from '@crier/kernel';
import {
  Controller,
  HttpCode,
  HttpStatus,
  Inject,
  Module,
  Param,
  Post,
  Req,
  Res,
  type DynamicModule,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

const WEBHOOKS = Symbol('webhooks');

const STATUS: Readonly<Record<WebhookAnswer, HttpStatus>> = {
  stored: HttpStatus.OK,
  forged: HttpStatus.UNAUTHORIZED,
  unknown_bot: HttpStatus.NOT_FOUND,
};

interface Call {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The bytes as they came. */
  readonly body: unknown;
}

interface Reply {
  status(code: number): { send(body?: unknown): unknown };
}

/** `POST /hooks/telegram/:bot`: answered 200 only when everything that was told is stored. */
@ApiExcludeController()
@Controller('hooks/telegram')
export class HooksController {
  constructor(@Inject(WEBHOOKS) private readonly webhooks: Webhooks) {}

  @Post(':bot')
  @HttpCode(HttpStatus.OK)
  async receive(
    @Param('bot') botId: string,
    @Req() call: Call,
    @Res() reply: Reply,
  ): Promise<void> {
    const headers = Object.fromEntries(
      Object.entries(call.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value[0] : value,
      ]),
    );
    try {
      const answer = await this.webhooks.receive(botId, {
        headers,
        rawBody: Buffer.isBuffer(call.body) ? call.body : Buffer.alloc(0),
      });
      reply.status(STATUS[answer]).send();
    } catch (error) {
      if (!(error instanceof AppError) || error.verdict !== 'retry') throw error;
      reply.status(HttpStatus.SERVICE_UNAVAILABLE).send();
    }
  }
}

/** The webhook route of one dispatcher. */
@Module({})
export class HooksModule {
  static with(webhooks: Webhooks): DynamicModule {
    return {
      module: HooksModule,
      controllers: [HooksController],
      providers: [{ provide: WEBHOOKS, useValue: webhooks }],
    };
  }
}
