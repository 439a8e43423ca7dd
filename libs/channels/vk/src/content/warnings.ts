import { problem, type ContentProblem } from '@crier/connector';
import type { Element, MediaSource } from '@crier/contracts';
import { attachmentIn } from './attachments.ts';

const warningsOf = (path: string, { url }: MediaSource): readonly ContentProblem[] =>
  url === undefined || attachmentIn(url) !== undefined
    ? []
    : [
        problem(
          `${path}.url`,
          'vk_image_outside',
          'The image is not on VK, so every broadcast uploads it anew: upload the image to the VK group and use its link.',
        ),
      ];

/** What can be sent, and would be better done otherwise. No part of the check. */
export const warnings = (elements: readonly Element[]): readonly ContentProblem[] =>
  elements.flatMap((element, index) => {
    const path = `elements[${index}]`;
    if (element.type === 'image') return warningsOf(path, element);
    return element.type === 'gallery'
      ? element.cards.flatMap((card, at) => warningsOf(`${path}.cards[${at}]`, card))
      : [];
  });
