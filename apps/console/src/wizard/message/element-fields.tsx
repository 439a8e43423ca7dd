import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MediaElement, MessageElement, TextElement } from '../../api/types.ts';
import { ButtonsEditor } from './buttons-editor.tsx';
import { GalleryFields } from './gallery-fields.tsx';
import { MediaSource } from './media-source.tsx';
import { RichTextInput } from './rich-text-input.tsx';
import { useSection } from './section.ts';
import { withButtons, withSource, withText } from './changes.ts';

interface FieldsProps<E> {
  readonly element: E;
  readonly path: string;
  readonly onChange: (element: E) => void;
}

const TextFields = ({ element, path, onChange }: FieldsProps<TextElement>) => {
  const { t } = useTranslation('wizard');
  const { textLength } = useSection();
  return (
    <>
      <RichTextInput
        label={t('element.text')}
        path={`${path}.text`}
        value={element.text}
        most={textLength}
        onChange={(text) => {
          onChange({ ...element, text });
        }}
      />
      <ButtonsEditor
        buttons={element.buttons ?? []}
        path={`${path}.buttons`}
        onChange={(buttons) => {
          onChange(withButtons(element, buttons));
        }}
      />
    </>
  );
};

const MediaFields = ({ element, path, onChange }: FieldsProps<MediaElement>) => {
  const { t } = useTranslation('wizard');
  const { captionLength } = useSection();
  return (
    <>
      <MediaSource
        kind={element.type}
        path={path}
        source={element}
        onChange={(source) => {
          onChange(withSource(element, source));
        }}
      />
      <RichTextInput
        label={t('element.caption')}
        path={`${path}.caption`}
        value={element.caption ?? ''}
        most={captionLength}
        onChange={(caption) => {
          onChange(withText(element, 'caption', caption));
        }}
      />
      <ButtonsEditor
        buttons={element.buttons ?? []}
        path={`${path}.buttons`}
        onChange={(buttons) => {
          onChange(withButtons(element, buttons));
        }}
      />
    </>
  );
};

/** What can be said of one element, by its kind. */
export const ElementFields = ({ element, path, onChange }: FieldsProps<MessageElement>) => {
  const shared = { path, onChange };
  return (
    <Stack gap="sm">
      {element.type === 'text' ? (
        <TextFields element={element} {...shared} />
      ) : element.type === 'gallery' ? (
        <GalleryFields element={element} {...shared} />
      ) : (
        <MediaFields element={element} {...shared} />
      )}
    </Stack>
  );
};
