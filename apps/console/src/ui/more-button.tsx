import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface MoreButtonProps {
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** Reads the next page of a list that is read page after page. */
export const MoreButton = ({ hasNextPage, isFetching, fetchNextPage }: MoreButtonProps) => {
  const { t } = useTranslation();
  if (!hasNextPage) return null;
  return (
    <Button variant="default" loading={isFetching} onClick={() => void fetchNextPage()}>
      {t('more')}
    </Button>
  );
};
