import type { Log } from '@crier/kernel';
import { Kafka, logLevel, type ISocketFactory, type KafkaConfig } from 'kafkajs';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { KafkaConnection } from '../options.ts';
import { kafkaLog } from './kafka-log.ts';
import './quiet-request-queue.ts';

const CONNECT_TIMEOUT_MS = 3_000;
/** A broker that is silent for so long is taken for gone. */
export const REQUEST_TIMEOUT_MS = 5_000;
const KEEP_ALIVE_MS = 10_000;

const opening =
  (sockets: Set<Socket>): ISocketFactory =>
  ({ host, port, ssl, onConnect }) => {
    const named = isIP(host) === 0 ? { servername: host } : {};
    // The client passes no `ssl` where none is wanted, whatever its types say.
    const socket = (ssl as object | undefined)
      ? connectTls({ host, port, ...named, ...ssl }, onConnect)
      : connectPlain({ host, port }, onConnect);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };

/** A client that keeps its sockets in `sockets`. It tries briefly: whoever uses it knows better when to try again. */
export const kafkaClient = (
  { brokers, clientId, ssl, sasl }: KafkaConnection,
  log: Log,
  sockets: Set<Socket> = new Set(),
): Kafka =>
  new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    authenticationTimeout: REQUEST_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: { initialRetryTime: 100, maxRetryTime: 500, retries: 2 },
    socketFactory: opening(sockets),
    logLevel: logLevel.WARN,
    logCreator: kafkaLog(log),
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl: { ...sasl } as NonNullable<KafkaConfig['sasl']> }),
  });
