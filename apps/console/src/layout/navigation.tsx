import {
  IconChartBar,
  IconFileImport,
  IconKey,
  IconPhoto,
  IconRobot,
  IconSpeakerphone,
  IconUsers,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../api/types.ts';
import { useMe } from '../session/me.ts';
import { NavigationLink } from '../ui/links.tsx';

/** The pages that everybody's work begins at, and whose. Admins have all. */
const PAGES = [
  { to: '/broadcasts', name: 'broadcasts', Icon: IconSpeakerphone, roles: ['operator', 'analyst'] },
  { to: '/overview', name: 'overview', Icon: IconChartBar, roles: ['operator', 'analyst'] },
  { to: '/contacts', name: 'contacts', Icon: IconUsers, roles: ['operator'] },
  { to: '/imports', name: 'imports', Icon: IconFileImport, roles: ['operator'] },
  { to: '/bots', name: 'bots', Icon: IconRobot, roles: ['operator', 'analyst', 'channel'] },
  { to: '/media', name: 'media', Icon: IconPhoto, roles: ['operator', 'channel'] },
  { to: '/tokens', name: 'tokens', Icon: IconKey, roles: [] },
] as const satisfies readonly { roles: readonly Role[]; [key: string]: unknown }[];

/** `onGo`: another page was chosen. */
export const Navigation = ({ onGo }: { readonly onGo: () => void }) => {
  const { t } = useTranslation('words');
  const { may } = useMe();
  return PAGES.filter(({ roles }) => may(...roles)).map(({ to, name, Icon }) => (
    <NavigationLink
      key={to}
      to={to}
      label={t(`page.${name}`)}
      leftSection={<Icon size={18} aria-hidden />}
      onClick={onGo}
    />
  ));
};
