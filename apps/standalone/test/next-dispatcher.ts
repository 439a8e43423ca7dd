// A dispatcher of a later release, for the tests: it announces more than this one knows, and says more on the wire.
import 'reflect-metadata';
import { TelegramConnector } from '@crier/channel-telegram';
import type { Connector } from '@crier/connector';
import { runApp } from '@crier/deployment';
import { DispatcherEnvironment, openDispatcher } from '@crier/dispatcher/open';

const LONGER_TEXT = 9_000;

const withMore = (connector: Connector): Connector => {
  const { capabilities } = connector;
  const more = {
    ...capabilities,
    version: '99.0.0',
    elements: [...capabilities.elements, 'hologram'],
    limits: { ...capabilities.limits, textLength: LONGER_TEXT },
    smells: true,
  };
  return new Proxy(connector, {
    get: (target, name) => {
      if (name === 'capabilities') return more;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
};

await runApp(
  'dispatcher-telegram',
  DispatcherEnvironment,
  process.env,
  openDispatcher('telegram', (options) => withMore(new TelegramConnector(options))),
);
