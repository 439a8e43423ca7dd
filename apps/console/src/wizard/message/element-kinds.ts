import {
  IconFile,
  IconLayoutCards,
  IconMicrophone,
  IconMusic,
  IconPhoto,
  IconTextCaption,
  IconVideo,
  type Icon,
} from '@tabler/icons-react';
import type { ElementKind } from '../../api/types.ts';

export const ELEMENT_ICONS: Readonly<Record<ElementKind, Icon>> = {
  text: IconTextCaption,
  image: IconPhoto,
  video: IconVideo,
  audio: IconMusic,
  voice: IconMicrophone,
  file: IconFile,
  gallery: IconLayoutCards,
};

export const isElementKind = (kind: string): kind is ElementKind =>
  Object.hasOwn(ELEMENT_ICONS, kind);
