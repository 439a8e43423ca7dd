export { ClusterEnvironment, environmentOf, SecretEnvironment, withFiles } from './environment.ts';
export { cannotStart } from './failing.ts';
export { hiding } from './hiding.ts';
export { insist } from './insisting.ts';
export { contextOf, runApp, stopAll, type AppContext } from './run-app.ts';
export {
  kafkaConnectionOf,
  openAudience,
  openBackbone,
  openDatabase,
  prepareTopics,
  type AudienceStores,
  type Backbone,
} from './stores.ts';
export type { Serving } from './serving.ts';
export { underLease, type Duty } from './under-lease.ts';
export { channelTopics, sharedTopics } from './topic-specs.ts';
