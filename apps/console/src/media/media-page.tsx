import { Button, FileInput, Image, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Media } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { PageTitle } from '../ui/page-title.tsx';
import { ProblemAlert } from '../ui/problem-alert.tsx';
import { Section } from '../ui/section.tsx';
import { SimpleTable } from '../ui/simple-table.tsx';
import { upload } from '../ui/upload.ts';

const PREVIEWED = /^image\/(jpeg|png|gif|webp)$/;

const send = (file: File): Promise<Media> => {
  const form = new FormData();
  form.set('file', file);
  return upload('/v1/media', form);
};

/** Files for messages. The API keeps them and lists none: what is shown was uploaded while this page was open. */
export const MediaPage = () => {
  const { t } = useTranslation('media');
  const { count } = useFormat();
  const [file, setFile] = useState<File | null>(null);
  const [kept, setKept] = useState<readonly Media[]>([]);
  const { mutate, isPending, error } = useMutation({
    mutationFn: send,
    onSuccess: (media) => {
      setFile(null);
      setKept((before) => [media, ...before.filter(({ id }) => id !== media.id)]);
    },
  });
  const rows = kept.map(({ id, name, contentType, bytes, url }) => ({
    key: id,
    cells: [
      name,
      PREVIEWED.test(contentType) ? (
        <Image key="picture" src={`/v1/media/${id}`} alt="" w={64} h={64} fit="contain" />
      ) : (
        contentType
      ),
      id,
      url,
      count(bytes),
    ],
  }));
  const head = [t('name'), t('picture'), t('id'), t('address'), t('bytes')];
  return (
    <Stack>
      <PageTitle>{t('title')}</PageTitle>
      <Section title={t('new')}>
        <Stack align="start">
          <FileInput
            w="100%"
            maw={420}
            label={t('file')}
            placeholder={t('choose')}
            value={file}
            onChange={setFile}
          />
          <ProblemAlert error={error} />
          <Button
            disabled={!file}
            loading={isPending}
            onClick={() => {
              if (file) mutate(file);
            }}
          >
            {t('upload')}
          </Button>
        </Stack>
      </Section>
      <Section title={t('kept')}>
        <Text size="sm" c="dimmed">
          {t('keptHelp')}
        </Text>
        <SimpleTable caption={t('kept')} head={head} rows={rows} numbers={1} />
      </Section>
    </Stack>
  );
};
