import type { Provider } from '@nestjs/common';
import {
  BehaviourDirectory,
  BotRegistry,
  ContactDirectory,
  ImportStore,
  MediaStore,
  ReadBehaviours,
} from '@crier/audience';
import { Conversions, SentPlaces } from '@crier/conversions';
import { Clock, EventStore, MessageBus } from '@crier/kernel';
import { ReadModels } from '@crier/statistics';
import { Authenticator } from './access/authenticator.ts';
import { AudienceRules } from './audience/audience-rules.ts';
import { RecentBehaviours } from './audience/recent-behaviours.ts';
import { RoutingReader } from './audience/routing-reader.ts';
import { BotDesk } from './bots/bot-desk.ts';
import { BroadcastOrders } from './broadcasts/broadcast-orders.ts';
import { BroadcastReader } from './broadcasts/broadcast-reader.ts';
import { ContentRules } from './broadcasts/content-rules.ts';
import { Forecasts } from './broadcasts/forecast.ts';
import { FreshRows } from './broadcasts/fresh-rows.ts';
import { MessageExport } from './broadcasts/message-export.ts';
import { Previews } from './broadcasts/previews.ts';
import { Reach } from './broadcasts/reach.ts';
import { ShownRows } from './broadcasts/shown-rows.ts';
import { TestSends } from './broadcasts/test-sends.ts';
import { CommandDesk } from './commands/command-desk.ts';
import { IdempotentCommands } from './commands/idempotent-commands.ts';
import { Imports } from './contacts/imports.ts';
import { LiveRows } from './events/live-rows.ts';
import { ConversionDesk } from './conversions/conversion-desk.ts';
import type { GatewayDeps } from './gateway-deps.ts';
import { RouteTable } from './http/route-table.ts';
import { ClickCounter } from './links/click-counter.ts';
import { LinkTargets } from './links/link-targets.ts';
import { OpenApiDocument } from './openapi/openapi-document.ts';
import { CommandLog } from './ports/command-log.ts';
import { Maintenance } from './ports/maintenance.ts';
import { TokenStore } from './ports/token-store.ts';
import { GATEWAY_CONFIG, LOG } from './tokens.ts';

const COMMAND_WAIT_MS = 5_000;
const STREAMS = 200;

const plain = (deps: GatewayDeps): readonly (readonly [token: unknown, value: unknown])[] => [
  [EventStore, deps.store],
  [MessageBus, deps.bus],
  [ContactDirectory, deps.directory],
  [BotRegistry, deps.bots],
  [MediaStore, deps.media],
  [ReadModels, deps.readModels],
  [ImportStore, deps.imports.store],
  [TokenStore, deps.tokens],
  [CommandLog, deps.commandLog],
  [Maintenance, deps.maintenance],
  [Clock, deps.clock],
  [LOG, deps.log],
  [GATEWAY_CONFIG, deps.config],
];

const made = (deps: GatewayDeps): readonly object[] => {
  const { store, bus, directory, bots, media, readModels, clock, log, config } = deps;
  const { checker, previewer, commandLog, registry } = deps;
  const waitMs = config.commandWaitMs ?? COMMAND_WAIT_MS;
  const desk = new CommandDesk({ bus, commandLog, clock, log, waitMs });
  const reader = new BroadcastReader(store);
  const routing = new RoutingReader(bots, bus, clock);
  const reach = new Reach(directory, routing, clock);
  const content = new ContentRules({ checker, bots, directory, media });
  const audience = new AudienceRules({ bots, directory, reader });
  const rows = new FreshRows(readModels, clock);
  const { speedCeiling, publicUrl } = config;
  const shown = new ShownRows(checker, clock);
  const exports = new MessageExport({ checker, media, publicUrl });
  return [
    desk,
    reader,
    routing,
    reach,
    audience,
    shown,
    new BroadcastOrders({
      ...{ desk, reader, rows, content, shown, exports, audience, reach },
      ...{ clock, speedCeiling },
    }),
    new TestSends({ desk, reader, bots, directory }),
    new Forecasts({ bots, reach, previewer, content, clock }),
    new Previews({ directory, previewer, checker }),
    new LiveRows({ readModels, shown, clock, log, most: config.streams ?? STREAMS }),
    new IdempotentCommands(commandLog, clock),
    new Authenticator(deps.tokens, clock, config.adminToken),
    new BotDesk(bots, deps.connector, routing),
    new Imports({ ...deps.imports, clock, log }),
    new LinkTargets(new SentPlaces(store)),
    new ConversionDesk(new Conversions({ store, clock }), config.refSecret),
    new ClickCounter(bus, clock, log, registry),
    new RouteTable(),
    new OpenApiDocument(),
  ];
};

/** What is given, and the use cases made of it, each under its own class. */
export const gatewayProviders = (given: GatewayDeps): Provider[] => {
  const deps = { ...given, directory: behaviourDirectory(given) };
  return [
    ...plain(deps).map(([provide, useValue]) => ({ provide, useValue }) as Provider),
    ...made(deps).map((useValue) => ({ provide: useValue.constructor, useValue }) as Provider),
  ];
};

/** Whoever asks for people by what they did is answered from the read models. */
const behaviourDirectory = ({ directory, readModels, clock }: GatewayDeps): ContactDirectory =>
  new BehaviourDirectory(directory, new RecentBehaviours(new ReadBehaviours(readModels), clock));
