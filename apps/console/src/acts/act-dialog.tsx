import { Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { BroadcastRow } from '../api/types.ts';
import { applyChanges, ROWS } from '../broadcasts/row-pages.ts';
import { useFormat } from '../i18n/format.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { factsOf, perform, takesName, type Act } from './acts.ts';

interface ActDialogProps {
  readonly act: Act;
  readonly row: BroadcastRow;
  readonly onClose: () => void;
  /** The broadcast is gone: whoever shows it alone has nothing to show. */
  readonly onDeleted?: (() => void) | undefined;
}

/** White can be read on it. */
const READABLE_RED = 'red.9';
const DANGEROUS: readonly Act[] = ['stop', 'delete', 'retryUnconfirmed'];
/** A name in full may be as long as a page. */
const SHOWN = 200;

const Facts = ({ act, row }: Pick<ActDialogProps, 'act' | 'row'>) => {
  const { t } = useTranslation('acts');
  const { count } = useFormat();
  const facts = factsOf(act, row);
  if (facts.length === 0) return null;
  return (
    <Table withRowBorders={false} verticalSpacing={4}>
      <Table.Tbody>
        {facts.map(([fact, people]) => (
          <Table.Tr key={fact}>
            <Table.Th fw={400} scope="row">
              {t(`facts.${fact}`)}
            </Table.Th>
            <Table.Td ta="end" fw={600}>
              {count(people)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
};

/** Does the act, and shows everywhere what came of it. */
const usePerform = ({ act, row, onClose, onDeleted }: ActDialogProps) => {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (name: string) => perform(act, row.id, name),
    onSuccess: async (changed) => {
      onClose();
      if (act === 'copy' && changed) {
        void queries.invalidateQueries({ queryKey: ROWS });
        await navigate({
          to: '/broadcasts/$broadcastId/edit',
          params: { broadcastId: changed.id },
        });
        return;
      }
      applyChanges(queries, new Map([[row.id, changed ?? null]]));
      if (act === 'delete') onDeleted?.();
      else await queries.invalidateQueries({ queryKey: ['get'] });
    },
  });
};

/** Says in numbers what an act will do, and does it once that is wanted. */
export const ActDialog = (props: ActDialogProps) => {
  const { act, row, onClose } = props;
  const { t } = useTranslation('acts');
  const [name, setName] = useState(row.name);
  const { mutate, isPending, error } = usePerform(props);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    mutate(name);
  };
  return (
    <Dialog title={t(`title.${act}`)} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {takesName(act) ? (
            <TextInput
              label={t('name')}
              value={name}
              onChange={({ currentTarget }) => {
                setName(currentTarget.value);
              }}
              dir="auto"
              data-autofocus
            />
          ) : (
            <Text fw={600} lineClamp={2} dir="auto">
              {row.name.slice(0, SHOWN)}
            </Text>
          )}
          <Text size="sm">{t(`text.${act}`)}</Text>
          <Facts act={act} row={row} />
          <ProblemAlert error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button
              type="submit"
              loading={isPending}
              {...(DANGEROUS.includes(act) && { color: READABLE_RED })}
            >
              {t(`title.${act}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};
