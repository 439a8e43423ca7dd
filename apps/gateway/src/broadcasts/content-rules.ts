import type { BotRegistry, ContactDirectory, MediaStore } from '@crier/audience';
import { parseRichText } from '@crier/connector';
import {
  elementsFor,
  type Channel,
  type Element,
  type MediaSource,
  type MessageContent,
} from '@crier/contracts';
import { unknownVariables, type NamedVariable } from '../audience/variable-names.ts';
import type { ContentChecker, ElementProblem } from '../ports/content-checker.ts';
import { Problem, type Fault } from '../problems/problem.ts';

export interface ContentRulesDeps {
  readonly checker: ContentChecker;
  readonly bots: BotRegistry;
  readonly directory: ContactDirectory;
  readonly media: MediaStore;
}

/** Elements and the place in the message where they stand. */
interface Section {
  readonly path: string;
  readonly elements: readonly Element[];
}

const sectionsOf = ({ elements, channels = {} }: MessageContent): readonly Section[] => [
  { path: '', elements },
  ...Object.entries(channels).map(([channel, own]) => ({
    path: `channels.${channel}.`,
    elements: own.elements,
  })),
];

const sourcesOf = ({ path, elements }: Section): readonly (MediaSource & { path: string })[] =>
  elements.flatMap((element, index) => {
    const at = `${path}elements[${index}]`;
    if (element.type === 'text') return [];
    if (element.type !== 'gallery') return [{ ...element, path: at }];
    return element.cards.map((card, i) => ({ ...card, path: `${at}.cards[${i}]` }));
  });

const textsOf = ({ path, elements }: Section): readonly { text: string; path: string }[] =>
  elements.flatMap((element, index) => {
    const at = `${path}elements[${index}]`;
    if (element.type === 'text') return [{ text: element.text, path: `${at}.text` }];
    if (element.type !== 'gallery')
      return element.caption === undefined
        ? []
        : [{ text: element.caption, path: `${at}.caption` }];
    return element.cards.flatMap(({ title = '', text = '' }, i) => [
      { text: title, path: `${at}.cards[${i}].title` },
      { text, path: `${at}.cards[${i}].text` },
    ]);
  });

const variablesOf = (section: Section): readonly NamedVariable[] =>
  textsOf(section).flatMap(({ text, path }) =>
    parseRichText(text).pieces.flatMap((piece) =>
      typeof piece === 'string' ? [] : [{ name: piece.name, path }],
    ),
  );

const toldBy = (channel: Channel, path: string, told: ElementProblem): Fault => ({
  path: path + told.path,
  code: told.code,
  message: `${channel}: ${told.message}`,
});

const notShown = ({ synchronised, elements }: MessageContent): Fault[] =>
  synchronised || elements.length === 0
    ? []
    : [
        {
          path: 'elements',
          code: 'ELEMENTS_NOT_SHOWN',
          message:
            'No channel shows these: with "synchronised": false each shows its own under `channels`. Move them there, or synchronise.',
        },
      ];

/** What has to be true of a message beyond its form: every channel that has bots can send it. */
export class ContentRules {
  readonly #deps: ContentRulesDeps;

  constructor(deps: ContentRulesDeps) {
    this.#deps = deps;
  }

  /**
   * `at` stands before the paths of what is wrong.
   * @throws Problem CONTENT_NOT_SENDABLE, UNKNOWN_MEDIA, UNKNOWN_VARIABLE, UNKNOWN_CHANNEL; Unavailable
   */
  async check(content: MessageContent, at = ''): Promise<void> {
    const sections = sectionsOf(content);
    const faults = [
      ...(await this.#unknownMedia(sections)),
      ...(await unknownVariables(this.#deps.directory, sections.flatMap(variablesOf))),
      ...(await this.#notSendable(content)),
    ];
    const errors = faults.slice(0, 20).map((fault) => ({ ...fault, path: at + fault.path }));
    const [first] = errors;
    if (!first) return;
    const code = OWN_CODES.includes(first.code) ? first.code : 'CONTENT_NOT_SENDABLE';
    throw new Problem(code, `${first.path}: ${first.message}`, { errors });
  }

  /** What the channels can send, and would be better done otherwise. `at` stands before its paths. @throws Unavailable */
  async warnings(content: MessageContent, at = ''): Promise<readonly Fault[]> {
    const { checker } = this.#deps;
    const own = Object.keys(content.channels ?? {});
    const common = content.synchronised ? await this.#meant(await checker.channels(), own) : [];
    const faults: Fault[] = notShown(content);
    for (const channel of [...common, ...own]) {
      const path = own.includes(channel) ? `channels.${channel}.` : '';
      const warnings = await checker.warnings(channel, elementsFor(content, channel));
      faults.push(...warnings.map((one) => toldBy(channel, path, one)));
    }
    return faults.map((fault) => ({ ...fault, path: at + fault.path }));
  }

  async #notSendable(content: MessageContent): Promise<readonly Fault[]> {
    const known = await this.#deps.checker.channels();
    const own = Object.keys(content.channels ?? {});
    const unknown = own
      .filter((channel) => !known.includes(channel))
      .map((channel) => ({
        path: `channels.${channel}`,
        code: 'UNKNOWN_CHANNEL',
        message: `Nobody sends on ${channel} here; known are ${known.join(', ')}.`,
      }));
    const faults: Fault[] = [...unknown];
    for (const channel of known.filter((one) => own.includes(one)))
      faults.push(...(await this.#faults(channel, content, `channels.${channel}.`)));
    if (content.synchronised)
      for (const channel of await this.#meant(known, own))
        faults.push(...(await this.#faults(channel, content, '')));
    return faults;
  }

  /** The channels that show the common elements and have somebody to send them. */
  async #meant(known: readonly Channel[], own: readonly Channel[]): Promise<readonly Channel[]> {
    const bots = new Set((await this.#deps.bots.list()).map(({ channel }) => channel));
    const common = known.filter((channel) => !own.includes(channel));
    const served = common.filter((channel) => bots.has(channel));
    return bots.size > 0 ? served : common;
  }

  async #faults(
    channel: Channel,
    content: MessageContent,
    path: string,
  ): Promise<readonly Fault[]> {
    const elements = path === '' ? content.elements : (content.channels?.[channel]?.elements ?? []);
    if (elements.length === 0) return [];
    const problems = await this.#deps.checker.check(channel, elements);
    return problems.map((problem) => toldBy(channel, path, problem));
  }

  async #unknownMedia(sections: readonly Section[]): Promise<readonly Fault[]> {
    const faults: Fault[] = [];
    for (const { media, path } of sections.flatMap(sourcesOf)) {
      if (media === undefined || (await this.#deps.media.find(media))) continue;
      faults.push({
        path: `${path}.media`,
        code: 'UNKNOWN_MEDIA',
        message: 'There is no upload with this id; POST it to /v1/media first.',
      });
    }
    return faults;
  }
}

const OWN_CODES = ['UNKNOWN_MEDIA', 'UNKNOWN_VARIABLE', 'UNKNOWN_CHANNEL'];
