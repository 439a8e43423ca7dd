export { issueToken } from './access/tokens.ts';
export { configureGateway, gatewayAdapter } from './configure-gateway.ts';
export { consoleFolder } from './console/console-folder.ts';
export { ConnectorBots, type ConnectorBotsOptions } from './connectors/connector-bots.ts';
export { ConnectorContentChecker, ConnectorPreviewer } from './connectors/connector-content.ts';
export { GatewayModule } from './gateway.module.ts';
export type { GatewayConfig, GatewayDeps } from './gateway-deps.ts';
export { BotConnector } from './ports/bot-connector.ts';
export {
  CommandLog,
  type CommandEntry,
  type CommandOutcome,
  type KeptAnswer,
} from './ports/command-log.ts';
export { ContentChecker, type ElementProblem } from './ports/content-checker.ts';
export { Maintenance, type Verified } from './ports/maintenance.ts';
export { Previewer, type PreviewPart } from './ports/previewer.ts';
export { ROLES, TokenStore, type Role, type TokenRecord } from './ports/token-store.ts';
