export { EventStoreAddressInvalid } from './address.ts';
export { EventStoreDb, type EventStoreDbOptions } from './event-store-db.ts';
