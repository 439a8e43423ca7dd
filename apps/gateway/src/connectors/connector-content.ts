import type { Connector } from '@crier/connector';
import { FillableText, parsePlainText, parseRichText } from '@crier/connector';
import type { Capabilities, Channel, Element, VariableValue } from '@crier/contracts';
import { ContentChecker, type ElementProblem } from '../ports/content-checker.ts';
import { Previewer, type PreviewPart } from '../ports/previewer.ts';

type Connectors = readonly Connector[];

const ofChannel = (connectors: Connectors, channel: Channel): Connector | undefined =>
  connectors.find((connector) => connector.channel === channel);

/** Asks the connectors that live in this process. */
export class ConnectorContentChecker extends ContentChecker {
  readonly #connectors: Connectors;

  constructor(connectors: Connectors) {
    super();
    this.#connectors = connectors;
  }

  channels(): Promise<readonly Channel[]> {
    return Promise.resolve(this.#connectors.map(({ channel }) => channel));
  }

  check(channel: Channel, elements: readonly Element[]): Promise<readonly ElementProblem[]> {
    return Promise.resolve(ofChannel(this.#connectors, channel)?.check(elements) ?? []);
  }

  warnings(channel: Channel, elements: readonly Element[]): Promise<readonly ElementProblem[]> {
    return Promise.resolve(ofChannel(this.#connectors, channel)?.warnings(elements) ?? []);
  }

  capabilities(channel: Channel): Promise<Capabilities | undefined> {
    return Promise.resolve(ofChannel(this.#connectors, channel)?.capabilities);
  }
}

type Values = Readonly<Record<string, VariableValue>>;

const filled = (source: string | undefined, values: Values): string =>
  source === undefined
    ? ''
    : new FillableText(parseRichText(source), Infinity).fill(values).join('');

const label = (source: string, values: Values): string =>
  new FillableText(parsePlainText(source), Infinity).fill(values).join('');

type Buttons = NonNullable<Extract<Element, { type: 'text' }>['buttons']>;

const part = (type: string, text: string, buttons: Buttons = [], values: Values): PreviewPart => ({
  type,
  text,
  buttons: buttons.map((button) => ({ kind: button.kind, label: label(button.label, values) })),
});

const shown = (element: Element, values: Values): readonly PreviewPart[] => {
  if (element.type === 'text')
    return [part('text', filled(element.text, values), element.buttons, values)];
  if (element.type !== 'gallery')
    return [part(element.type, filled(element.caption, values), element.buttons, values)];
  return element.cards.map(({ title, text, buttons }) => {
    const lines = [filled(title, values), filled(text, values)].filter((line) => line !== '');
    return part('card', lines.join('\n'), buttons, values);
  });
};

/** Shows elements with their variables filled, and counts messages as the connectors of this process would send them. */
export class ConnectorPreviewer extends Previewer {
  readonly #connectors: Connectors;

  constructor(connectors: Connectors) {
    super();
    this.#connectors = connectors;
  }

  preview(
    _channel: Channel,
    elements: readonly Element[],
    variables: Values,
  ): Promise<readonly PreviewPart[]> {
    return Promise.resolve(elements.flatMap((element) => shown(element, variables)));
  }

  parts(channel: Channel, elements: readonly Element[]): Promise<number> {
    const connector = ofChannel(this.#connectors, channel);
    return Promise.resolve(connector ? connector.compile(elements, {}).parts : elements.length);
  }
}
