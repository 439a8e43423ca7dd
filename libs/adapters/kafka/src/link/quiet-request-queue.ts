// @ts-expect-error the client describes only its front door
import queueModule from 'kafkajs/src/network/requestQueue/index.js';

interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests?: () => void;
}

const { prototype } = queueModule as { readonly prototype: RequestQueue };

/**
 * kafkajs 2.2.4 looks a thousand times a second, on every connection, whether requests wait that may be sent now, even when none
 * does (its issue 1751: half of what an idle process costs, and a warning of Node). It shall look only while some do.
 */
const schedule = prototype.scheduleCheckPendingRequests;
if (schedule)
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this);
  };
