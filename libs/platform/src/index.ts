export { BadConfiguration, validated } from './config.ts';
export { HealthModule, processRegistry, Readiness } from './health.ts';
export { PinoLog } from './pino-log.ts';
export { PromMeter } from './prom-meter.ts';
