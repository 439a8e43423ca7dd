import { Body, Controller, Delete, Get, Inject, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { BotRegistry, type Bot } from '@crier/audience';
import { Clock } from '@crier/kernel';
import { RoutingReader } from '../audience/routing-reader.ts';
import { created, noContent, ok, type Answer } from '../http/answer.ts';
import { Endpoint } from '../http/endpoint.ts';
import { Problem } from '../problems/problem.ts';
import { BotDesk, type RegisteredBot, type WantedBot } from './bot-desk.ts';
import { channelsOf } from './channel-list.ts';

const noSuchBot = (): Problem => new Problem('BOT_NOT_FOUND', 'There is no bot with this id.');

/** A bot without its secrets. */
const shown = ({ credentials, ...bot }: Bot): object => ({
  ...bot,
  name: bot.name === '' ? bot.id : bot.name,
  credentials: Object.keys(credentials),
});

/** A bot with what was made up for it: nobody can read that again. */
const registeredAs = ({ bot, secrets }: Omit<RegisteredBot, 'isNew'>): object => ({
  ...shown(bot),
  ...(Object.keys(secrets).length > 0 && { secrets }),
});

const NOT_STORED = { 'cache-control': 'no-store' };

/** Bots and their credentials, and the channels that are there. */
@ApiTags('bots')
@Controller('v1')
export class BotsController {
  constructor(
    @Inject(BotRegistry) private readonly bots: BotRegistry,
    @Inject(BotDesk) private readonly desk: BotDesk,
    @Inject(RoutingReader) private readonly routing: RoutingReader,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get('bots')
  @Endpoint({
    summary: 'All bots',
    roles: ['operator', 'analyst', 'channel'],
    answers: { 200: 'BotList' },
  })
  async list(): Promise<Answer> {
    return ok({ items: (await this.bots.list()).map(shown) });
  }

  @Get('bots/:id')
  @Endpoint({
    summary: 'One bot',
    roles: ['operator', 'analyst', 'channel'],
    answers: { 200: 'Bot' },
  })
  async get(@Param('id') id: string): Promise<Answer> {
    const bot = await this.bots.get(id);
    if (!bot) throw noSuchBot();
    return ok(shown(bot));
  }

  @Put('bots/:id')
  @Endpoint({
    summary: 'Registers or changes a bot; the messenger checks the credentials',
    roles: ['channel'],
    body: 'BotChange',
    answers: { 200: 'BotRegistered', 201: 'BotRegistered' },
  })
  async put(@Param('id') id: string, @Body() body: WantedBot): Promise<Answer> {
    const { isNew, ...registered } = await this.desk.put(id, body);
    const answer = registeredAs(registered);
    return isNew ? created(answer, `/v1/bots/${id}`, NOT_STORED) : ok(answer, NOT_STORED);
  }

  @Delete('bots/:id')
  @Endpoint({
    summary: 'Forgets a bot and its credentials',
    roles: ['channel'],
    answers: { 204: null },
  })
  async remove(@Param('id') id: string): Promise<Answer> {
    if (!(await this.bots.remove(id))) throw noSuchBot();
    return noContent();
  }

  @Get('channels')
  @Endpoint({
    summary: 'The channels that dispatchers have announced, with what they can do',
    roles: ['operator', 'analyst', 'channel'],
    answers: { 200: 'ChannelList' },
  })
  async channels(): Promise<Answer> {
    return ok({ items: channelsOf(await this.routing.announced(), this.clock.now()) });
  }
}
