import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type RouterHistory,
} from '@tanstack/react-router';
import { withTexts } from './i18n/texts.ts';
import { BrokenPage } from './layout/broken-page.tsx';
import { LoadingPage } from './layout/loading-page.tsx';
import { NotFoundPage } from './layout/not-found-page.tsx';
import { Shell } from './layout/shell.tsx';
import { tableSearchIn } from './table/table-search.ts';
import { stepInAddress } from './wizard/steps.ts';

const rootRoute = createRootRoute({ component: Shell });

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => redirect({ to: '/broadcasts', throw: true }),
});

const tableRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/broadcasts',
  validateSearch: tableSearchIn,
  component: lazyRouteComponent(() => import('./table/table-page.tsx'), 'TablePage'),
});

const reportRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/broadcasts/$broadcastId',
  component: lazyRouteComponent(
    () => withTexts(['report'], () => import('./report/report-page.tsx')),
    'ReportPage',
  ),
});

const wizardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/broadcasts/$broadcastId/edit',
  validateSearch: stepInAddress,
  component: lazyRouteComponent(
    () => withTexts(['wizard'], () => import('./wizard/wizard-page.tsx')),
    'WizardPage',
  ),
});

const contactsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/contacts',
  component: lazyRouteComponent(
    () => withTexts(['contacts'], () => import('./contacts/contacts-page.tsx')),
    'ContactsPage',
  ),
});

const contactRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/contacts/$contactId',
  component: lazyRouteComponent(
    () => withTexts(['contacts', 'report'], () => import('./contacts/contact-page.tsx')),
    'ContactPage',
  ),
});

const importsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/imports',
  component: lazyRouteComponent(
    () => withTexts(['imports'], () => import('./imports/imports-page.tsx')),
    'ImportsPage',
  ),
});

const botsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/bots',
  component: lazyRouteComponent(
    () => withTexts(['bots'], () => import('./bots/bots-page.tsx')),
    'BotsPage',
  ),
});

const mediaRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/media',
  component: lazyRouteComponent(
    () => withTexts(['media'], () => import('./media/media-page.tsx')),
    'MediaPage',
  ),
});

const tokensRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/tokens',
  component: lazyRouteComponent(
    () => withTexts(['tokens'], () => import('./tokens/tokens-page.tsx')),
    'TokensPage',
  ),
});

const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/overview',
  component: lazyRouteComponent(
    () => withTexts(['overview', 'report'], () => import('./overview/overview-page.tsx')),
    'OverviewPage',
  ),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  tableRoute,
  reportRoute,
  wizardRoute,
  contactsRoute,
  contactRoute,
  importsRoute,
  botsRoute,
  mediaRoute,
  tokensRoute,
  overviewRoute,
]);

/** All pages by their addresses under `/console`. `history`: the browser's own where absent. */
export const createConsoleRouter = (history?: RouterHistory) =>
  createRouter({
    routeTree,
    basepath: '/console',
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultNotFoundComponent: NotFoundPage,
    defaultErrorComponent: BrokenPage,
    defaultPendingComponent: LoadingPage,
    ...(history === undefined ? {} : { history }),
  });

export type ConsoleRouter = ReturnType<typeof createConsoleRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: ConsoleRouter;
  }
}
