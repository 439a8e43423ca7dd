import { HooksModule } from '@crier/dispatcher';
import { configureGateway, gatewayAdapter, GatewayModule, type GatewayDeps } from '@crier/gateway';
import type { Webhooks } from '@crier/delivery';
import { HealthModule, type Readiness } from '@crier/platform';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

@Module({})
class HttpModule {
  static with(imports: DynamicModule[]): DynamicModule {
    return { module: HttpModule, imports };
  }
}

/** The one HTTP server of the process: API, tracked links, webhooks, health and metrics. */
export const listen = async (
  address: { readonly host: string; readonly port: number },
  parts: {
    readonly gateway: GatewayDeps;
    readonly webhooks: readonly Webhooks[];
    readonly readiness: Readiness;
  },
): Promise<NestFastifyApplication> => {
  const { gateway, webhooks, readiness } = parts;
  const root = HttpModule.with([
    GatewayModule.with(gateway),
    HooksModule.with(webhooks),
    HealthModule.with(readiness, gateway.registry),
  ]);
  const app = await NestFactory.create<NestFastifyApplication>(
    root,
    gatewayAdapter(gateway.config),
    {
      bodyParser: false,
      logger: false,
      abortOnError: false,
    },
  );
  await configureGateway(app);
  await app.listen(address.port, address.host);
  return app;
};
