import { bad, type BadContent } from '@crier/connector/testing';
import type { Button, GalleryCard } from '@crier/contracts';

const { button, element, file, gallery, press, text, times } = bad;

const card: GalleryCard = { url: 'https://a.b/c.jpg' };
const WIDE: Button = { kind: 'link', label: '界'.repeat(64), url: 'https://a.b' };
const WIDE_CARD: GalleryCard = {
  url: `https://a.b/${'x'.repeat(1900)}/c.jpg`,
  text: '{{name | x}}',
  buttons: times(3, WIDE),
};

/** Content that Viber cannot show, with everything that is to be said about it. */
export const badContent: readonly BadContent[] = [
  text('an empty text', '', 'text_empty'),
  text('an invisible text', ' \n\u200B', 'text_empty'),
  text('a text that may be empty for somebody', '{{name}} {{city}}', 'text_empty'),
  text('a text made long by its marks', `**${'x'.repeat(6999)}**`, 'text_too_long'),
  text(
    'a text made long by its addresses',
    `${'x'.repeat(6980)} [a](https://shop.example/sale)`,
    'text_too_long',
  ),
  text('a long fallback', `${'x'.repeat(6990)}{{name | some other body}}`, 'text_too_long'),
  text('an open brace', 'Hi {{name', 'variable_unclosed'),
  text('a bad name', 'Hi {{1 a}}', 'variable_name_invalid'),
  text('a variable in a link', '[a](https://a.b/{{id}})', 'variable_in_link'),
  text('a dangerous link', '[a](javascript:alert(1))', 'link_invalid'),
  element(
    'a long caption of a video',
    { type: 'video', url: 'https://a.b/c.mp4', caption: 'x'.repeat(513) },
    ['elements[0].caption', 'caption_too_long'],
  ),
  element(
    'a long text behind a file',
    { type: 'file', url: 'https://a.b/c.pdf', caption: 'x'.repeat(7001) },
    ['elements[0].caption', 'caption_too_long'],
  ),
  element(
    'an empty text behind a file',
    { type: 'audio', url: 'https://a.b/c.mp3', caption: '{{name}}' },
    ['elements[0].caption', 'text_empty'],
  ),
  element('no file', { type: 'video' }, ['elements[0]', 'media_missing']),
  file('a file of no web', 'audio', 'file:///etc/passwd', 'media_url_invalid'),
  file('a long address', 'file', `https://a.b/${'x'.repeat(2000)}`, 'media_url_invalid'),
  file('a picture of another kind', 'image', 'https://a.b/c.webp?x=.jpg', 'image_kind'),
  file('a video of another kind', 'video', 'https://a.b/c.mov', 'video_kind'),
  file('a program', 'file', 'https://a.b/setup.EXE', 'file_kind'),
  file('a long name', 'file', `https://a.b/${'x'.repeat(257)}`, 'file_name_too_long'),
  button('no label', { label: ' ' }, 'label', 'label_empty'),
  button('a variable in a label', { label: '{{name}}' }, 'label', 'variable_in_label'),
  button('a bad address', { url: 'shop.example' }, 'url', 'url_invalid'),
  button('a variable in an address', { url: 'https://a.b/{{id}}' }, 'url', 'variable_in_url'),
  button('a button of no kind', { kind: 'dance' as 'link' }, 'kind', 'button_unknown'),
  {
    title: 'too many buttons together',
    elements: [
      { type: 'text', text: 'x', buttons: times(7, press('a')) },
      { type: 'image', url: 'https://a.b/c.png', buttons: times(6, press('a')) },
    ],
    problems: [['elements', 'too_many_buttons']],
  },
  {
    title: 'a carousel that is too large with the keyboard under it',
    elements: [
      { type: 'text', text: 'x', buttons: times(12, WIDE) },
      { type: 'gallery', cards: times(6, WIDE_CARD) },
    ],
    problems: [['elements[1]', 'message_too_large']],
  },
  gallery('a gallery of none', [], ['elements[0].cards', 'gallery_size']),
  gallery(
    'a gallery with a film and too many words',
    [{ url: 'https://a.b/c.mp4' }, { ...card, title: 'ab', text: 'x'.repeat(240) }],
    ['elements[0].cards[0].url', 'image_kind'],
    ['elements[0].cards[1].text', 'text_too_long'],
  ),
  gallery(
    'a card with too many buttons',
    [{ ...card, buttons: [...times(3, press('a')), press('')] }],
    ['elements[0].cards[0].buttons', 'too_many_buttons'],
    ['elements[0].cards[0].buttons[3].label', 'label_empty'],
  ),
];
