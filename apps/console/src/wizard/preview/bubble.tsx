import {
  IconExternalLink,
  IconMessage,
  IconPhoto,
  IconPaperclip,
  IconShoppingCart,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PreviewPart } from '../../api/types.ts';
import { isElementKind } from '../message/element-kinds.ts';
import type { ShownFile } from './files.ts';

const PRESSES = { link: IconExternalLink, message: IconMessage, buy: IconShoppingCart };

const hostOf = (url: string): string => URL.parse(url)?.host ?? url;

/** An uploaded picture; of other files, and of what lies elsewhere and is not loaded from there, that they are there. */
const File = ({ type, file }: { readonly type: string; readonly file: ShownFile }) => {
  const { t } = useTranslation('wizard');
  const isPicture = type === 'image' || type === 'card';
  if (isPicture && file.media !== undefined)
    return (
      <img
        className="bubble-image"
        src={`/v1/media/${encodeURIComponent(file.media)}`}
        alt={t('media.uploaded')}
      />
    );
  const Icon = isPicture ? IconPhoto : IconPaperclip;
  const kind = isElementKind(type) ? type : 'image';
  return (
    <div className="bubble-file">
      <Icon size={22} aria-hidden />
      <span>
        {t(`element.kind.${kind}`)}
        {file.url === undefined || file.url === '' ? '' : ` · ${hostOf(file.url)}`}
      </span>
    </div>
  );
};

/** One message, with its buttons. */
export const Bubble = ({
  part,
  file,
}: {
  readonly part: PreviewPart;
  readonly file: ShownFile;
}) => {
  const { t } = useTranslation('wizard');
  const { type, text, buttons } = part;
  return (
    <li className="bubble">
      <div className="bubble-body">
        {type === 'text' ? null : <File type={type} file={file} />}
        {text === '' ? null : (
          <div className="bubble-text" dir="auto">
            {text}
          </div>
        )}
      </div>
      {buttons.length === 0 ? null : (
        <ul className="presses" aria-label={t('button.title')}>
          {buttons.map(({ kind, label }, index) => {
            const Icon = PRESSES[kind];
            return (
              <li key={`${index} ${label}`} className="press" dir="auto">
                {label} <Icon size={14} aria-hidden />
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
};
