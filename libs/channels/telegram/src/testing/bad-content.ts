import { bad, type BadContent } from '@crier/connector/testing';
import type { GalleryCard } from '@crier/contracts';

const { button, element, gallery, press, text, times } = bad;

const card: GalleryCard = { url: 'https://a.b/c.jpg' };

/** Content that Telegram cannot show, with everything that is to be said about it. */
export const badContent: readonly BadContent[] = [
  text('an empty text', '', 'text_empty'),
  text('an invisible text', ' \n\u200B', 'text_empty'),
  text('a text that may be empty for somebody', '{{name}} {{city}}', 'text_empty'),
  text('a long fallback', `${'x'.repeat(4090)}{{name | somebody}}`, 'text_too_long'),
  text('much formatting', '*a* '.repeat(101), 'formatting_too_much'),
  text('an open brace', 'Hi {{name', 'variable_unclosed'),
  text('a bad name', 'Hi {{1 a}}', 'variable_name_invalid'),
  text('a variable in a link', '[a](https://a.b/{{id}})', 'variable_in_link'),
  text('a dangerous link', '[a](javascript:alert(1))', 'link_invalid'),
  text('a link to nowhere', '[a]()', 'link_invalid'),
  element('no file', { type: 'video' }, ['elements[0]', 'media_missing']),
  element('a file of no web', { type: 'audio', url: 'file:///etc/passwd' }, [
    'elements[0].url',
    'media_url_invalid',
  ]),
  button('no label', { label: ' ' }, 'label', 'label_empty'),
  button('a variable in a label', { label: '{{name}}' }, 'label', 'variable_in_label'),
  button('a bad address', { url: 'shop.example' }, 'url', 'url_invalid'),
  button('a variable in an address', { url: 'https://a.b/{{id}}' }, 'url', 'variable_in_url'),
  button('a button of no kind', { kind: 'dance' as 'link' }, 'kind', 'button_unknown'),
  element(
    'a large keyboard',
    { type: 'text', text: 'x', buttons: times(90, press('я'.repeat(40))) },
    ['elements[0].buttons', 'markup_too_long'],
  ),
  gallery('a gallery of one', [card], ['elements[0].cards', 'gallery_size']),
  gallery(
    'a gallery with a song and a long title',
    [{ url: 'https://a.b/c.mp3' }, { ...card, title: 'x'.repeat(257) }],
    ['elements[0].cards[0].url', 'card_kind'],
    ['elements[0].cards[1].title', 'title_too_long'],
  ),
  gallery(
    'cards with too much text and too many buttons',
    [
      { ...card, title: 'ab', text: 'x'.repeat(1022), buttons: times(51, press('a')) },
      { ...card, buttons: times(50, press('a')) },
    ],
    ['elements[0].cards[0].text', 'text_too_long'],
    ['elements[0].cards', 'too_many_buttons'],
  ),
];
