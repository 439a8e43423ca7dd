import { Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GalleryCard, GalleryElement } from '../../api/types.ts';
import { EditableList } from '../ui/editable-list.tsx';
import { useFault } from '../ui/faults.tsx';
import { ButtonsEditor } from './buttons-editor.tsx';
import { withButtons, withSource, withText } from './changes.ts';
import { freshCard } from './fresh.ts';
import { MediaSource } from './media-source.tsx';

interface CardFieldsProps {
  readonly card: GalleryCard;
  readonly path: string;
  readonly onChange: (card: GalleryCard) => void;
}

const CardText = ({
  card,
  path,
  onChange,
  name,
}: CardFieldsProps & { readonly name: 'title' | 'text' }) => {
  const { t } = useTranslation('wizard');
  const fault = useFault(`${path}.${name}`);
  return (
    <TextInput
      label={t(`card.${name}`)}
      dir="auto"
      value={card[name] ?? ''}
      error={fault}
      onChange={({ currentTarget: { value } }) => {
        onChange(withText(card, name, value));
      }}
    />
  );
};

const CardFields = (props: CardFieldsProps) => {
  const { card, path, onChange } = props;
  return (
    <Stack gap="xs">
      <MediaSource
        kind="image"
        path={path}
        source={card}
        onChange={(source) => {
          onChange(withSource(card, source));
        }}
      />
      <CardText {...props} name="title" />
      <CardText {...props} name="text" />
      <ButtonsEditor
        buttons={card.buttons ?? []}
        path={`${path}.buttons`}
        onChange={(buttons) => {
          onChange(withButtons(card, buttons));
        }}
      />
    </Stack>
  );
};

interface GalleryFieldsProps {
  readonly element: GalleryElement;
  readonly path: string;
  readonly onChange: (element: GalleryElement) => void;
}

/** The cards of a gallery. */
export const GalleryFields = ({ element, path, onChange }: GalleryFieldsProps) => {
  const { t } = useTranslation('wizard');
  return (
    <EditableList<GalleryCard>
      items={element.cards}
      label={t('card.list')}
      nameOf={({ title = '' }, index) => t('card.named', { place: index + 1, title })}
      path={`${path}.cards`}
      onChange={(cards) => {
        onChange({ ...element, cards: [...cards] });
      }}
      fresh={freshCard}
      addLabel={t('card.add')}
    >
      {(card, place, change) => <CardFields card={card} path={place} onChange={change} />}
    </EditableList>
  );
};
