import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';

interface ChoiceMenuProps<Value extends string> {
  readonly label: string;
  readonly values: readonly Value[];
  readonly chosen: readonly Value[];
  readonly nameOf: (value: Value) => string;
  readonly onToggle: (value: Value) => void;
}

/** Several of some, by name: statuses, columns, channels. */
export const ChoiceMenu = <Value extends string>({
  label,
  values,
  chosen,
  nameOf,
  onToggle,
}: ChoiceMenuProps<Value>) => (
  <Menu closeOnItemClick={false} position="bottom-start">
    <Menu.Target>
      <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
        {label}
      </Button>
    </Menu.Target>
    <Menu.Dropdown>
      {values.map((value) => (
        <Menu.CheckboxItem
          key={value}
          checked={chosen.includes(value)}
          onChange={() => {
            onToggle(value);
          }}
        >
          {nameOf(value)}
        </Menu.CheckboxItem>
      ))}
    </Menu.Dropdown>
  </Menu>
);
