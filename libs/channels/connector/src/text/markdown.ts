import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import type { RichTextWriter } from './rich-text.ts';
import type { TextFault } from './variables.ts';

// Messengers have no lists, headings or quotes: a line that looks like one stays as it was typed.
const AS_TYPED = [
  'blockQuote',
  'characterReference',
  'codeIndented',
  'definition',
  'headingAtx',
  'htmlFlow',
  'htmlText',
  'labelStartImage',
  'list',
  'setextUnderline',
  'thematicBreak',
];
const ESCAPED = /\\([!-/:-@[-`{-~])/g;
const MARK = /\uFDD0\d+\uFDD1/g;

const VARIABLE_IN_LINK: TextFault = {
  code: 'variable_in_link',
  message: 'The address of a link cannot hold a variable; its label can.',
};

const parsed = (source: string): Root =>
  fromMarkdown(source, {
    extensions: [gfmStrikethrough({ singleTilde: false }), { disable: { null: AS_TYPED } }],
    mdastExtensions: [gfmStrikethroughFromMarkdown()],
  });

const startOf = (node: Nodes): number => node.position?.start.offset ?? 0;
const endOf = (node: Nodes): number => node.position?.end.offset ?? 0;

class MarkdownReader {
  readonly faults: TextFault[] = [];
  readonly #source: string;
  readonly #writer: RichTextWriter;

  constructor(source: string, writer: RichTextWriter) {
    this.#source = source;
    this.#writer = writer;
  }

  /** Blocks with everything between them: blank lines and indents stay as typed. */
  blocks(nodes: readonly Nodes[]): void {
    let end: number | undefined;
    for (const node of nodes) {
      if (end !== undefined)
        this.#writer.write(this.#source.slice(end, startOf(node)).replace(/\S+/g, ''));
      this.#node(node);
      end = endOf(node);
    }
  }

  #node(node: Nodes): void {
    switch (node.type) {
      case 'text':
        // Out of the source, since the parsed value has lost the indents of its lines.
        this.#writer.write(this.#source.slice(startOf(node), endOf(node)).replace(ESCAPED, '$1'));
        return;
      case 'break':
        this.#writer.write('\n');
        return;
      case 'strong':
        this.#styled('bold', node.children);
        return;
      case 'emphasis':
        this.#styled('italic', node.children);
        return;
      case 'delete':
        this.#styled('strike', node.children);
        return;
      default:
        this.#other(node);
    }
  }

  #other(node: Nodes): void {
    if (node.type === 'link') this.#link(node.url, node.children);
    else if (node.type === 'inlineCode') this.#code({ style: 'code' }, node.value);
    else if (node.type === 'code')
      this.#code(
        node.lang ? { style: 'pre', language: node.lang.replace(MARK, '') } : { style: 'pre' },
        node.value,
      );
    else if ('children' in node) for (const child of node.children) this.#node(child);
    else if ('value' in node) this.#writer.write(node.value);
  }

  #styled(style: 'bold' | 'italic' | 'strike', children: readonly Nodes[]): void {
    this.#writer.styled({ style }, () => {
      for (const child of children) this.#node(child);
    });
  }

  #code(form: { style: 'code' | 'pre'; language?: string }, value: string): void {
    this.#writer.styled(form, () => {
      this.#writer.write(value);
    });
  }

  #link(url: string, children: readonly Nodes[]): void {
    if (url.search(MARK) !== -1) this.faults.push(VARIABLE_IN_LINK);
    this.#writer.styled({ style: 'link', url: url.replace(MARK, '') }, () => {
      for (const child of children) this.#node(child);
    });
  }
}

/** Writes what the Markdown says, marks of variables included, and returns what is wrong with it. */
export const writeMarkdown = (marked: string, writer: RichTextWriter): readonly TextFault[] => {
  const source = marked
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, '');
  const reader = new MarkdownReader(source, writer);
  reader.blocks(parsed(source).children);
  return reader.faults;
};
