import 'reflect-metadata';
import { grantedRate, ViberConnector } from '@crier/channel-viber';
import { runApp } from '@crier/deployment';
import { openDispatcher } from '@crier/dispatcher/open';
import { ViberEnvironment } from './environment.ts';

await runApp(
  'dispatcher-viber',
  ViberEnvironment,
  process.env,
  openDispatcher(
    'viber',
    (options, { CRIER_VIBER_RATE: rate }: ViberEnvironment) =>
      new ViberConnector({ ...options, assumed: grantedRate(rate) }),
  ),
);
