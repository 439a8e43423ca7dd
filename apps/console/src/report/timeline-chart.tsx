import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import type { BroadcastReport } from '../api/types.ts';

type Timeline = BroadcastReport['timeline'];

const HEIGHT_PX = 240;
const LINES = { sent: '#4263eb', failed: '#e03131', clicks: '#2b8a3e' } as const;
const INK = { light: '#343a40', dark: '#c9c9c9' } as const;
const NAMES = ['sent', 'failed', 'clicks'] as const;

const columnsOf = (timeline: Timeline): uPlot.AlignedData => [
  timeline.map(({ minute }) => Date.parse(minute) / 1_000),
  ...NAMES.map((name) => timeline.map((one) => one[name])),
];

/** What was recorded minute by minute. A picture: the same numbers stand in a table beside it. */
export const TimelineChart = ({ timeline }: { readonly timeline: Timeline }) => {
  const { t } = useTranslation('report');
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const stroke = INK[useComputedColorScheme()];
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const axis = { stroke, grid: { stroke: `${stroke}22` } };
    const series = NAMES.map((name) => ({ label: t(name), stroke: LINES[name], width: 2 }));
    const size = () => ({ width: element.clientWidth, height: HEIGHT_PX });
    const made = new uPlot(
      { ...size(), axes: [axis, axis], series: [{ label: t('minute') }, ...series] },
      [[], ...NAMES.map(() => [])],
      element,
    );
    const observer = new ResizeObserver(() => {
      made.setSize(size());
    });
    observer.observe(element);
    chart.current = made;
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [stroke, t]);
  useEffect(() => {
    chart.current?.setData(columnsOf(timeline));
  }, [timeline, stroke, t]);
  return <div ref={place} aria-hidden />;
};
