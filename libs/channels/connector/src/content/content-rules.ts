import type { Button } from '@crier/contracts';
import type { ContentProblem } from '../connector.ts';
import { isBlank, withFallbacks, type RichText } from '../text/rich-text.ts';
import { hasVariables, isVisible } from '../text/variables.ts';

type Problems = readonly ContentProblem[];

/** One reason why content cannot be shown. */
export const problem = (path: string, code: string, message: string): ContentProblem => ({
  path,
  code,
  message,
});

/** What a channel says of its texts, addresses and buttons. */
export interface ContentLimits {
  /** As people call it. */
  readonly messenger: string;
  /** Schemes of addresses beside http and https. */
  readonly schemes?: readonly string[];
  readonly urlLength: number;
  readonly labelLength: number;
}

/** How much of a text is shown, and what to do where there is more. */
export interface Room {
  readonly most: number;
  /** The text in the channel's own form, where that is longer than what was written. */
  readonly shown?: RichText;
  /** What that form adds, for the sentence. */
  readonly counted?: string;
  /** @default the field's name and `_too_long` */
  readonly code?: string;
  /** @default 'shorten it' */
  readonly fix?: string;
}

const WEB: readonly string[] = ['http', 'https'];
const BUTTONS: readonly string[] = ['link', 'message', 'buy'];

const listed = (names: readonly string[]): string =>
  `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;

const fieldOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** What every channel asks of texts, addresses and buttons, with the limits of one. */
export class ContentRules {
  readonly #limits: ContentLimits;
  readonly #schemes: readonly string[];

  constructor(limits: ContentLimits) {
    this.#limits = limits;
    this.#schemes = [...WEB, ...(limits.schemes ?? [])];
  }

  /** True for the address of something on the web. */
  readonly isWebAddress = (url: unknown): url is string => this.#hasScheme(url, WEB);

  /** True for what a button or a link may open. */
  readonly isLinkAddress = (url: unknown): url is string => this.#hasScheme(url, this.#schemes);

  /** What is wrong with a text. A variable counts by its fallback, since longer values are cut when sent. */
  readonly text = (path: string, text: RichText, room: Room): Problems => {
    const { most, shown = text, counted = '', fix = 'shorten it' } = room;
    const { length } = withFallbacks(shown);
    const sentence = `${length} characters${counted}, ${most} are allowed (variables count by their fallbacks): ${fix}.`;
    const code = room.code ?? `${fieldOf(path)}_too_long`;
    return [
      ...text.faults.map((fault) => problem(path, fault.code, fault.message)),
      ...(length > most ? [problem(path, code, sentence)] : []),
      ...this.#links(path, text),
    ];
  };

  /** A text that some people would get empty is refused: messengers send nothing then. */
  readonly blank = (path: string, text: RichText): Problems =>
    isBlank(text)
      ? [
          problem(
            path,
            'text_empty',
            'The text is empty, or is so where variables have no value: write something, or give a variable a fallback.',
          ),
        ]
      : [];

  /** What is wrong with single buttons; `path`: what they belong to. */
  readonly buttons = (path: string, buttons: readonly Button[] = []): Problems =>
    buttons.flatMap((button, index) => this.#button(`${path}.buttons[${index}]`, button));

  #hasScheme(url: unknown, schemes: readonly string[]): url is string {
    if (typeof url !== 'string' || url.length > this.#limits.urlLength || /\s/.test(url))
      return false;
    return schemes.includes(URL.parse(url)?.protocol.slice(0, -1) ?? '');
  }

  #addressSentence(what: string): string {
    return `${what} needs an ${listed(this.#schemes)} address of at most ${this.#limits.urlLength} characters.`;
  }

  #links(path: string, { spans }: RichText): Problems {
    return spans
      .filter(({ style, url }) => style === 'link' && !this.isLinkAddress(url))
      .map(({ url = '' }) =>
        problem(path, 'link_invalid', this.#addressSentence(`The link "${url.slice(0, 60)}"`)),
      );
  }

  #button(path: string, button: Button): Problems {
    const { messenger } = this.#limits;
    const { kind, label } = button;
    if (!BUTTONS.includes(kind))
      return [problem(`${path}.kind`, 'button_unknown', `${messenger} has no button "${kind}".`)];
    const labels = this.#label(`${path}.label`, label);
    return button.kind === 'message'
      ? labels
      : [...labels, ...this.#url(`${path}.url`, button.url)];
  }

  #label(path: string, label: unknown): Problems {
    const { labelLength, messenger } = this.#limits;
    if (typeof label !== 'string' || !isVisible(label))
      return [problem(path, 'label_empty', 'A button needs a label.')];
    const sentence = `${label.length} characters; ${messenger} shows at most ${labelLength} on a button: shorten it.`;
    if (label.length > labelLength) return [problem(path, 'label_too_long', sentence)];
    return hasVariables(label)
      ? [problem(path, 'variable_in_label', 'A label is the same for everybody: use no variables.')]
      : [];
  }

  #url(path: string, url: unknown): Problems {
    if (typeof url === 'string' && hasVariables(url))
      return [
        problem(path, 'variable_in_url', 'An address is the same for everybody: use no variables.'),
      ];
    return this.isLinkAddress(url)
      ? []
      : [problem(path, 'url_invalid', this.#addressSentence('A button'))];
  }
}
