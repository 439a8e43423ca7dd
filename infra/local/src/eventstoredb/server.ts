import {
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerUnaryCall,
} from '@grpc/grpc-js';
import type { EventEmitter } from 'node:events';
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import { Appending, handleAppend, handleBatchAppend } from './appending.ts';
import { Ledger, type Appended } from './ledger.ts';
import { Audience, handleRead } from './reading.ts';
import { exception, expectedOf, streamOf, supportedMethods } from './wire.ts';

export interface StandInOptions {
  /** A file; `:memory:` forgets. */
  readonly path: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** PEM texts; without them the server speaks plainly. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Demanded of every call when given. Clients send them over TLS only. */
  readonly credentials?: { readonly username: string; readonly password: string };
}

const MOST_BYTES = 64 * 1024 * 1024;

const isAllowed = (
  metadata: ServerUnaryCall<unknown, unknown>['metadata'],
  wanted: string | undefined,
): boolean => wanted === undefined || metadata.get('authorization').includes(wanted);

const basic = ({ username, password }: { username: string; password: string }): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

type DeleteOptions = Streams.DeleteReq.Options | Streams.TombstoneReq.Options;

const answerDelete = <Response>(
  ledger: Ledger,
  options: DeleteOptions | undefined,
  forever: boolean,
  answer: sendUnaryData<Response>,
  responseOf: (deleted: Extract<Appended, { kind: 'appended' }>) => Response,
): void => {
  if (!options) {
    answer(exception('missing-options', status.INVALID_ARGUMENT));
    return;
  }
  const stream = streamOf(options);
  const result = ledger.delete(
    stream,
    expectedOf(options, () => options.getRevision()),
    forever,
  );
  if (result.kind === 'appended') {
    answer(null, responseOf(result));
    return;
  }
  const name = result.kind === 'deleted' ? 'stream-deleted' : 'wrong-expected-version';
  answer(exception(name, status.FAILED_PRECONDITION, { 'stream-name': stream }));
};

/**
 * Speaks the part of EventStoreDB's protocol that an event store adapter needs: appends (both forms) with their idempotence,
 * reads, `$all` with filters, checkpoints and live updates, deletes, the append limit. Durable, one node, for development and
 * tests where no container runs; a production system takes the real server.
 */
export const startStandIn = async (
  options: StandInOptions,
): Promise<{ readonly port: number; readonly stop: () => void }> => {
  const ledger = new Ledger(options.path);
  const audience = new Audience();
  const appending = new Appending(ledger, () => {
    audience.tell();
  });
  const wanted = options.credentials && basic(options.credentials);
  const server = new Server({
    'grpc.max_receive_message_length': MOST_BYTES,
  });
  const guarded =
    <
      Call extends { metadata: ServerUnaryCall<unknown, unknown>['metadata'] },
      Rest extends unknown[],
    >(
      handle: (call: Call, ...rest: Rest) => void,
    ) =>
    (call: Call, ...rest: Rest): void => {
      if (isAllowed(call.metadata, wanted)) {
        handle(call, ...rest);
        return;
      }
      const refused = exception('access-denied', status.UNAUTHENTICATED);
      const [answer] = rest;
      if (typeof answer === 'function') (answer as sendUnaryData<unknown>)(refused);
      else
        (call as unknown as EventEmitter).emit(
          'error',
          Object.assign(new Error('access-denied'), refused),
        );
    };
  server.addService(streamsGrpc.StreamsService, {
    append: guarded(handleAppend(appending)),
    batchAppend: guarded(handleBatchAppend(appending)),
    read: guarded(handleRead(ledger, audience)),
    delete: guarded(
      (
        call: ServerUnaryCall<Streams.DeleteReq, unknown>,
        answer: sendUnaryData<Streams.DeleteResp>,
      ) => {
        answerDelete(ledger, call.request.getOptions(), false, answer, ({ position }) =>
          new streamsPb.DeleteResp().setPosition(
            new streamsPb.DeleteResp.Position()
              .setCommitPosition(String(position))
              .setPreparePosition(String(position)),
          ),
        );
      },
    ),
    tombstone: guarded(
      (
        call: ServerUnaryCall<Streams.TombstoneReq, unknown>,
        answer: sendUnaryData<Streams.TombstoneResp>,
      ) => {
        answerDelete(ledger, call.request.getOptions(), true, answer, ({ position }) =>
          new streamsPb.TombstoneResp().setPosition(
            new streamsPb.TombstoneResp.Position()
              .setCommitPosition(String(position))
              .setPreparePosition(String(position)),
          ),
        );
      },
    ),
  });
  server.addService(featuresGrpc.ServerFeaturesService, {
    getSupportedMethods: (_call: unknown, answer: sendUnaryData<unknown>) => {
      answer(null, supportedMethods());
    },
  });
  const { tls } = options;
  const credentials = tls
    ? ServerCredentials.createSsl(null, [
        { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) },
      ])
    : ServerCredentials.createInsecure();
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${options.host}:${options.port}`, credentials, (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  let isStopped = false;
  const stop = (): void => {
    if (isStopped) return;
    isStopped = true;
    server.forceShutdown();
    ledger.close();
  };
  return { port, stop };
};
