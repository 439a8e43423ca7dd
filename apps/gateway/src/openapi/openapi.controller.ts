import { Controller, Get, Inject } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { ok, type Answer } from '../http/answer.ts';
import { Endpoint } from '../http/endpoint.ts';
import { OpenApiDocument } from './openapi-document.ts';

/** The API's own description. */
@Controller('v1/openapi.json')
export class OpenApiController {
  constructor(@Inject(OpenApiDocument) private readonly document: OpenApiDocument) {}

  @Get()
  @ApiExcludeEndpoint()
  @Endpoint({ summary: 'OpenAPI 3.1', answers: { 200: null } })
  get(): Answer {
    return ok(this.document.get() ?? {}, { 'cache-control': 'public, max-age=60' });
  }
}
