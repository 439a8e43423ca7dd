import type { components } from './schema.ts';

type Schemas = components['schemas'];

export type BroadcastRow = Schemas['BroadcastRow'];
export type BroadcastStatus = Schemas['BroadcastStatus'];
export type Me = Schemas['Me'];
export type Role = Me['role'];
export type ProblemDocument = Schemas['Problem'];
