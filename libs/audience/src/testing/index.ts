export { packedIds } from './arbitraries.ts';
export { describeBotRegistry } from './bot-registry.suite.ts';
export { describeContactDirectory, type OpenedDirectory } from './contact-directory.suite.ts';
export { describeImportStore } from './import-store.suite.ts';
export { describeMediaStore } from './media-store.suite.ts';
export { FixedClock } from './fixed-clock.ts';
