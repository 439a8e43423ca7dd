import { appBundle } from '../../tools/rolldown.base.mjs';

const sqlite = '../../libs/adapters/sqlite/src';

/** The main file, and the modules that run in threads of their own. */
export default appBundle({
  main: 'src/main.ts',
  'event-writer.worker': `${sqlite}/event-writer.worker.ts`,
  'message-writer.worker': `${sqlite}/message-writer.worker.ts`,
  'directory.worker': `${sqlite}/contacts/directory.worker.ts`,
  'projector.worker': `${sqlite}/read-models/projector.worker.ts`,
});
