import { bad, type BadContent } from '@crier/connector/testing';
import type { GalleryCard } from '@crier/contracts';

const { button, element, file, gallery, press, text, times } = bad;

const card: GalleryCard = { url: 'https://a.b/c.jpg' };
const full: GalleryCard = { ...card, title: 'a', text: 'b', buttons: [press('c')] };

/** Content that VK cannot show, with everything that is to be said about it. */
export const badContent: readonly BadContent[] = [
  text('an empty text', '', 'text_empty'),
  text('an invisible text', ' \n\u200B', 'text_empty'),
  text('a text that may be empty for somebody', '{{name}} {{city}}', 'text_empty'),
  text(
    'a text made long by its addresses',
    `${'x'.repeat(8980)} [a](https://shop.example/sale)`,
    'text_too_long',
  ),
  text('a long fallback', `${'x'.repeat(8990)}{{name | some other body}}`, 'text_too_long'),
  text('an open brace', 'Hi {{name', 'variable_unclosed'),
  text('a bad name', 'Hi {{1 a}}', 'variable_name_invalid'),
  text('a variable in a link', '[a](https://a.b/{{id}})', 'variable_in_link'),
  text('a dangerous link', '[a](javascript:alert(1))', 'link_invalid'),
  element(
    'a caption that leaves the address of a song no room',
    { type: 'audio', url: 'https://a.b/c.mp3', caption: 'x'.repeat(8990) },
    ['elements[0].caption', 'caption_too_long'],
  ),
  element('no file', { type: 'video' }, ['elements[0]', 'media_missing']),
  file('a file of no web', 'audio', 'file:///etc/passwd', 'media_url_invalid'),
  file('a long address', 'file', `https://a.b/${'x'.repeat(2000)}`, 'media_url_invalid'),
  file('half an attachment', 'image', 'photo-1', 'media_url_invalid'),
  file('a video for a picture', 'image', 'https://vk.com/video-1_2', 'vk_attachment_kind'),
  file('a picture for a video', 'video', 'photo-1_2', 'vk_attachment_kind'),
  file('music for a document', 'file', 'https://a.b/song.MP3?x=1', 'file_kind'),
  file('a program', 'file', 'https://a.b/setup.exe', 'file_kind'),
  button('no label', { label: ' ' }, 'label', 'label_empty'),
  button('a variable in a label', { label: '{{name}}' }, 'label', 'variable_in_label'),
  button('a bad address', { url: 'shop.example' }, 'url', 'url_invalid'),
  button('a variable in an address', { url: 'https://a.b/{{id}}' }, 'url', 'variable_in_url'),
  button('a button of no kind', { kind: 'dance' as 'link' }, 'kind', 'button_unknown'),
  gallery('a gallery of none', [], ['elements[0].cards', 'gallery_size']),
  gallery(
    'cards of which some have no buttons',
    [full, { ...full, buttons: [] }],
    ['elements[0].cards', 'gallery_uneven'],
  ),
  gallery(
    'cards of which some have no title',
    [full, { ...card, text: 'b', buttons: [press('c')] }],
    ['elements[0].cards', 'gallery_uneven'],
  ),
  gallery(
    'a card with a long title, a long text and too many buttons',
    [
      {
        ...card,
        title: 'x'.repeat(81),
        text: 'x'.repeat(81),
        buttons: [...times(3, press('a')), press('')],
      },
    ],
    ['elements[0].cards[0].title', 'text_too_long'],
    ['elements[0].cards[0].text', 'text_too_long'],
    ['elements[0].cards[0].buttons', 'too_many_buttons'],
    ['elements[0].cards[0].buttons[3].label', 'label_empty'],
  ),
  gallery(
    'a card whose title may be empty',
    [{ ...full, title: '{{name}}' }],
    ['elements[0].cards[0].title', 'text_empty'],
  ),
  gallery(
    'a card with a film',
    [{ url: 'video-1_2' }],
    ['elements[0].cards[0].url', 'vk_attachment_kind'],
  ),
  gallery('photos with too many words together', times(10, { ...card, text: 'x'.repeat(900) }), [
    'elements[0].cards',
    'text_too_long',
  ]),
];
