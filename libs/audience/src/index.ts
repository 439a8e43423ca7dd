export { BehaviourDirectory } from './application/behaviour-directory.ts';
export {
  Behaviours,
  ReadBehaviours,
  resolved,
  type BehaviourSource,
} from './application/behaviours.ts';
export { BotRegistry, type Bot } from './application/bot-registry.ts';
export {
  ContactDirectory,
  type AudienceCount,
  type ContactChange,
  type Page,
  type RecipientCard,
  type ScanPage,
  type Upserted,
} from './application/contact-directory.ts';
export { BadCursor, MediaTooLarge } from './application/errors.ts';
export { exportContacts, type ExportRequest } from './application/export/contact-export.ts';
export {
  ContactImport,
  type ContactImportOptions,
  type ImportRequest,
} from './application/import/contact-import.ts';
export { ImportRefused } from './application/import/import-row.ts';
export {
  ImportStore,
  type ImportJob,
  type ImportProgress,
} from './application/import/import-store.ts';
export { MediaStore, type Media } from './application/media-store.ts';
export { Seal, SecretUnreadable } from './application/sealed.ts';
export { sniff, SNIFFED_BYTES } from './application/sniff.ts';
export { applyChange, withStatus, type ChangeContext } from './domain/apply-change.ts';
export {
  behaviourKey,
  behavioursIn,
  BehaviourUnresolved,
  doersOf,
  type AskedAudience,
  type Doers,
} from './domain/behaviours.ts';
export { parseContactChange, type Read, type Refusal } from './domain/contact-change.ts';
export {
  compareIds,
  countOf,
  ID_BYTES,
  idsBefore,
  NOBODY,
  textsOf,
  type ContactIds,
} from './domain/contact-ids.ts';
export {
  parseAudience,
  parseFilter,
  type FilterProblem,
  type ParsedAudience,
  type ParsedFilter,
} from './domain/filter.ts';
export {
  connectionsMatch,
  languageMatches,
  matches,
  valueMatches,
  type ConnectionCondition,
  type ContactCondition,
} from './domain/matches.ts';
export { epochOf, isWithin, spanOf, type Span } from './domain/moments.ts';
export { mediaUrl } from './domain/media-url.ts';
export { touched } from './domain/touched.ts';
export { route, type Routed, type RoutingTable } from './domain/route.ts';
