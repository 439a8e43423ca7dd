import { Box, Group, Input, Text, Textarea } from '@mantine/core';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { useFault } from '../ui/faults.tsx';
import { VariablePicker } from './variable-picker.tsx';

interface RichTextInputProps {
  readonly label: string;
  readonly path: string;
  readonly value: string;
  /** Characters that the channel takes. */
  readonly most: number | undefined;
  readonly onChange: (value: string) => void;
}

/** Characters as people count them, not units of memory. */
const lengthOf = (text: string): number => Array.from(text).length;

/** A text with variables, as long as it may be on the channel. */
export const RichTextInput = ({ label, path, value, most, onChange }: RichTextInputProps) => {
  const { t } = useTranslation('wizard');
  const { count } = useFormat();
  const id = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  // A field that nobody was in yet has its cursor at the beginning, where nobody wants the variable.
  const selection = useRef<{ readonly start: number; readonly end: number }>(null);
  const insert = (placeholder: string): void => {
    const { start, end } = selection.current ?? { start: value.length, end: value.length };
    onChange(value.slice(0, start) + placeholder + value.slice(end));
    input.current?.focus();
  };
  const length = lengthOf(value);
  return (
    <Box>
      <Group justify="space-between" align="end" wrap="nowrap">
        <Input.Label htmlFor={id}>{label}</Input.Label>
        <Group gap="xs" wrap="nowrap">
          {most === undefined ? null : (
            <Text size="xs" c={length > most ? 'red.8' : 'dimmed'}>
              {t('length', { length: count(length), most: count(most) })}
            </Text>
          )}
          <VariablePicker onPick={insert} />
        </Group>
      </Group>
      <Textarea
        ref={input}
        id={id}
        dir="auto"
        autosize
        minRows={2}
        maxRows={14}
        value={value}
        error={useFault(path)}
        onSelect={({ currentTarget: { selectionStart: start, selectionEnd: end } }) => {
          selection.current = { start, end };
        }}
        onChange={({ currentTarget }) => {
          onChange(currentTarget.value);
        }}
      />
    </Box>
  );
};
