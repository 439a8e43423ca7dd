import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { RetryWhat } from '@crier/contracts';
import type { Answer } from '../http/answer.ts';
import { Endpoint, type EndpointSpec } from '../http/endpoint.ts';
import { TheOrder, type Order } from '../http/request-context.ts';
import { BroadcastOrders } from './broadcast-orders.ts';
import type { WantedStart } from './start-time.ts';
import { TestSends } from './test-sends.ts';

const action = (summary: string, more: Partial<EndpointSpec> = {}): EndpointSpec => ({
  summary,
  roles: ['operator'],
  command: true,
  answers: { 200: 'BroadcastRow' },
  ...more,
});

/** What can be done with a broadcast. */
@ApiTags('broadcasts')
@Controller('v1/broadcasts/:id')
export class BroadcastActionsController {
  constructor(
    @Inject(BroadcastOrders) private readonly orders: BroadcastOrders,
    @Inject(TestSends) private readonly tests: TestSends,
  ) {}

  @Post('activate')
  @HttpCode(200)
  @Endpoint(
    action('Saves and activates sending', { body: 'Activation', answers: { 200: 'Activated' } }),
  )
  activate(
    @TheOrder() order: Order,
    @Param('id') id: string,
    @Body() body: { readonly start: WantedStart },
  ): Promise<Answer> {
    return this.orders.activate(order, id, body.start);
  }

  @Post('unschedule')
  @HttpCode(200)
  @Endpoint(action('Takes a scheduled broadcast back to a draft'))
  unschedule(@TheOrder() order: Order, @Param('id') id: string): Promise<Answer> {
    return this.orders.simple(order, id, { type: 'CancelSchedule', data: {} });
  }

  @Post('hold')
  @HttpCode(200)
  @Endpoint(action('Holds sending; the rest waits'))
  hold(@TheOrder() order: Order, @Param('id') id: string): Promise<Answer> {
    const data = { reason: 'operator' };
    return this.orders.simple(order, id, { type: 'HoldBroadcast', data });
  }

  @Post('resume')
  @HttpCode(200)
  @Endpoint(action('Ends every hold of a broadcast and of its lanes'))
  resume(@TheOrder() order: Order, @Param('id') id: string): Promise<Answer> {
    return this.orders.simple(order, id, { type: 'ResumeBroadcast', data: {} });
  }

  @Post('stop')
  @HttpCode(200)
  @Endpoint(action('Stops sending for good; the rest is skipped'))
  stop(@TheOrder() order: Order, @Param('id') id: string): Promise<Answer> {
    return this.orders.simple(order, id, { type: 'StopBroadcast', data: {} });
  }

  @Post('copy')
  @Endpoint(
    action('A new draft with the same message, audience and settings', {
      body: 'BroadcastCopy',
      bodyOptional: true,
      answers: { 201: 'BroadcastRow' },
    }),
  )
  copy(
    @TheOrder() order: Order,
    @Param('id') id: string,
    @Body() body: { readonly name?: string },
  ): Promise<Answer> {
    return this.orders.copy(order, id, body.name);
  }

  @Post('retry')
  @HttpCode(200)
  @Endpoint(
    action('Sends once more to those who failed, or to those nobody knows of', { body: 'Retry' }),
  )
  retry(
    @TheOrder() order: Order,
    @Param('id') id: string,
    @Body() body: { readonly what: RetryWhat },
  ): Promise<Answer> {
    return this.orders.simple(order, id, { type: 'RequestRetry', data: { what: body.what } });
  }

  @Post('test')
  @HttpCode(200)
  @Endpoint(
    action('Sends the message to one contact; counted nowhere', {
      body: 'TestSend',
      answers: { 200: 'TestSent' },
    }),
  )
  test(
    @TheOrder() order: Order,
    @Param('id') id: string,
    @Body() body: { readonly contactId: string; readonly botId?: string },
  ): Promise<Answer> {
    return this.tests.send(order, id, body);
  }
}
