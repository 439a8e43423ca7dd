import { mediaUrl, type MediaStore } from '@crier/audience';
import {
  elementsFor,
  type Channel,
  type Element,
  type MediaSource,
  type MessageContent,
} from '@crier/contracts';
import { invalid } from '../http/check-request.ts';
import type { ContentChecker } from '../ports/content-checker.ts';
import { Problem, type Fault } from '../problems/problem.ts';
import { problemOf } from '../problems/rejection-problem.ts';
import { nearestForm } from './nearest-forms.ts';

export interface MessageExportDeps {
  readonly checker: ContentChecker;
  readonly media: MediaStore;
  readonly publicUrl: string;
}

export interface WantedExport {
  readonly from: Channel;
  readonly to: readonly Channel[];
  /** Indexes in the content of `from`; all where absent. */
  readonly elements?: readonly number[];
}

/** One element of `from`, and what became of it on another channel. */
export interface CopiedElement {
  readonly to: Channel;
  readonly element: number;
  /** The kinds of element that it is there. */
  readonly as: readonly string[];
}
export interface RefusedElement {
  readonly to: Channel;
  readonly element: number;
  readonly errors: readonly Fault[];
}

export interface Exported {
  /** The whole message with the copies. */
  readonly content: MessageContent;
  readonly copied: readonly CopiedElement[];
  readonly refused: readonly RefusedElement[];
}

interface Wanted {
  readonly content: MessageContent;
  readonly from: Channel;
  readonly to: Channel;
  readonly element: number;
}

const MOST_ELEMENTS = 50;
const TOO_MANY = {
  path: 'elements',
  code: 'too_many_elements',
  message: `A channel has at most ${MOST_ELEMENTS} elements.`,
};

/** The element that a problem is about; beyond all of them where it is about how many there are. */
const indexIn = (path: string): number => Number(/^elements\[(\d+)\]/.exec(path)?.[1] ?? Infinity);

/** The elements that are wanted, in order. */
const indexesOf = (content: MessageContent, { from, elements }: WantedExport): readonly number[] =>
  elementsFor(content, from)
    .map((_, index) => index)
    .filter((index) => elements?.includes(index) ?? true);

/** Copies elements from one channel's content behind what other channels have already. */
export class MessageExport {
  readonly #deps: MessageExportDeps;

  constructor(deps: MessageExportDeps) {
    this.#deps = deps;
  }

  /** @throws Problem INVALID_REQUEST, MESSAGE_MISSING, CONTENT_NOT_SENDABLE where nothing can be copied; Unavailable */
  async of(content: MessageContent | undefined, wanted: WantedExport): Promise<Exported> {
    if (!content) throw problemOf({ code: 'MESSAGE_MISSING' });
    await this.#check(content, wanted);
    const copied: CopiedElement[] = [];
    const refused: RefusedElement[] = [];
    let channels = content.channels ?? {};
    for (const to of wanted.to) {
      const elements = [...elementsFor(content, to)];
      for (const element of indexesOf(content, wanted)) {
        const { forms, errors } = await this.#copyOf(
          { content, from: wanted.from, to, element },
          elements,
        );
        if (errors.length > 0) refused.push({ to, element, errors });
        else {
          elements.push(...forms);
          copied.push({ to, element, as: forms.map(({ type }) => type) });
        }
      }
      if (copied.some((one) => one.to === to)) channels = { ...channels, [to]: { elements } };
    }
    if (copied.length === 0) throw nothingCopied(refused);
    return { content: { ...content, channels }, copied, refused };
  }

  async #check(content: MessageContent, wanted: WantedExport): Promise<void> {
    const known = await this.#deps.checker.channels();
    const { length } = elementsFor(content, wanted.from);
    const errors = [
      ...unknownChannels(known, [['from', wanted.from]]),
      ...unknownChannels(
        known,
        wanted.to.map((channel, index) => [`to[${index}]`, channel]),
      ),
      ...strangeTargets(wanted),
      ...unknownElements(wanted, length),
    ];
    if (errors.length > 0) throw invalid(errors);
    if (length > 0) return;
    const message = `There is no content for ${wanted.from}; write some first.`;
    throw new Problem('MESSAGE_MISSING', `from: ${message}`, {
      errors: [{ path: 'from', code: 'MESSAGE_MISSING', message }],
    });
  }

  /** One element as a channel can show it behind what it has, or why it cannot. */
  async #copyOf(
    { content, from, to, element }: Wanted,
    known: readonly Element[],
  ): Promise<{ readonly forms: readonly Element[]; readonly errors: readonly Fault[] }> {
    const source = elementsFor(content, from)[element];
    if (!source) return { forms: [], errors: [] };
    if (content.synchronised && content.channels?.[to] === undefined)
      return { forms: [], errors: [followsCommon(to)] };
    const { checker } = this.#deps;
    const shows = (await checker.capabilities(to))?.elements ?? [source.type];
    const forms = await nearestForm(source, shows, (media) => this.#linkOf(media));
    const all = [...known, ...forms];
    const problems = all.length > MOST_ELEMENTS ? [TOO_MANY] : await checker.check(to, all);
    const errors = problems
      .filter(({ path }) => indexIn(path) >= known.length)
      .map((problem) => ({
        ...problem,
        path: `elements[${element}]${problem.path.replace(/^elements(\[\d+\])?/, '')}`,
        message: `${to}: ${problem.message}`,
      }));
    return { forms, errors };
  }

  async #linkOf(source: MediaSource): Promise<{ url: string; label: string }> {
    if (source.media !== undefined) {
      const found = await this.#deps.media.find(source.media);
      const url = mediaUrl(this.#deps.publicUrl, source.media);
      return { url, label: found?.name ?? url };
    }
    const { url } = source;
    return { url, label: labelOf(url) };
  }
}

/** The name of the file at an address, or the address. */
const labelOf = (url: string): string => {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  return path.split('/').at(-1) || url;
};

const unknownChannels = (
  known: readonly Channel[],
  named: readonly (readonly [path: string, channel: Channel])[],
): readonly Fault[] =>
  named
    .filter(([, channel]) => !known.includes(channel))
    .map(([path, channel]) => ({
      path,
      code: 'UNKNOWN_CHANNEL',
      message: `Nobody sends on ${channel} here; known are ${known.join(', ')}.`,
    }));

const strangeTargets = ({ from, to }: WantedExport): readonly Fault[] =>
  to.flatMap((channel, index) => {
    const path = `to[${index}]`;
    if (channel === from)
      return [{ path, code: 'SAME_CHANNEL', message: 'Name another channel than `from`.' }];
    return to.indexOf(channel) < index
      ? [{ path, code: 'REPEATED', message: 'Name each channel once; remove this one.' }]
      : [];
  });

const unknownElements = ({ elements = [] }: WantedExport, length: number): readonly Fault[] =>
  elements.flatMap((element, index) =>
    element < length
      ? []
      : [
          {
            path: `elements[${index}]`,
            code: 'UNKNOWN_ELEMENT',
            message: `There are ${length} elements; the first is 0.`,
          },
        ],
  );

const followsCommon = (channel: Channel): Fault => ({
  path: 'synchronised',
  code: 'FOLLOWS_COMMON',
  message: `${channel} shows the common elements and follows their changes: put the message with "synchronised": false, or with elements of its own for ${channel}, first.`,
});

const nothingCopied = (refused: readonly RefusedElement[]): Problem => {
  const errors = refused.flatMap((one) => one.errors).slice(0, 20);
  const [first] = errors;
  const detail = `Nothing was copied. ${first?.path ?? 'elements'}: ${first?.message ?? 'none'}`;
  return new Problem('CONTENT_NOT_SENDABLE', detail, { errors });
};
