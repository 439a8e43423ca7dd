import type { Asked } from './gateway-world.ts';

/** A multipart body with one file in it; none where `content` is undefined. */
export const formWith = (
  name: string,
  type: string,
  content: string | Buffer | undefined,
): Pick<Asked, 'body' | 'headers'> => {
  const boundary = 'a-boundary';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`;
  const body =
    content === undefined
      ? Buffer.from(`--${boundary}--\r\n`)
      : Buffer.concat([
          Buffer.from(head),
          Buffer.from(content),
          Buffer.from(`\r\n--${boundary}--\r\n`),
        ]);
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
};
