export { run } from './program.ts';
export type { World } from './world.ts';
