export { BadConfiguration, validated } from './config.ts';
export { HealthModule, processRegistry, Readiness } from './health.ts';
export { PinoLog } from './pino-log.ts';
export { PromMeter } from './prom-meter.ts';
export {
  apisOf,
  ChannelApis,
  ChannelNames,
  HttpUrl,
  LogLevel,
  OnOff,
  Port,
  Secret,
  Token,
  Whole,
} from './config-fields.ts';
export { CheckedReadiness, type Check } from './checked-readiness.ts';
export { keysOf, type Keys } from './keys.ts';
