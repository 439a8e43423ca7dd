import { Body, Controller, Delete, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Clock } from '@crier/kernel';
import { created, noContent, ok, type Answer } from '../http/answer.ts';
import { Endpoint } from '../http/endpoint.ts';
import { TokenStore, type Role, type TokenRecord } from '../ports/token-store.ts';
import { Problem } from '../problems/problem.ts';
import { issueToken } from './tokens.ts';

const shown = ({ hash: _hash, ...record }: TokenRecord): object => record;

/** Who may use the API. */
@ApiTags('tokens')
@Controller('v1/tokens')
export class TokensController {
  constructor(
    @Inject(TokenStore) private readonly tokens: TokenStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  @Endpoint({ summary: 'All tokens', roles: [], answers: { 200: 'TokenList' } })
  async list(): Promise<Answer> {
    return ok({ items: (await this.tokens.list()).map(shown) });
  }

  @Post()
  @Endpoint({
    summary: 'Makes a token; it is shown this once',
    roles: [],
    body: 'TokenWanted',
    answers: { 201: 'TokenIssued' },
  })
  async issue(@Body() body: { readonly name: string; readonly role: Role }): Promise<Answer> {
    const { record, token } = await issueToken(this.tokens, this.clock, body);
    return created({ ...shown(record), token }, `/v1/tokens/${record.id}`, {
      'cache-control': 'no-store',
    });
  }

  @Delete(':id')
  @Endpoint({ summary: 'Revokes a token, at once', roles: [], answers: { 204: null } })
  async revoke(@Param('id') id: string): Promise<Answer> {
    if (!(await this.tokens.revoke(id)))
      throw new Problem('TOKEN_NOT_FOUND', 'There is no token with this id that is valid.');
    return noContent();
  }
}
