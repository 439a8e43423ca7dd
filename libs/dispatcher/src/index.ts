export { connectBots } from './connect-bots.ts';
export { ConversionPayments } from './conversion-payments.ts';
export { DispatcherApp, type DispatcherAppDeps } from './dispatcher-app.ts';
export { HooksController, HooksModule } from './hooks.ts';
