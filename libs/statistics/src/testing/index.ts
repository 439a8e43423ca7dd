export { appendFacts, asStored, untilFrozen, type Fact, type SmallBroadcast } from './facts.ts';
export {
  caughtUp,
  foldAll,
  startedOn,
  type OpenedReadModels,
  type OpenReadModels,
} from './opened-read-models.ts';
export { contactIds, randomHistory } from './random-history.ts';
export { describeReadModels } from './read-models.suite.ts';
