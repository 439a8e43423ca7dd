import { parseRichText, withFallbacks } from '@crier/connector';
import { buttonsOf, type Capabilities, type Channel, type Element } from '@crier/contracts';
import { ContentChecker, type ElementProblem } from '../ports/content-checker.ts';

const problem = (path: string, code: string, message: string): ElementProblem => ({
  path,
  code,
  message,
});

const lengthOf = (text: string): number => withFallbacks(parseRichText(text)).length;

const tooLong = (path: string, text: string, most: number): readonly ElementProblem[] =>
  lengthOf(text) <= most
    ? []
    : [
        problem(
          path,
          path.endsWith('caption') ? 'caption_too_long' : 'text_too_long',
          `${lengthOf(text)} characters, ${most} are allowed: shorten it.`,
        ),
      ];

const buttonProblems = (
  path: string,
  element: Element,
  { buttons, limits }: Capabilities,
): readonly ElementProblem[] => {
  const given = buttonsOf([element]);
  const kinds = given
    .filter(({ kind }) => !buttons.includes(kind))
    .map(({ kind }) => problem(path, 'button_unknown', `There is no button "${kind}" here.`));
  const labels = given
    .filter(({ label }) => label.length > limits.labelLength)
    .map(({ label }) =>
      problem(
        path,
        'label_too_long',
        `"${label.slice(0, 40)}" has ${label.length} characters, ${limits.labelLength} are allowed: shorten it.`,
      ),
    );
  const most = limits.buttonsPerMessage;
  const many =
    element.type !== 'gallery' && given.length > most
      ? [problem(path, 'too_many_buttons', `${given.length} buttons; a message carries ${most}.`)]
      : [];
  return [...many, ...kinds, ...labels];
};

const wordProblems = (
  path: string,
  element: Element,
  { limits }: Capabilities,
): readonly ElementProblem[] => {
  if (element.type === 'text') return tooLong(`${path}.text`, element.text, limits.textLength);
  if (element.type !== 'gallery')
    return tooLong(`${path}.caption`, element.caption ?? '', limits.captionLength);
  const { least, most } = limits.galleryCards;
  const { length } = element.cards;
  return length >= least && length <= most
    ? []
    : [problem(`${path}.cards`, 'gallery_size', `A gallery has ${least} to ${most} cards.`)];
};

const elementProblems = (
  element: Element,
  path: string,
  capabilities: Capabilities,
): readonly ElementProblem[] =>
  capabilities.elements.includes(element.type)
    ? [
        ...wordProblems(path, element, capabilities),
        ...buttonProblems(`${path}.buttons`, element, capabilities),
      ]
    : [
        problem(
          `${path}.type`,
          'element_unknown',
          `An element "${element.type}" cannot be shown here.`,
        ),
      ];

/** Asks another checker first; channels that only their dispatchers know are judged by what these announced. */
export class AnnouncedContentChecker extends ContentChecker {
  readonly #known: ContentChecker;
  readonly #announced: () => Promise<readonly Capabilities[]>;

  constructor(known: ContentChecker, announced: () => Promise<readonly Capabilities[]>) {
    super();
    this.#known = known;
    this.#announced = announced;
  }

  async channels(): Promise<readonly Channel[]> {
    const others = (await this.#announced()).map(({ channel }) => channel);
    return [...new Set([...(await this.#known.channels()), ...others])];
  }

  async check(channel: Channel, elements: readonly Element[]): Promise<readonly ElementProblem[]> {
    if ((await this.#known.channels()).includes(channel))
      return this.#known.check(channel, elements);
    const capabilities = await this.#announcedBy(channel);
    return capabilities
      ? elements.flatMap((element, index) =>
          elementProblems(element, `elements[${index}]`, capabilities),
        )
      : [];
  }

  warnings(channel: Channel, elements: readonly Element[]): Promise<readonly ElementProblem[]> {
    return this.#known.warnings(channel, elements);
  }

  async capabilities(channel: Channel): Promise<Capabilities | undefined> {
    return (await this.#known.capabilities(channel)) ?? this.#announcedBy(channel);
  }

  async #announcedBy(channel: Channel): Promise<Capabilities | undefined> {
    return (await this.#announced()).find((one) => one.channel === channel);
  }
}
