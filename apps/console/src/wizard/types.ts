import type { components } from '../api/schema.ts';

type Schemas = components['schemas'];

export type Broadcast = Schemas['Broadcast'];
export type MessageContent = Schemas['MessageContent'];
export type MessageElement = Schemas['Element'];
export type TextElement = Schemas['TextElement'];
export type MediaElement = Schemas['MediaElement'];
export type GalleryElement = Schemas['GalleryElement'];
export type GalleryCard = Schemas['GalleryCard'];
export type MessageButton = Schemas['Button'];
export type ButtonKind = MessageButton['kind'];
export type ElementKind = MessageElement['type'];
export type Utm = Schemas['Utm'];
export type Audience = Schemas['AudienceShown'];
export type Route = Schemas['Route'];
export type Settings = Schemas['Settings'];
export type Capabilities = Schemas['Capabilities'];
export type Bot = Schemas['Bot'];
export type Contact = Schemas['Contact'];
export type Media = Schemas['Media'];
