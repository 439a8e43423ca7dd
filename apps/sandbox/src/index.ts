export type { CountsReport, SendCounts } from './counts.ts';
export { chatShare } from './hash.ts';
export type { Deed, Latency, Rule, TroublePlan } from './rules.ts';
export { receiverNumber } from './viber/receivers.ts';
export { startSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';
