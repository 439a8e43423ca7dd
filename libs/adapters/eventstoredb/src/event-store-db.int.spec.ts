import { SilentLog } from '@crier/kernel';
import { describeEventStore } from '@crier/kernel/testing';
import { withServer } from '../../../../tools/integration.ts';
import { EventStoreDb } from './event-store-db.ts';

withServer('eventstoredb', (connectionString) => {
  const open = () => new EventStoreDb({ connectionString, log: new SilentLog() });

  describeEventStore('eventstoredb', () => {
    const port = open();
    const opened = [port];
    return Promise.resolve({
      port,
      close: async () => {
        for (const store of opened) await store.close();
      },
      reopen: async () => {
        await port.close();
        const again = open();
        opened.push(again);
        return again;
      },
    });
  });
});
