import { Button, Group, Paper, Stack, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GalleryCard, GalleryElement } from '../types.ts';
import { FaultOfWhole, useFault } from '../ui/faults.tsx';
import { ItemActions } from '../ui/item-actions.tsx';
import { SortableList } from '../ui/sortable-list.tsx';
import { ButtonsEditor } from './buttons-editor.tsx';
import { withButtons, withSource, withText } from './changes.ts';
import { freshCard } from './fresh.ts';
import { edited, keyOf } from '../ui/identities.ts';
import { inserted, moved, removed, replaced } from '../ui/lists.ts';
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
  const { cards } = element;
  const nameOf = ({ title = '' }: GalleryCard, index: number): string =>
    t('card.named', { place: index + 1, title });
  const change = (next: readonly GalleryCard[]): void => {
    onChange({ ...element, cards: [...next] });
  };
  return (
    <Stack gap="xs">
      <SortableList
        items={cards}
        label={t('card.list')}
        keyOf={keyOf}
        nameOf={nameOf}
        onMove={(from, to) => {
          change(moved(cards, from, to));
        }}
      >
        {(card, index, handle) => (
          <Paper withBorder p="xs" role="group" aria-label={nameOf(card, index)}>
            <Group justify="space-between">
              {handle}
              <ItemActions
                name={nameOf(card, index)}
                index={index}
                count={cards.length}
                onMove={(to) => {
                  change(moved(cards, index, to));
                }}
                onDuplicate={() => {
                  change(inserted(cards, index + 1, structuredClone(card)));
                }}
                onRemove={() => {
                  change(removed(cards, index));
                }}
              />
            </Group>
            <CardFields
              card={card}
              path={`${path}.cards[${index}]`}
              onChange={(next) => {
                change(replaced(cards, index, edited(card, next)));
              }}
            />
          </Paper>
        )}
      </SortableList>
      <FaultOfWhole paths={[`${path}.cards`]} />
      <Group>
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => {
            change([...cards, freshCard()]);
          }}
        >
          {t('card.add')}
        </Button>
      </Group>
    </Stack>
  );
};
