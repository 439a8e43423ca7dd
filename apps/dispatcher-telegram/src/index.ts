export { connectBots } from './connect-bots.ts';
export { HooksController, HooksModule } from './hooks.ts';
export { TelegramDispatcherApp, type TelegramDispatcherDeps } from './telegram-dispatcher-app.ts';
