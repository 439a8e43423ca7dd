import { ActionIcon, Menu, Text, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { tokenKeeper } from '../api/token-keeper.ts';
import { LANGUAGES } from '../i18n/languages.ts';
import { chooseLanguage } from '../i18n/texts.ts';
import { useMe } from '../session/me.ts';

/** What a language calls itself. */
const nameOf = (language: string): string =>
  new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;

const LanguageChoice = () => {
  const { t, i18n } = useTranslation();
  const choose = (language: string): void => {
    void chooseLanguage(language);
  };
  return (
    <Menu.RadioGroup value={i18n.language} onChange={choose}>
      <Menu.Label>{t('language')}</Menu.Label>
      {LANGUAGES.map((language) => (
        <Menu.RadioItem key={language} value={language} lang={language}>
          {nameOf(language)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
};

const SCHEMES = ['light', 'dark', 'auto'] as const;
type Scheme = (typeof SCHEMES)[number];

const SchemeChoice = () => {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choose = (scheme: string): void => {
    setColorScheme(scheme as Scheme);
  };
  return (
    <Menu.RadioGroup value={colorScheme} onChange={choose}>
      <Menu.Label>{t('appearance.title')}</Menu.Label>
      {SCHEMES.map((scheme) => (
        <Menu.RadioItem key={scheme} value={scheme}>
          {t(`appearance.${scheme}`)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
};

/** Who is signed in, how the console looks for them, and the way out. */
export const AccountMenu = () => {
  const { t } = useTranslation(['common', 'words']);
  const { name, role } = useMe();
  const signOut = (): void => {
    tokenKeeper.drop();
  };
  return (
    <Menu position="bottom-end" width={230} withinPortal={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('account')}>
          <IconUserCircle aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text span display="block" fw={600} size="sm" truncate>
            {name}
          </Text>
          {t(`words:role.${role}`)}
        </Menu.Label>
        <Menu.Divider />
        <LanguageChoice />
        <Menu.Divider />
        <SchemeChoice />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
