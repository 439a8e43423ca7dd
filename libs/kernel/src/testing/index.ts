export { describeEventStore } from './event-store.suite.ts';
export { HostileEventStore, type EventStoreHostility } from './hostile-event-store.ts';
export { HostileMessageBus, type MessageBusHostility } from './hostile-message-bus.ts';
export { appendSurely, publishSurely } from './insisting.ts';
export { describeLeaseStore } from './lease-store.suite.ts';
export { describeMessageBus } from './message-bus.suite.ts';
export type { Opened } from './opened.ts';
export { seededRandom, type Random } from './random.ts';
export { eventually, freshName, someEvent, someMetadata } from './waiting.ts';
