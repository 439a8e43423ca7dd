import { useTranslation } from 'react-i18next';
import type { MessageButton } from '../../api/types.ts';
import { EditableList } from '../ui/editable-list.tsx';
import { ButtonFields } from './button-fields.tsx';
import { buttonOf } from './fresh.ts';
import { useSection } from './section.ts';

interface ButtonsEditorProps {
  readonly buttons: readonly MessageButton[];
  readonly path: string;
  readonly onChange: (buttons: readonly MessageButton[]) => void;
}

/** The buttons under an element or a card. */
export const ButtonsEditor = ({ buttons, path, onChange }: ButtonsEditorProps) => {
  const { t } = useTranslation('wizard');
  const { buttonKinds } = useSection();
  return (
    <EditableList<MessageButton>
      items={buttons}
      label={t('button.title')}
      nameOf={({ label }, index) => t('button.named', { place: index + 1, label })}
      path={path}
      onChange={onChange}
      fresh={() => buttonOf('link')}
      addLabel={t('button.add')}
    >
      {(button, place, change) => (
        <ButtonFields button={button} path={place} kinds={buttonKinds} onChange={change} />
      )}
    </EditableList>
  );
};
