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
  component: lazyRouteComponent(() => import('./report/report-page.tsx'), 'ReportPage'),
});

const wizardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/broadcasts/$broadcastId/edit',
  validateSearch: stepInAddress,
  component: lazyRouteComponent(
    () => withTexts('wizard', () => import('./wizard/wizard-page.tsx')),
    'WizardPage',
  ),
});

const routeTree = rootRoute.addChildren([homeRoute, tableRoute, reportRoute, wizardRoute]);

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
