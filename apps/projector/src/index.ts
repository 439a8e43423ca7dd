export { ProjectorApp, type Projecting, type ProjectorHealth } from './projector-app.ts';
