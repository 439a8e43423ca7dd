import type { JsonSafe } from '@crier/kernel';
import type { BroadcastEvent } from './broadcast-events.ts';
import type { AudienceEvent, DeliveryEvent, ReceiptsEvent } from './delivery-events.ts';
import type { OrderEvent } from './order-events.ts';

/** Compiled, never run: every event survives JSON unchanged. */
type AnyEvent = BroadcastEvent | AudienceEvent | DeliveryEvent | ReceiptsEvent | OrderEvent;
type Same<A, B> = [A] extends [B] ? true : false;

export const eventsAreJsonSafe: Same<AnyEvent, JsonSafe<AnyEvent>> = true;
