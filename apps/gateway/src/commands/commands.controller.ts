import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ok, type Answer } from '../http/answer.ts';
import { Endpoint } from '../http/endpoint.ts';
import { CommandLog, type CommandEntry } from '../ports/command-log.ts';
import { Problem } from '../problems/problem.ts';

const shown = ({ id, askedAt, outcome }: CommandEntry): object => {
  if (!outcome) return { commandId: id, state: 'pending', askedAt };
  const { accepted, broadcastId, revision, rejection } = outcome;
  return {
    commandId: id,
    state: accepted ? 'accepted' : 'refused',
    askedAt,
    broadcastId,
    revision,
    ...(rejection === undefined ? {} : { rejection }),
  };
};

/** What became of commands that were not known in time. */
@ApiTags('commands')
@Controller('v1/commands')
export class CommandsController {
  constructor(@Inject(CommandLog) private readonly log: CommandLog) {}

  @Get(':id')
  @Endpoint({
    summary: 'What became of a command',
    roles: ['operator', 'analyst', 'channel'],
    answers: { 200: 'CommandShown' },
  })
  async get(@Param('id') id: string): Promise<Answer> {
    const entry = await this.log.find(id);
    if (!entry) throw new Problem('COMMAND_NOT_FOUND', 'There is no command with this id.');
    return ok(shown(entry));
  }
}
