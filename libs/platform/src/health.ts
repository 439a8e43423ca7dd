import {
  Controller,
  Get,
  Header,
  HttpStatus,
  Inject,
  Module,
  Res,
  type DynamicModule,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** What an app says about itself: ready only when every check is. */
export abstract class Readiness {
  /** Name of a part → undefined where it is well, a sentence where it is not. */
  abstract check(): Promise<Readonly<Record<string, string | undefined>>>;
}

interface Reply {
  status(code: number): { send(body: unknown): unknown };
}

@ApiExcludeController()
@Controller()
class HealthController {
  constructor(
    @Inject(Readiness) private readonly readiness: Readiness,
    @Inject(Registry) private readonly registry: Registry,
  ) {}

  /** The process answers. */
  @Get('health/live')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** The process can do its work now; 503 with the reasons otherwise. */
  @Get('health/ready')
  async ready(@Res() reply: Reply): Promise<void> {
    const checks = await this.readiness.check();
    const faults = Object.entries(checks).filter(([, fault]) => fault !== undefined);
    const body = {
      status: faults.length === 0 ? 'ready' : 'not ready',
      faults: Object.fromEntries(faults),
    };
    reply.status(faults.length === 0 ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE).send(body);
  }

  @Get('metrics')
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  metrics(): Promise<string> {
    return this.registry.metrics();
  }
}

const PART_READY = 'crier_part_ready';

/** What `/health/ready` says, as a metric: asked anew whenever the metrics are read. */
const measureParts = (readiness: Readiness, registry: Registry): void => {
  if (registry.getSingleMetric(PART_READY)) return;
  new Gauge({
    name: PART_READY,
    help: '1 for a part of the app that is well, 0 for one that is not',
    labelNames: ['part'],
    registers: [registry],
    async collect() {
      for (const [part, fault] of Object.entries(await readiness.check()))
        this.set({ part }, fault === undefined ? 1 : 0);
    },
  });
};

/** `/health/live`, `/health/ready` and `/metrics` of an app. */
@Module({})
export class HealthModule {
  static with(readiness: Readiness, registry: Registry): DynamicModule {
    measureParts(readiness, registry);
    return {
      module: HealthModule,
      controllers: [HealthController],
      providers: [
        { provide: Readiness, useValue: readiness },
        { provide: Registry, useValue: registry },
      ],
    };
  }
}

/** A registry with the process's own figures in it. */
export const processRegistry = (app: string): Registry => {
  const registry = new Registry();
  registry.setDefaultLabels({ app });
  collectDefaultMetrics({ register: registry });
  return registry;
};
