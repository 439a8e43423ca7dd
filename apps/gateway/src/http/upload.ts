import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import { clientProblem } from '../problems/problem-document.ts';
import { Problem } from '../problems/problem.ts';
import { invalid } from './check-request.ts';

export interface Upload {
  readonly name: string;
  readonly contentType: string;
  readonly content: Readable;
  /** After reading: the file was longer than the limit and was cut. */
  isCut(): boolean;
}

const MOST_NAME = 200;

const named = (name: string | undefined): string =>
  (name ?? '').slice(0, MOST_NAME).replaceAll(/[\p{Cc}\p{Surrogate}\\/]/gu, '_') || 'upload';

const broken = (error: unknown): Problem =>
  clientProblem(error) ??
  new Problem('BAD_REQUEST', 'The form is broken or ends too early; send it again, whole.');

/** The bytes of a part. What is wrong with the form around them is the client's fault. */
async function* bytesOf(part: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of part) yield chunk as Uint8Array;
  } catch (error) {
    throw broken(error);
  }
}

const filePart = async (
  request: FastifyRequest,
  fileSize: number | undefined,
): Promise<MultipartFile> => {
  const limits = { files: 1, fileSize: fileSize ?? Number.MAX_SAFE_INTEGER };
  const part = await request.file({ limits, throwFileSizeLimit: false }).catch((error: unknown) => {
    throw broken(error);
  });
  if (part) return part;
  throw invalid([
    { path: 'file', code: 'REQUIRED', message: 'Send a file in a part of the form.' },
  ]);
};

/**
 * The file of a request: a part of a form, or the body itself where the route takes its content type.
 * @throws Problem INVALID_REQUEST, UNSUPPORTED_MEDIA_TYPE
 */
export const uploadIn = async (
  request: FastifyRequest,
  most: number | undefined,
): Promise<Upload> => {
  if (request.isMultipart()) {
    const { filename, mimetype, file } = await filePart(request, most);
    return {
      name: named(filename),
      contentType: mimetype,
      content: Readable.from(bytesOf(file), { objectMode: false }),
      isCut: () => file.truncated,
    };
  }
  if (!(request.body instanceof Readable))
    throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'Send the file as multipart/form-data.');
  const contentType = request.headers['content-type'] ?? '';
  return { name: 'upload', contentType, content: request.body, isCut: () => false };
};
