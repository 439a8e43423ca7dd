/** The public address of an uploaded file; `name`: what it is to end with, for messengers that go by that. */
export const mediaUrl = (publicUrl: string, id: string, name?: string): string =>
  `${publicUrl}/v1/media/${id}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
