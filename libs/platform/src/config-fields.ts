import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
  type ValidationOptions,
} from 'class-validator';

type Field = PropertyDecorator;

const all =
  (...fields: readonly Field[]): Field =>
  (target, key) => {
    for (const field of fields) field(target, key);
  };

const HIGHEST_PORT = 65_535;
const PORT: ValidationOptions = { message: '$property must be a port between 0 and 65535' };
const ON_OFF: ValidationOptions = { message: '$property must be "on" or "off"' };

const readOnOff = ({ obj, key }: { obj: Record<string, unknown>; key: string }): unknown => {
  const text = obj[key];
  if (text === undefined || typeof text === 'boolean') return text;
  return text === 'on' ? true : text === 'off' ? false : text;
};

/** A port; 0 takes any free one. */
export const Port = (): Field =>
  all(
    Type(() => Number),
    IsInt(PORT),
    Min(0, PORT),
    Max(HIGHEST_PORT, PORT),
  );
/** A whole number within bounds. */
export const Whole = (least: number, most: number): Field =>
  all(
    Type(() => Number),
    IsInt(),
    Min(least),
    Max(most),
  );
/** `on` or `off`. */
export const OnOff = (): Field => all(Transform(readOnOff), IsBoolean(ON_OFF));
/** An address over HTTP. */
export const HttpUrl = (): Field =>
  IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true });
export const LogLevel = (): Field => IsIn(['error', 'warn', 'info', 'debug', 'silent']);
const CHANNEL = '[a-z][a-z0-9-]{0,31}';

/** Names of channels, by comma. */
export const ChannelNames = (): Field =>
  Matches(new RegExp(`^${CHANNEL}(,${CHANNEL})*$`), {
    message: '$property must be a list of channels such as telegram,viber',
  });
/** An address for each of some channels, by comma: {@link apisOf} reads it. */
export const ChannelApis = (): Field =>
  Matches(new RegExp(`^${CHANNEL}=https?://[^\\s,=]+(,${CHANNEL}=https?://[^\\s,=]+)*$`), {
    message: '$property must be a list such as telegram=https://host,viber=https://host/path',
  });
/** What {@link ChannelApis} holds, without slashes at the ends. */
export const apisOf = (list: string | undefined): Readonly<Partial<Record<string, string>>> =>
  Object.fromEntries(
    (list ?? '').split(',').flatMap((entry) => {
      const [channel = '', url = ''] = entry.split('=');
      return url === '' ? [] : [[channel, url.replace(/\/+$/, '')]];
    }),
  );

/** What nobody may guess. */
export const Secret = (): Field =>
  MinLength(32, { message: '$property must have at least 32 characters' });
/** A token for the API. */
export const Token = (): Field =>
  Matches(/^[\w-]{16,200}$/, { message: '$property must be 16 to 200 letters, digits, - or _' });
