import { Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The one first heading of a page, and the title of its browser tab. */
export const PageTitle = ({ children }: { readonly children: ReactNode }) => (
  <>
    {typeof children === 'string' ? <title>{`${children} · Crier`}</title> : null}
    <Title order={1} size="h2">
      {children}
    </Title>
  </>
);
