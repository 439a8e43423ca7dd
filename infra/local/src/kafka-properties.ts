import type { Wire } from './wire-security.ts';

/** Where a broker listens and what it writes. */
export interface KafkaPlace {
  readonly host: string;
  /** For clients; the next one is for its own controller. */
  readonly port: number;
  readonly data: string;
  /** A file with the broker's key and certificate, one after the other. Only with a secured wire. */
  readonly keyStore: string;
}

const LOGIN = 'org.apache.kafka.common.security';

const plain = `listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT
`;

/** TLS, and a name with a password, which may be given in each of the ways that the adapter knows. */
const secured = (
  { certificate, user: { username, password } }: Wire,
  keyStore: string,
): string => `listener.security.protocol.map=CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT
ssl.keystore.type=PEM
ssl.keystore.location=${keyStore}
ssl.truststore.type=PEM
ssl.truststore.location=${certificate}
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512
sasl.mechanism.inter.broker.protocol=PLAIN
listener.name.clients.plain.sasl.jaas.config=${LOGIN}.plain.PlainLoginModule required username="${username}" password="${password}" user_${username}="${password}";
listener.name.clients.scram-sha-256.sasl.jaas.config=${LOGIN}.scram.ScramLoginModule required;
listener.name.clients.scram-sha-512.sasl.jaas.config=${LOGIN}.scram.ScramLoginModule required;
`;

/** The settings of a broker that is its own controller and has no others beside it. */
export const kafkaProperties = (
  { host, port, data, keyStore }: KafkaPlace,
  wire: Wire | undefined,
): string => `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@${host}:${port + 1}
listeners=CLIENTS://${host}:${port},CONTROLLER://${host}:${port + 1}
advertised.listeners=CLIENTS://${host}:${port}
controller.listener.names=CONTROLLER
inter.broker.listener.name=CLIENTS
log.dirs=${data}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
${wire ? secured(wire, keyStore) : plain}`;

/** The users of a secured wire, as the formatter of a broker's disk is told of them. */
export const scramUsers = (wire: Wire | undefined): readonly string[] =>
  wire
    ? ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
        '--add-scram',
        `${mechanism}=[name=${wire.user.username},password=${wire.user.password}]`,
      ])
    : [];
