import { Badge, Card, Code, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BroadcastReport, MessageContent } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { Section } from '../ui/section.tsx';

type Element = MessageContent['elements'][number];

const textsOf = (element: Element): readonly string[] => {
  if ('text' in element) return [element.text];
  if ('cards' in element)
    return element.cards.flatMap(({ title, text, url }) =>
      [title, text, url].filter((one) => one !== undefined),
    );
  return [element.caption, element.url, element.media].filter((one) => one !== undefined);
};

const buttonsOf = (element: Element) =>
  'cards' in element
    ? element.cards.flatMap(({ buttons = [] }) => buttons)
    : (element.buttons ?? []);

const Shown = ({ element }: { readonly element: Element }) => {
  const texts = textsOf(element);
  return (
    <Card withBorder padding="sm">
      <Text size="xs" c="dimmed">
        {element.type}
      </Text>
      {texts.map((text) => (
        <Text key={text} dir="auto" className="wraps">
          {text}
        </Text>
      ))}
      <Group gap="xs" mt={4}>
        {buttonsOf(element).map((button) => (
          <Badge key={button.label} variant="outline" tt="none">
            {button.label}
          </Badge>
        ))}
      </Group>
    </Card>
  );
};

const Elements = ({ elements }: { readonly elements: readonly Element[] }) => (
  <Stack gap="xs">
    {elements.map((element, index) => (
      // Elements have no names: their place is what they are.
      <Shown key={`${index} ${element.type}`} element={element} />
    ))}
  </Stack>
);

const Message = ({ message }: Pick<BroadcastReport, 'message'>) => {
  const { t } = useTranslation('report');
  if (!message) return <Text size="sm">{t('noMessage')}</Text>;
  const own = Object.entries(message.channels ?? {});
  return (
    <Stack>
      {message.synchronised || own.length === 0 ? <Elements elements={message.elements} /> : null}
      {message.synchronised
        ? null
        : own.map(([channel, { elements }]) => (
            <Stack key={channel} gap="xs">
              <Text fw={600}>{channel}</Text>
              <Elements elements={elements} />
            </Stack>
          ))}
    </Stack>
  );
};

const Start = ({ start }: Pick<BroadcastReport, 'start'>) => {
  const { t } = useTranslation('report');
  const { dateTime } = useFormat();
  if (!start) return t('notActivated');
  if (start.mode === 'now') return t('atOnce');
  return t('startAt', { local: start.local, zone: start.zone, here: dateTime(start.instant) });
};

/** Message, audience and settings, as they were when it was sent. */
export const AsSent = ({ report }: { readonly report: BroadcastReport }) => {
  const { t } = useTranslation('report');
  const { audience, settings, message, start } = report;
  const route = audience.route === 'main' ? t('mainRoute') : audience.route.bots.join(' → ');
  return (
    <Stack>
      <Section title={t('message')}>
        <Message message={message} />
      </Section>
      <Section title={t('audience')}>
        <Text size="sm">{t('route', { route })}</Text>
        <Code block tabIndex={0} aria-label={t('filter')}>
          {JSON.stringify(audience.filter, null, 2)}
        </Code>
      </Section>
      <Section title={t('settings')}>
        <Text size="sm">{t('speed', { speed: settings.speed })}</Text>
        <Text size="sm">
          <Start start={start} />
        </Text>
      </Section>
    </Stack>
  );
};
