import 'reflect-metadata';
import { SkypeConnector, SKYPE_IS_OFF } from '@crier/channel-skype';
import { runApp } from '@crier/deployment';
import { openDispatcher } from '@crier/dispatcher/open';
import { SkypeEnvironment } from './environment.ts';

const open = openDispatcher('skype', ({ version, connections }, env: SkypeEnvironment) => {
  const { CRIER_SKYPE_LOGIN: loginUrl, CRIER_SKYPE_KEYS: openIdUrl } = env;
  return new SkypeConnector({
    version,
    connections,
    ...(loginUrl === undefined ? {} : { loginUrl }),
    ...(openIdUrl === undefined ? {} : { openIdUrl }),
  });
});

await runApp('dispatcher-skype', SkypeEnvironment, process.env, (env, context) => {
  context.log.info(SKYPE_IS_OFF);
  return open(env, context);
});
