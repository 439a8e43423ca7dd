export {
  Conversions,
  type ConversionsDeps,
  type Recorded,
  type Told,
} from './application/conversions.ts';
export { SentPlaces, type SentButton } from './application/sent-places.ts';
export type { Conversion, ConversionKind, OrderRejection, Place } from './domain/conversion.ts';
export { orderDecider } from './domain/order.decider.ts';
