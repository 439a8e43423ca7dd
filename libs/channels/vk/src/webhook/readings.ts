import type { WebhookEvent } from '@crier/connector';
import type { Authentic } from './callback.ts';

/** What VK wants to hear of every event, or it comes again. */
const OK = 'ok';

/** For others only. */
export const FOREIGN: Authentic = { authentic: true, events: [], foreign: true, answer: OK };

/** What people do concerns the team's own chat bot too, and receipts of its messages look like those of Crier's. */
export const shared = (event: WebhookEvent): Authentic => ({ ...FOREIGN, events: [event] });

/** For nobody else. */
export const ours = (event: WebhookEvent): Authentic => ({ ...shared(event), foreign: false });
