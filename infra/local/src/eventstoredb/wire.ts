import type { sendUnaryData } from '@grpc/grpc-js';
import { Metadata, status } from '@grpc/grpc-js';
import featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import statusPb from '@eventstore/db-client/generated/status_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type * as Shared from '@eventstore/db-client/generated/shared_pb.js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import codePb from '@eventstore/db-client/generated/code_pb.js';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Appended, Expected, Proposed, Stored } from './ledger.ts';

/** One append, events and metadata together, may hold so many bytes: the default of servers up to 24.x. */
export const MAX_APPEND_BYTES = 1024 * 1024;

const TICKS_PER_MS = 10_000n;
const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');

const hexOf = (half: string): string =>
  BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0');

const uuidOf = (uuid: Shared.UUID | undefined): string => {
  if (!uuid) return '';
  if (uuid.hasString()) return uuid.getString();
  const structured = uuid.getStructured();
  const hex = `${hexOf(structured?.getMostSignificantBits() ?? '0')}${hexOf(structured?.getLeastSignificantBits() ?? '0')}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

export const streamOf = (
  named: { getStreamIdentifier(): Shared.StreamIdentifier | undefined } | undefined,
): string => Buffer.from(named?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');

interface Message {
  getId(): Shared.UUID | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}

export const proposedOf = (message: Message): Proposed => ({
  id: uuidOf(message.getId()),
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? 'application/octet-stream',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

export const bytesOf = (events: readonly Proposed[]): number =>
  events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);

interface Place {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
}

export const expectedOf = (place: Place, revision: () => string): Expected => {
  if (place.hasNoStream()) return { kind: 'no_stream' };
  if (place.hasAny()) return { kind: 'any' };
  if (place.hasStreamExists()) return { kind: 'stream_exists' };
  return { kind: 'revision', revision: Number(revision()) };
};

const positionOf = (position: number): Shared.AllStreamPosition =>
  new sharedPb.AllStreamPosition()
    .setCommitPosition(String(position))
    .setPreparePosition(String(position));

/** One event of an answer. */
export const eventResponse = (stored: Stored): Streams.ReadResp => {
  const recorded = new streamsPb.ReadResp.ReadEvent.RecordedEvent()
    .setId(new sharedPb.UUID().setString(stored.id))
    .setStreamIdentifier(new sharedPb.StreamIdentifier().setStreamName(base64(stored.stream)))
    .setStreamRevision(String(stored.revision))
    .setPreparePosition(String(stored.position))
    .setCommitPosition(String(stored.position))
    .setData(stored.data)
    .setCustomMetadata(stored.metadata);
  recorded
    .getMetadataMap()
    .set('type', stored.type)
    .set('content-type', stored.contentType)
    .set('created', String(BigInt(stored.createdAt) * TICKS_PER_MS));
  const event = new streamsPb.ReadResp.ReadEvent()
    .setEvent(recorded)
    .setCommitPosition(String(stored.position));
  return new streamsPb.ReadResp().setEvent(event);
};

export const confirmation = (id: string): Streams.ReadResp =>
  new streamsPb.ReadResp().setConfirmation(
    new streamsPb.ReadResp.SubscriptionConfirmation().setSubscriptionId(id),
  );
export const caughtUp = (): Streams.ReadResp =>
  new streamsPb.ReadResp().setCaughtUp(new streamsPb.ReadResp.CaughtUp());
export const checkpoint = (position: number): Streams.ReadResp =>
  new streamsPb.ReadResp().setCheckpoint(
    new streamsPb.ReadResp.Checkpoint()
      .setCommitPosition(String(position))
      .setPreparePosition(String(position)),
  );
export const streamNotFound = (stream: string): Streams.ReadResp =>
  new streamsPb.ReadResp().setStreamNotFound(
    new streamsPb.ReadResp.StreamNotFound().setStreamIdentifier(
      new sharedPb.StreamIdentifier().setStreamName(base64(stream)),
    ),
  );

/** An error as the clients read it: from the trailing metadata. */
export const exception = (
  name: string,
  code: status,
  details: Readonly<Record<string, string>> = {},
): { readonly code: status; readonly details: string; readonly metadata: Metadata } => {
  const metadata = new Metadata();
  metadata.set('exception', name);
  for (const [key, value] of Object.entries(details)) metadata.set(key, value);
  return { code, details: name, metadata };
};

const NO_EXPECTATION = '0';

const batchError = (
  result: Exclude<Appended, { kind: 'appended' }> | { readonly kind: 'too_large' },
  expected: Expected,
) => {
  const packed = new anyPb.Any();
  if (result.kind === 'wrong_version') {
    const wrong = new sharedPb.WrongExpectedVersion().setExpectedStreamPosition(
      expected.kind === 'revision' ? String(expected.revision) : NO_EXPECTATION,
    );
    if (result.current === undefined) wrong.setCurrentNoStream(new emptyPb.Empty());
    else wrong.setCurrentStreamRevision(String(result.current));
    packed.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  } else if (result.kind === 'deleted')
    packed.pack(new sharedPb.StreamDeleted().serializeBinary(), 'event_store.client.StreamDeleted');
  else {
    const most = new sharedPb.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND_BYTES);
    packed.pack(most.serializeBinary(), 'event_store.client.MaximumAppendSizeExceeded');
  }
  return new statusPb.Status()
    .setCode(codePb.Code.FAILED_PRECONDITION)
    .setMessage(result.kind)
    .setDetails(packed);
};

export const batchResponse = (
  request: Streams.BatchAppendReq,
  expected: Expected,
  result: Appended | { readonly kind: 'too_large' },
  options: Streams.BatchAppendReq.Options,
): Streams.BatchAppendResp => {
  const response = new streamsPb.BatchAppendResp()
    .setCorrelationId(request.getCorrelationId())
    .setStreamIdentifier(options.getStreamIdentifier());
  if (result.kind !== 'appended') return response.setError(batchError(result, expected));
  return response.setSuccess(
    new streamsPb.BatchAppendResp.Success()
      .setCurrentRevision(String(result.revision))
      .setPosition(positionOf(result.position)),
  );
};

/** Answers the one-call form of an append. */
export const answerAppend = (
  answer: sendUnaryData<Streams.AppendResp>,
  expected: Expected,
  result: Appended | { readonly kind: 'too_large' },
  stream: string,
): void => {
  const response = new streamsPb.AppendResp();
  if (result.kind === 'deleted')
    answer(exception('stream-deleted', status.FAILED_PRECONDITION, { 'stream-name': stream }));
  else if (result.kind === 'too_large')
    answer(
      exception('maximum-append-size-exceeded', status.INVALID_ARGUMENT, {
        'maximum-append-size': String(MAX_APPEND_BYTES),
      }),
    );
  else if (result.kind === 'wrong_version') {
    const wrong = new streamsPb.AppendResp.WrongExpectedVersion();
    if (result.current === undefined) wrong.setCurrentNoStream(new sharedPb.Empty());
    else wrong.setCurrentRevision(String(result.current));
    if (expected.kind === 'revision') wrong.setExpectedRevision(String(expected.revision));
    else if (expected.kind === 'no_stream') wrong.setExpectedNoStream(new sharedPb.Empty());
    else wrong.setExpectedAny(new sharedPb.Empty());
    answer(null, response.setWrongExpectedVersion(wrong));
  } else {
    const position = new streamsPb.AppendResp.Position()
      .setCommitPosition(String(result.position))
      .setPreparePosition(String(result.position));
    answer(
      null,
      response.setSuccess(
        new streamsPb.AppendResp.Success()
          .setCurrentRevision(String(result.revision))
          .setPosition(position),
      ),
    );
  }
};

/** What the server says it can do: the methods that the client asks about. */
export const supportedMethods = (): InstanceType<typeof featuresPb.SupportedMethods> => {
  const supported = new featuresPb.SupportedMethods().setEventStoreServerVersion('23.10.0');
  for (const method of ['read', 'append', 'batchappend', 'delete', 'tombstone'])
    supported.addMethods(
      new featuresPb.SupportedMethod()
        .setServiceName('event_store.client.streams.streams')
        .setMethodName(method)
        .setFeaturesList([]),
    );
  return supported;
};
