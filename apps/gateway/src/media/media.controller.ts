import { Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MediaStore, type Media } from '@crier/audience';
import type { FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../gateway-deps.ts';
import { Answer, created } from '../http/answer.ts';
import { Endpoint } from '../http/endpoint.ts';
import { uploadIn } from '../http/upload.ts';
import { Problem } from '../problems/problem.ts';
import { GATEWAY_CONFIG } from '../tokens.ts';

const FIFTY_MB = 50 * 1024 * 1024;
/** What a browser may show by itself; nothing that could run. */
const SHOWN = /^(image\/(jpeg|png|gif|webp)|video\/(mp4|webm)|audio\/(mpeg|ogg|mp4))$/;

const tooLarge = (most: number): Problem =>
  new Problem('MEDIA_TOO_LARGE', `file: A file has at most ${most} bytes; send a smaller one.`);

const fileName = (name: string): string => `filename*=UTF-8''${encodeURIComponent(name)}`;

/** Uploaded files, served from public addresses. */
@ApiTags('media')
@Controller('v1/media')
export class MediaController {
  constructor(
    @Inject(MediaStore) private readonly media: MediaStore,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  @Post()
  @Endpoint({
    summary: 'Keeps a file (multipart/form-data); the same bytes again give the same id',
    roles: ['operator', 'channel'],
    consumes: ['multipart/form-data'],
    answers: { 201: 'Media' },
  })
  async upload(@Req() request: FastifyRequest): Promise<Answer> {
    const most = this.config.mediaLimit ?? FIFTY_MB;
    // One byte more than allowed, so that a file that just fits is not taken for a cut one.
    const upload = await uploadIn(request, most + 1);
    const media = await this.media.put(upload.name, upload.content);
    if (upload.isCut() || media.bytes > most) throw tooLarge(most);
    return created(this.#shown(media), `/v1/media/${media.id}`);
  }

  /** Some messengers go by the ending of an address: any name may follow. */
  @Get(':id/:name')
  @Endpoint({
    summary: 'The file itself, under any name',
    answers: { 200: 'application/octet-stream' },
  })
  getNamed(@Param('id') id: string): Promise<Answer> {
    return this.get(id);
  }

  @Get(':id')
  @Endpoint({ summary: 'The file itself', answers: { 200: 'application/octet-stream' } })
  async get(@Param('id') id: string): Promise<Answer> {
    const media = await this.media.find(id);
    const bytes = media && (await this.media.open(id));
    if (!bytes) throw new Problem('MEDIA_NOT_FOUND', 'There is no file with this id.');
    const shown = SHOWN.test(media.contentType);
    return new Answer(200, bytes, {
      'content-type': shown ? media.contentType : 'application/octet-stream',
      'content-length': String(media.bytes),
      'content-disposition': `${shown ? 'inline' : 'attachment'}; ${fileName(media.name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  }

  #shown(media: Media): object {
    return { ...media, url: `${this.config.publicUrl}/v1/media/${media.id}` };
  }
}
