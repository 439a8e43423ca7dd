import { bad, type BadContent } from '@crier/connector/testing';
import type { GalleryCard } from '@crier/contracts';

const { button, element, file, gallery, press, text, times } = bad;

const card: GalleryCard = { url: 'https://a.b/c.jpg' };

/** Content that Skype cannot show, with everything that is to be said about it. */
export const badContent: readonly BadContent[] = [
  text('an empty text', '', 'text_empty'),
  text('an invisible text', ' \n\u200B', 'text_empty'),
  text('a text that may be empty for somebody', '{{name}} {{city}}', 'text_empty'),
  text('a long fallback', `${'x'.repeat(3990)}{{name | some other body}}`, 'text_too_long'),
  text('an open brace', 'Hi {{name', 'variable_unclosed'),
  text('a bad name', 'Hi {{1 a}}', 'variable_name_invalid'),
  text('a variable in a link', '[a](https://a.b/{{id}})', 'variable_in_link'),
  text('a dangerous link', '[a](javascript:alert(1))', 'link_invalid'),
  element(
    'a caption with an open brace',
    { type: 'file', url: 'https://a.b/c.pdf', caption: '{{name' },
    ['elements[0].caption', 'variable_unclosed'],
  ),
  element('no file', { type: 'video' }, ['elements[0]', 'media_missing']),
  element('an upload of no name', { type: 'audio', media: 'a b' }, [
    'elements[0]',
    'media_missing',
  ]),
  file('a file of no web', 'audio', 'file:///etc/passwd', 'media_url_invalid'),
  file('a long address', 'file', `https://a.b/${'x'.repeat(2000)}`, 'media_url_invalid'),
  file('a page for a picture', 'image', 'https://a.b/c.pdf?x=.jpg', 'image_kind'),
  file('a picture for a video', 'video', 'https://a.b/c.gif', 'video_kind'),
  file('a video for a voice', 'voice', 'https://a.b/c.MP4', 'voice_kind'),
  button('no label', { label: ' ' }, 'label', 'label_empty'),
  button('a variable in a label', { label: '{{name}}' }, 'label', 'variable_in_label'),
  button('a bad address', { url: 'shop.example' }, 'url', 'url_invalid'),
  button('a broken address', { url: 'https://a.b/c d' }, 'url', 'url_invalid'),
  button('a variable in an address', { url: 'https://a.b/{{id}}' }, 'url', 'variable_in_url'),
  button('a button of no kind', { kind: 'dance' as 'link' }, 'kind', 'button_unknown'),
  gallery('a gallery of none', [], ['elements[0].cards', 'gallery_size']),
  gallery(
    'a gallery with a film and too many words',
    [
      { url: 'https://a.b/c.mp4' },
      { ...card, title: 'x'.repeat(81), text: '**x**'.repeat(401) },
      { ...card, text: '[a](ftp://a.b)' },
    ],
    ['elements[0].cards[0].url', 'image_kind'],
    ['elements[0].cards[1].title', 'title_too_long'],
    ['elements[0].cards[1].text', 'text_too_long'],
    ['elements[0].cards[2].text', 'link_invalid'],
  ),
  gallery(
    'a card made long by its addresses',
    [{ ...card, text: `${'x'.repeat(390)} [a](https://shop.example/sale)` }],
    ['elements[0].cards[0].text', 'text_too_long'],
  ),
  gallery(
    'a card with too many buttons',
    [{ ...card, buttons: [...times(3, press('a')), press('')] }],
    ['elements[0].cards[0].buttons', 'too_many_buttons'],
    ['elements[0].cards[0].buttons[3].label', 'label_empty'],
  ),
  gallery(
    'a gallery that may be too large for somebody',
    times(10, { url: `https://a.b/${'x'.repeat(1900)}.jpg`, text: '{{name | x}}' }),
    ['elements[0]', 'message_too_large'],
  ),
  element(
    'a text with too many long links',
    { type: 'text', text: `[a](https://a.b/${'x'.repeat(1900)}) `.repeat(14) },
    ['elements[0]', 'message_too_large'],
  ),
];
