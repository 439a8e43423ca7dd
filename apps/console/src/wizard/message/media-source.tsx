import {
  Button,
  FileButton,
  Group,
  Image,
  Input,
  Progress,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FaultOfWhole, useFault } from '../ui/faults.tsx';
import type { Source } from './changes.ts';
import { useUpload } from './use-upload.ts';

const ACCEPTED = {
  image: 'image/*',
  video: 'video/*',
  audio: 'audio/*',
  voice: 'audio/*',
  file: '*',
};

export type SourceKind = keyof typeof ACCEPTED;

interface MediaSourceProps {
  readonly kind: SourceKind;
  readonly path: string;
  readonly source: Source;
  readonly onChange: (source: Source) => void;
}

const Uploaded = ({
  kind,
  media,
  onRemove,
}: {
  kind: SourceKind;
  media: string;
  onRemove: () => void;
}) => {
  const { t } = useTranslation('wizard');
  const address = `/v1/media/${encodeURIComponent(media)}`;
  return (
    <Group wrap="nowrap">
      {kind === 'image' ? (
        <Image src={address} alt={t('media.uploaded')} w={72} h={72} radius="sm" />
      ) : null}
      <Stack gap={4} align="start">
        <Text size="sm">{t('media.uploaded')}</Text>
        <Button size="compact-xs" variant="light" onClick={onRemove}>
          {t('media.other')}
        </Button>
      </Stack>
    </Group>
  );
};

const Chosen = ({ kind, path, source, onChange }: MediaSourceProps) => {
  const { t } = useTranslation('wizard');
  const fault = useFault(`${path}.url`);
  const upload = useUpload(({ id }) => {
    onChange({ media: id });
  });
  return (
    <Stack gap="xs">
      <Group align="start" gap="xs">
        <TextInput
          flex="1 1 12rem"
          type="url"
          aria-label={t('media.url')}
          placeholder="https://"
          value={source.url ?? ''}
          error={fault}
          onChange={({ currentTarget }) => {
            onChange({ url: currentTarget.value });
          }}
        />
        <FileButton accept={ACCEPTED[kind]} onChange={upload.start}>
          {(props) => (
            <Button {...props} variant="light" leftSection={<IconUpload size={16} aria-hidden />}>
              {t('media.upload')}
            </Button>
          )}
        </FileButton>
      </Group>
      {upload.share === undefined ? null : (
        <Group wrap="nowrap">
          <Progress flex={1} value={upload.share * 100} aria-label={t('media.progress')} />
          <Button size="compact-xs" variant="subtle" onClick={upload.stop}>
            {t('media.stop')}
          </Button>
        </Group>
      )}
    </Stack>
  );
};

/** A file: by address, or uploaded. */
export const MediaSource = (props: MediaSourceProps) => {
  const { t } = useTranslation('wizard');
  const { kind, path, source, onChange } = props;
  return (
    <Stack gap={4} role="group" aria-label={t('media.title')}>
      <Input.Label component="div" aria-hidden>
        {t('media.title')}
      </Input.Label>
      {source.media === undefined ? (
        <Chosen {...props} />
      ) : (
        <Uploaded
          kind={kind}
          media={source.media}
          onRemove={() => {
            onChange({ url: '' });
          }}
        />
      )}
      <FaultOfWhole paths={[path, `${path}.media`]} />
    </Stack>
  );
};
