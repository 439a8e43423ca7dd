import { Fieldset, Group, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { FaultOfWhole, useFault } from '../ui/faults.tsx';
import type { WantedStart } from './use-start.ts';
import { wallTime } from './wall-time.ts';
import { OWN_ZONE, ZONES } from './zones.ts';

interface StartFieldProps {
  readonly start: WantedStart;
  readonly onChange: (start: WantedStart) => void;
}

/** The same moment for whoever is looking, and what daylight saving does to it. */
const Meaning = ({ local, zone }: WantedStart) => {
  const { t } = useTranslation('wizard');
  const { dateTime } = useFormat();
  const meant = wallTime(local, zone);
  if (!meant) return null;
  if (meant.instant === undefined) return <Text size="sm">{t('start.skipped', { zone })}</Text>;
  return (
    <>
      <Text size="sm">{t('start.both', { local: local.replace('T', ' '), zone })}</Text>
      <Text size="sm">{t('start.yours', { at: dateTime(meant.instant), zone: OWN_ZONE })}</Text>
      {meant.happensTwice ? <Text size="sm">{t('start.twice')}</Text> : null}
    </>
  );
};

const Moment = ({ start, onChange }: StartFieldProps) => {
  const { t } = useTranslation('wizard');
  return (
    <Stack gap="xs">
      <Group align="start">
        <TextInput
          flex="1 1 12rem"
          type="datetime-local"
          label={t('start.local')}
          value={start.local}
          error={useFault('start.local')}
          onChange={({ currentTarget }) => {
            onChange({ ...start, local: currentTarget.value });
          }}
        />
        <Select
          flex="1 1 12rem"
          label={t('start.zone')}
          searchable
          allowDeselect={false}
          limit={100}
          data={[...ZONES]}
          value={start.zone}
          error={useFault('start.zone')}
          onChange={(zone) => {
            if (zone !== null) onChange({ ...start, zone });
          }}
        />
      </Group>
      <div role="status">
        <Meaning {...start} />
      </div>
    </Stack>
  );
};

/** At once, or at a wall time in a zone. */
export const StartField = ({ start, onChange }: StartFieldProps) => {
  const { t } = useTranslation('wizard');
  return (
    <Fieldset legend={t('start.title')}>
      <Stack gap="sm">
        <Radio
          name="start"
          label={t('start.now')}
          checked={start.isNow}
          onChange={() => {
            onChange({ ...start, isNow: true });
          }}
        />
        <Radio
          name="start"
          label={t('start.at')}
          checked={!start.isNow}
          onChange={() => {
            onChange({ ...start, isNow: false });
          }}
        />
        {start.isNow ? null : <Moment start={start} onChange={onChange} />}
        <FaultOfWhole paths={['start']} />
      </Stack>
    </Fieldset>
  );
};
