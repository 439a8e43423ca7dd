import './act-menu.css';
import { Menu, UnstyledButton } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BroadcastRow } from '../api/types.ts';
import { actsFor, type Act } from './acts.ts';

interface ActMenuProps {
  readonly row: BroadcastRow;
  readonly onAct: (act: Act, row: BroadcastRow) => void;
}

const SPOKEN = 80;
const ENDS: readonly Act[] = ['stop', 'delete'];

/** What can be done with a broadcast. The menu itself comes with the first press: a table has a button in every row. */
export const ActMenu = ({ row, onAct }: ActMenuProps) => {
  const { t } = useTranslation('acts');
  const [isOpen, setOpen] = useState<boolean>();
  const button = useRef<HTMLButtonElement>(null);
  const label = t('menu', { name: row.name.slice(0, SPOKEN) });
  if (isOpen === undefined)
    return (
      <button
        type="button"
        className="act-button"
        aria-label={label}
        aria-haspopup="menu"
        onClick={() => {
          setOpen(true);
        }}
      >
        ⋯
      </button>
    );
  return (
    <Menu
      position="bottom-end"
      width={220}
      opened={isOpen}
      onChange={setOpen}
      onClose={() => button.current?.focus()}
    >
      <Menu.Target>
        <UnstyledButton ref={button} className="act-button" aria-label={label}>
          ⋯
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {actsFor(row).map((act) => (
          <Menu.Item
            key={act}
            {...(ENDS.includes(act) && { color: 'red' })}
            onClick={() => {
              onAct(act, row);
            }}
          >
            {t(`title.${act}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
