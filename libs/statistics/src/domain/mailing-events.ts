import type {
  AudienceEvent,
  BroadcastEvent,
  DeliveryEvent,
  OrderEvent,
  ReceiptsEvent,
} from '@crier/contracts';
import type { Moved } from './moves.ts';

interface InLane {
  readonly broadcastId: string;
  readonly lane: number;
}

type Told<Event extends { readonly type: string; readonly data: unknown }> = Event extends unknown
  ? {
      readonly type: Event['type'];
      readonly data: Event['data'] & InLane & { readonly moved: Moved };
    }
  : never;

/** A fact of `delivery-…` with its place, and with how it moved the recipients' pages. */
export type ToldDelivery = Told<DeliveryEvent>;

/** Whatever a mailing is folded from. */
export type MailingEvent =
  | BroadcastEvent
  | Extract<AudienceEvent, { readonly type: 'AudiencePlanned' }>
  | ToldDelivery
  | ReceiptsEvent
  | OrderEvent;
