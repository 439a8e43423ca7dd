import type { JsonSafe } from '@crier/kernel';
import type { BroadcastEvent } from './broadcast-events.ts';
import type { AudienceEvent, DeliveryEvent, ReceiptsEvent } from './delivery-events.ts';

/** Compiled, never run: every event survives JSON unchanged. */
type AnyEvent = BroadcastEvent | AudienceEvent | DeliveryEvent | ReceiptsEvent;
type Same<A, B> = [A] extends [B] ? true : false;

export const eventsAreJsonSafe: Same<AnyEvent, JsonSafe<AnyEvent>> = true;
