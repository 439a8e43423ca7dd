import type { components } from './schema.ts';

type Schemas = components['schemas'];

export type BroadcastRow = Schemas['BroadcastRow'];
export type BroadcastReport = Schemas['BroadcastReport'];
export type RecipientRow = Schemas['RecipientRow'];
export type MessageContent = Schemas['MessageContent'];
export type Contact = Schemas['Contact'];
export type Bot = Schemas['Bot'];
export type ImportJob = Schemas['ImportJob'];
export type BroadcastStatus = Schemas['BroadcastStatus'];
export type Me = Schemas['Me'];
export type Role = Me['role'];
export type ProblemDocument = Schemas['Problem'];
