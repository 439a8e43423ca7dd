import { CheckedReadiness, HealthModule, type Check } from '@crier/platform';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AppContext } from './run-app.ts';

/** What an app serves besides health and metrics. */
export interface Serving {
  readonly modules?: readonly DynamicModule[];
  readonly checks: Readonly<Record<string, Check>>;
  readonly adapter?: FastifyAdapter;
  /** Called before it listens. */
  readonly configure?: (app: NestFastifyApplication) => Promise<void>;
}

@Module({})
class AppModule {
  static with(imports: DynamicModule[]): DynamicModule {
    return { module: AppModule, imports };
  }
}

/** The one HTTP server of an app. */
export const serve = async (
  address: { readonly host: string; readonly port: number },
  { modules = [], checks, adapter = new FastifyAdapter(), configure }: Serving,
  { registry, tracing }: Pick<AppContext, 'registry' | 'tracing'>,
): Promise<NestFastifyApplication> => {
  const root = AppModule.with([
    ...modules,
    HealthModule.with(new CheckedReadiness(checks), registry),
  ]);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  tracing.requests(app.getHttpAdapter().getInstance());
  await configure?.(app);
  await app.listen(address.port, address.host);
  return app;
};
