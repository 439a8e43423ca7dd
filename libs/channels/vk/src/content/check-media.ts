import { problem, type ContentProblem } from '@crier/connector';
import type { MediaKind, MediaSource } from '@crier/contracts';
import { MOST_URL_LENGTH } from '../limits.ts';
import { attachmentIn, formOf, isOfKind } from './attachments.ts';
import { rules } from './problems.ts';

type Problems = readonly ContentProblem[];

/** VK takes neither music nor programs as documents. */
const REFUSED_ENDING = /\.(mp3|exe|msi|com|scr|bat|cmd|apk)$/i;

/** True for names of files that VK takes no documents of. */
export const isRefusedName = (name: string): boolean => REFUSED_ENDING.test(name);

const urlProblems = (path: string, url: string, kind: MediaKind): Problems => {
  const attachment = attachmentIn(url);
  if (attachment !== undefined)
    return isOfKind(attachment, kind)
      ? []
      : [
          problem(
            path,
            'vk_attachment_kind',
            `"${attachment.slice(0, 60)}" is something else than this element shows: choose another one, or another element.`,
          ),
        ];
  if (!rules.isWebAddress(url))
    return [
      problem(
        path,
        'media_url_invalid',
        `A file needs an http or https address of at most ${MOST_URL_LENGTH} characters, or one of VK's attachments, as photo-1_2.`,
      ),
    ];
  return formOf(kind) === 'document' && isRefusedName(URL.parse(url)?.pathname ?? '')
    ? [
        problem(
          path,
          'file_kind',
          'VK takes no programs and no music as documents: send an archive or a link.',
        ),
      ]
    : [];
};

/** What is wrong with where a file comes from. */
export const sourceProblems = (
  path: string,
  { url, media }: MediaSource,
  kind: MediaKind,
): Problems => {
  if (typeof url === 'string') return urlProblems(`${path}.url`, url, kind);
  return typeof media === 'string' && /^\S+$/.test(media)
    ? []
    : [problem(path, 'media_missing', 'Choose a file: give its address, or upload one.')];
};
