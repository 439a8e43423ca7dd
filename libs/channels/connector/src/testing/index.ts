export * as bad from './bad-content.ts';
export type {
  AnswerRow,
  BadContent,
  ConnectorFacts,
  FileRow,
  Happening,
  LimitRow,
  WebhookRow,
} from './connector-facts.ts';
export { describeConnector } from './connector.suite.ts';
export { someTarget } from './content.suite.ts';
export * as happening from './happening-rows.ts';
export { openHook, type Hook } from './hook.ts';
export * as limit from './limit-rows.ts';
export { openServer, type LocalServer } from './local-server.ts';
export { openScriptedServer, type ScriptedAnswer, type ScriptedServer } from './scripted-server.ts';
export { spawnSandbox, type SpawnedSandbox } from './spawn-sandbox.ts';
