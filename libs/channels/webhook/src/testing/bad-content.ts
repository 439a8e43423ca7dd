import { bad, type BadContent } from '@crier/connector/testing';
import type { Button, GalleryCard } from '@crier/contracts';

const { button, element, gallery, text, times } = bad;

const image = (title: string, more: object, ...problems: BadContent['problems']): BadContent =>
  element(title, { type: 'image', url: 'https://a.b/c.jpg', ...more }, ...problems);
const card: GalleryCard = { url: 'https://a.b/c.jpg' };
const press: Button = { kind: 'message', label: 'a', payload: '' };

/** Content that is not sent, with everything that is to be said about it. */
export const badContent: readonly BadContent[] = [
  text('an empty text', '', 'text_empty'),
  text('an invisible text', ' \n\u200B', 'text_empty'),
  text('a text that may be empty for somebody', '{{name}} {{city}}', 'text_empty'),
  text('no text', undefined, 'text_empty'),
  text('a long fallback', `${'x'.repeat(9_990)}{{name | some other body}}`, 'text_too_long'),
  text('an open brace', 'Hi {{name', 'variable_unclosed'),
  text('a bad name', 'Hi {{1 a}}', 'variable_name_invalid'),
  text('a variable in a link', '[a](https://a.b/{{id}})', 'variable_in_link'),
  text('a dangerous link', '[a](javascript:alert(1))', 'link_invalid'),
  image('a caption with an open brace', { caption: '{{name' }, [
    'elements[0].caption',
    'variable_unclosed',
  ]),
  image('a file of no web', { url: 'file:///etc/passwd' }, [
    'elements[0].url',
    'media_url_invalid',
  ]),
  image('a long address', { url: `https://a.b/${'x'.repeat(2000)}` }, [
    'elements[0].url',
    'media_url_invalid',
  ]),
  element('no file', { type: 'video' }, ['elements[0]', 'media_missing']),
  element('an upload of no name', { type: 'audio', media: 'a b' }, [
    'elements[0]',
    'media_missing',
  ]),
  button('no label', { label: ' ' }, 'label', 'label_empty'),
  button('a label that may be empty for somebody', { label: '{{name}}' }, 'label', 'label_empty'),
  button('an open brace in a label', { label: '{{name' }, 'label', 'variable_unclosed'),
  button('a bad address', { url: 'shop.example' }, 'url', 'url_invalid'),
  button('an address of another kind', { url: 'tel:+100' }, 'url', 'url_invalid'),
  button('a variable in an address', { url: 'https://a.b/{{id}}' }, 'url', 'variable_in_url'),
  button('a button of no kind', { kind: 'dance' }, 'kind', 'button_unknown'),
  gallery('a gallery of none', [], ['elements[0].cards', 'gallery_size']),
  gallery('a gallery that is no list', 'cards', ['elements[0].cards', 'gallery_size']),
  gallery(
    'a card of too much, and one of nothing',
    [
      { ...card, title: 'x'.repeat(201), text: 'x'.repeat(1001), buttons: times(11, press) },
      { title: '{{1}}' },
    ],
    ['elements[0].cards[0].title', 'title_too_long'],
    ['elements[0].cards[0].text', 'text_too_long'],
    ['elements[0].cards[0].buttons', 'too_many_buttons'],
    ['elements[0].cards[1]', 'media_missing'],
    ['elements[0].cards[1].title', 'variable_name_invalid'],
  ),
];
