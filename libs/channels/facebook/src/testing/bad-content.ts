import { bad, type BadContent } from '@crier/connector/testing';
import type { GalleryCard } from '@crier/contracts';

const { button, element, gallery, press, text, times } = bad;

const card = (title: string, one: unknown, ...problems: BadContent['problems']): BadContent =>
  gallery(
    title,
    [one as GalleryCard],
    ...problems.map(
      ([field, code]) => [`elements[0].cards[0]${field && `.${field}`}`, code] as const,
    ),
  );
const url = 'https://a.b/c.jpg';
const buttons = [press('a')];

/** Content that Messenger cannot show, with everything that is to be said about it. */
export const badContent: readonly BadContent[] = [
  text('an empty text', '', 'text_empty'),
  text('an invisible text', ' \n\u200B', 'text_empty'),
  text('a text that may be empty for somebody', '{{name}} {{city}}', 'text_empty'),
  text('a text made long by an address', `${'x'.repeat(1990)} [a](https://a.b/c)`, 'text_too_long'),
  text('a long fallback', `${'x'.repeat(1990)}{{name | some other body}}`, 'text_too_long'),
  text('an open brace', 'Hi {{name', 'variable_unclosed'),
  text('a bad name', 'Hi {{1 a}}', 'variable_name_invalid'),
  text('a variable in a link', '[a](https://a.b/{{id}})', 'variable_in_link'),
  text('a dangerous link', '[a](javascript:alert(1))', 'link_invalid'),
  element(
    'a caption too long for its buttons',
    { type: 'video', url, caption: 'x'.repeat(641), buttons },
    ['elements[0].caption', 'caption_too_long'],
  ),
  element('an empty caption', { type: 'audio', url, caption: '{{name}}' }, [
    'elements[0].caption',
    'text_empty',
  ]),
  element('no file', { type: 'video' }, ['elements[0]', 'media_missing']),
  element('a file of no web', { type: 'audio', url: 'file:///etc/passwd' }, [
    'elements[0].url',
    'media_url_invalid',
  ]),
  element('a long address', { type: 'file', url: `https://a.b/${'x'.repeat(2000)}` }, [
    'elements[0].url',
    'media_url_invalid',
  ]),
  button('no label', { label: ' ' }, 'label', 'label_empty'),
  button('a variable in a label', { label: '{{name}}' }, 'label', 'variable_in_label'),
  button('a bad address', { url: 'shop.example' }, 'url', 'url_invalid'),
  button('a variable in an address', { url: 'https://a.b/{{id}}' }, 'url', 'variable_in_url'),
  button('a button of no kind', { kind: 'dance' as 'link' }, 'kind', 'button_unknown'),
  element(
    'too many buttons under a picture',
    { type: 'image', url, buttons: times(4, press('a')) },
    ['elements[0].buttons', 'too_many_buttons'],
  ),
  gallery('a gallery of none', [], ['elements[0].cards', 'gallery_size']),
  card('a film for a card', { url: 'https://a.b/c.mp4', title: 'x' }, ['url', 'card_kind']),
  card('a card without a picture', { title: 'x' }, ['', 'media_missing']),
  card('a card without words', { url }, ['title', 'title_missing']),
  card('a title that may be empty', { url, title: '{{name}}' }, ['title', 'title_missing']),
  card('a long text for a title', { url, text: 'x'.repeat(81) }, ['text', 'text_too_long']),
  card(
    'a card with too many buttons',
    { url, title: 'x', buttons: [...times(3, press('a')), press('')] },
    ['buttons', 'too_many_buttons'],
    ['buttons[3].label', 'label_empty'],
  ),
];
