import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { MeController } from './access/me.controller.ts';
import { TokensController } from './access/tokens.controller.ts';
import { AdminController } from './admin/admin.controller.ts';
import { AudienceController } from './audience/audience.controller.ts';
import { BotsController } from './bots/bots.controller.ts';
import { BroadcastActionsController } from './broadcasts/broadcast-actions.controller.ts';
import { BroadcastReportsController } from './broadcasts/broadcast-reports.controller.ts';
import { BroadcastsController } from './broadcasts/broadcasts.controller.ts';
import { CommandsController } from './commands/commands.controller.ts';
import { ConversionsController } from './conversions/conversions.controller.ts';
import { ShopGuard } from './conversions/shop.guard.ts';
import { ShopsController } from './conversions/shops.controller.ts';
import { ContactsController } from './contacts/contacts.controller.ts';
import { ExportsController } from './contacts/exports.controller.ts';
import { ImportsController } from './contacts/imports.controller.ts';
import type { GatewayDeps } from './gateway-deps.ts';
import { GatewayLife } from './gateway-life.ts';
import { gatewayProviders } from './gateway-providers.ts';
import { AccessGuard } from './http/access.guard.ts';
import { EndpointInterceptor } from './http/endpoint.interceptor.ts';
import { LinksController } from './links/links.controller.ts';
import { MediaController } from './media/media.controller.ts';
import { OpenApiController } from './openapi/openapi.controller.ts';
import { ProblemFilter } from './problems/problem.filter.ts';

/** The HTTP API and the tracked links. Needs an adapter from `gatewayAdapter` and `configureGateway` before it listens. */
@Module({})
export class GatewayModule {
  static with(deps: GatewayDeps): DynamicModule {
    return {
      module: GatewayModule,
      controllers: [
        BroadcastReportsController,
        BroadcastsController,
        BroadcastActionsController,
        AudienceController,
        ContactsController,
        ImportsController,
        ExportsController,
        BotsController,
        MediaController,
        CommandsController,
        TokensController,
        MeController,
        AdminController,
        LinksController,
        ConversionsController,
        ShopsController,
        OpenApiController,
      ],
      providers: [
        ...gatewayProviders(deps),
        AccessGuard,
        ShopGuard,
        EndpointInterceptor,
        GatewayLife,
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
