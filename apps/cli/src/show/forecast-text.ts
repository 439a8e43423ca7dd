import type { Forecast } from '../api/shapes.ts';
import { duration, moment, number, plain } from './words.ts';

const excludedLines = (excluded: Forecast['excluded']): readonly string[] =>
  Object.entries(excluded)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `  not reached: ${number(count)} (${reason.replaceAll('_', ' ')})`);

/** Who will get it, how long it takes, and what to think of first. */
export const forecastText = (forecast: Forecast): string => {
  const { planned, matched, speed, parts, durationSeconds } = forecast;
  const messages = parts > 1 ? `, ${parts} messages each` : '';
  return [
    `Forecast: ${number(planned)} recipients of ${number(matched)} who match${messages}, at ${number(speed)} messages/s`,
    ...forecast.perBot.map(
      ({ botId, channel, count }) => `  ${channel} ${plain(botId)}: ${number(count)}`,
    ),
    ...excludedLines(forecast.excluded),
    `  takes ${duration(durationSeconds)}: ${moment(forecast.startsAt)} to ${moment(forecast.finishesAt)}`,
    ...forecast.warnings.map(({ message }) => `  warning: ${plain(message)}`),
  ].join('\n');
};
